"""The card in hand is drawn first; the whole message follows, and never takes a key back."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_editing import cards, switch
from tests.browser.test_main_job import begin

PICTURE, WHOLE = "**/picture/", "**/preview/"
# Every title that the picture of the first card ever showed.
WATCH = """() => {
  const preview = document.getElementById("preview");
  const title = () => preview.querySelector(".phone-card b")?.textContent;
  window.shown = [title()];
  const note = () => title() !== window.shown.at(-1) && window.shown.push(title());
  const watched = { childList: true, subtree: true, characterData: true };
  new MutationObserver(note).observe(preview, watched);
}"""


@pytest.fixture
def three(signed_in):
    page = signed_in()
    cards(page, "一", "二", "三")
    expect(drawn(page)).to_have_text(["一", "二", "三"])
    page.wait_for_load_state("networkidle")
    return page


def drawn(page):
    return page.locator("#preview .phone-card b")


def add(page, name, key):
    page.locator(f"[name={name}]").press("End")
    page.keyboard.type(key)


class Held:
    """Answers to this address wait until they are let go."""

    def __init__(self, page, address):
        self.page, self.routes, self.is_over = page, [], False
        page.route(address, self.hold)

    def hold(self, route):
        if self.is_over:
            return route.continue_()
        return self.routes.append(route)

    def wait(self, count):
        while len(self.routes) < count:
            self.page.wait_for_timeout(10)

    def let_go(self):
        self.is_over = True
        while self.routes:
            self.routes.pop(0).continue_()


def test_card_shows_before_the_whole_message_is_asked_for(three):
    page = three
    whole = Held(page, WHOLE)

    add(page, "columns-1-title", "呀")

    expect(drawn(page)).to_have_text(["一", "二呀", "三"])
    expect(page.locator("#preview .phone-card")).to_have_count(3)
    whole.let_go()


def test_late_answer_never_takes_a_key_back(three):
    page = three
    whole = Held(page, WHOLE)
    page.evaluate(WATCH)
    add(page, "columns-0-title", "a")
    whole.wait(1)

    add(page, "columns-0-title", "b")
    expect(drawn(page).first).to_have_text("一ab")
    with page.expect_response(WHOLE):
        whole.let_go()
    page.wait_for_load_state("networkidle")

    assert page.evaluate("window.shown") == ["一", "一a", "一ab"]
    expect(page.locator("[data-counter=columns-0-title]")).to_contain_text("3")


def test_card_that_moved_meanwhile_is_drawn_where_it_is(three):
    page = three
    card = Held(page, PICTURE)
    add(page, "columns-0-title", "呀")
    card.wait(1)

    page.get_by_role("button", name="Move Card 1 down").click()
    expect(drawn(page)).to_have_text(["二", "一呀", "三"])
    card.let_go()
    page.wait_for_load_state("networkidle")

    expect(drawn(page)).to_have_text(["二", "一呀", "三"])


def test_card_of_a_kind_that_is_no_more_is_let_go(three):
    page = three
    card = Held(page, PICTURE)
    add(page, "columns-0-title", "呀")
    card.wait(1)

    switch(page, "text")
    card.let_go()
    page.wait_for_load_state("networkidle")

    expect(page.locator("#preview .phone-card")).to_have_count(0)


def test_card_that_cannot_be_drawn_leaves_it_to_the_whole_message(three):
    page = three
    page.route(PICTURE, lambda route: route.fulfill(status=500))

    add(page, "columns-2-title", "呀")

    expect(drawn(page)).to_have_text(["一", "二", "三呀"])


def test_pictures_side_by_side_are_drawn_one_by_one_too(signed_in):
    page = signed_in()
    begin(page, "image_carousel")
    page.locator("[data-rows=columns] > .row-more > .add-wide").click()
    expect(page.locator("#preview .phone-cards > *")).to_have_count(2)
    page.wait_for_load_state("networkidle")
    whole = Held(page, WHOLE)

    page.locator("[name=columns-1-button-text]").fill("看看")

    expect(page.locator("#preview .phone-cards > *").nth(1)).to_contain_text("看看")
    whole.let_go()


def test_where_no_cards_are_drawn_the_whole_message_is_asked_for(three):
    page = three
    page.locator("[name=channel][value=all]").dispatch_event("click")
    expect(page.locator("#preview .phone-cards")).not_to_have_count(1)
    asked = []
    page.on("request", lambda request: asked.append(request.url.split("/")[-2]))

    with page.expect_response(WHOLE):
        add(page, "columns-0-title", "呀")

    assert "picture" not in asked
