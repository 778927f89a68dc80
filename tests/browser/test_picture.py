"""The picture beside the form: only what changed is drawn anew."""

from playwright.sync_api import expect

CARDS = "#preview .phone-cards"
SEE = """card => {
  card.parentElement.scrollLeft = card.offsetLeft;
  return card.parentElement.scrollLeft;
}"""


def test_typing_leaves_the_cards_where_they_were_scrolled_to(signed_in):
    page = signed_in()
    page.goto("/compose/carousel/")
    for count in (2, 3, 4):
        page.locator('[data-edit="add"][data-at="columns"]').click()
        expect(page.locator(f"{CARDS} .phone-card")).to_have_count(count)
    seen = page.locator(".phone-card").last.evaluate(SEE)
    assert seen > 0

    page.fill("[name=columns-3-title]", "新色大衣")

    expect(page.locator(CARDS)).to_contain_text("新色大衣")
    assert page.locator(CARDS).evaluate("cards => cards.scrollLeft") == seen
