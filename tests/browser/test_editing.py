"""Rows, cards and kinds are edited as a person does it, and undo leads back over all of it."""

import random

from playwright.sync_api import expect

from composer import kinds
from tests.browser.test_main_job import begin

STATE = "() => JSON.stringify([window.past.snapshot().kind, window.past.snapshot().fields])"
# One edit, as a press or as typing would make it; answers once the page has taken it.
EDIT = """async ([chance, words]) => {
  const some = (found) => found[Math.floor(chance * 997) % found.length];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const field = some(all("#fields :is(textarea, input:not([type=hidden], [type=color]))"));
  const press = some(all("#fields [data-edit]:not([disabled])"));
  if (press && chance < 0.6) return press.click();
  field.value = words;
  field.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "step" }));
}"""
# A press on undo or redo; answers once the page is through with it.
TRAVEL = """way => new Promise((done, fail) => {
  setTimeout(() => fail(new Error(`${way} never ends`)), 20000);
  document.addEventListener("edited", () => done(), { once: true });
  document.querySelector(`[data-history=${way}]`).click();
})"""


def state(page):
    return page.evaluate(STATE)


def switch(page, kind):
    button = page.locator(f"[data-to={kind}]")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def travel(page, way, to):
    """One press, or more over drafts whose place another kind's content took."""
    for _press in range(3):
        page.evaluate(TRAVEL, way)
        if state(page) == to:
            return
    raise AssertionError(f"{way} does not lead to {to}")


def test_undo_leads_back_through_any_edits_and_redo_forward_again(signed_in):
    page, chance = signed_in(), random.Random(17)
    begin(page, "carousel")
    states = [state(page)]

    for step in range(45):
        if step % 15 == 14:
            switch(
                page,
                chance.choice([name for name in kinds.NAMES if f'["{name}"' not in states[-1]]),
            )
        else:
            page.evaluate(EDIT, [chance.random(), f"第 {step} 次 <b> {{{{ name }}}}"])
        states.append(state(page))

    for was in reversed(states[:-1]):
        if was != state(page):
            travel(page, "undo", was)
    expect(page.locator("[data-history=undo]")).to_be_disabled()
    for now in states[1:]:
        if now != state(page):
            travel(page, "redo", now)


def cards(page, *titles):
    """A carousel with these cards."""
    begin(page, "carousel")
    for number, title in enumerate(titles):
        if number:
            page.locator("[data-rows=columns] > .row-more > .add-wide").click()
        page.fill(f"[name=columns-{number}-title]", title)


def titles(page):
    return [box.input_value() for box in page.locator("#fields [name$=-title]").all()]


def test_a_folded_card_stays_folded_wherever_it_moves(signed_in):
    page = signed_in()
    cards(page, "一", "二", "三")
    page.locator("[data-row=columns-0] > details > summary").click()

    page.get_by_role("button", name="Move Card 1 down").click()

    line = page.locator("[data-row=columns-1] > details:not([open]) [data-sum]")
    expect(line).to_have_text("一")
    expect(page.locator("#announce")).to_have_text("Card is now number 2")
    expect(page.get_by_role("button", name="Move Card 2 down")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(page.locator("[data-row=columns-0] > details")).not_to_have_attribute("open", "")
    expect(page.locator("[data-row=columns-1] > details")).to_have_attribute("open", "")
    with page.expect_response("**/draft/"):
        page.fill("[name=columns-2-title]", "參")
    page.reload()
    expect(page.locator("[data-row=columns-0] > details:not([open]) [data-sum]")).to_have_text("一")


def five_cards_elsewhere(page):
    """Written and kept in one tab, opened in another."""
    cards(page, "一", "二", "三", "四", "五")
    with page.expect_response("**/draft/"):
        page.fill("[name=columns-4-text]", "到週日")
    other = page.context.new_page()
    other.goto(page.url)
    return other


def test_cards_stay_folded_where_an_edit_was_not_kept_in_time(signed_in):
    other = five_cards_elsewhere(signed_in())

    other.get_by_role("button", name="Move Card 1 down").click()
    other.reload()

    expect(other.get_by_text("had not reached the server: it is back")).to_be_visible()
    assert titles(other)[:2] == ["二", "一"]
    opened = other.locator("#fields details[data-fold][open]")
    expect(opened).to_have_count(1)
    other.locator("[data-history=undo]").click()
    expect(other.locator("[name=columns-0-title]")).to_have_value("一")
    expect(opened).to_have_count(1)


def test_a_long_message_opens_with_its_cards_folded(signed_in):
    other = five_cards_elsewhere(signed_in())

    expect(other.locator("[data-row^=columns] > details[open] > .column-head h2")).to_have_text(
        ["Card 1"]
    )
    last = other.locator("[data-row=columns-4] > details")
    expect(last.locator("[data-sum]")).to_have_text("五　到週日")
    last.locator("summary").first.press("Enter")
    expect(other.locator("[name=columns-4-text]")).to_be_visible()


def test_a_card_is_copied_into_another_message_by_keyboard(signed_in):
    page = signed_in()
    cards(page, "大衣", "風衣")
    page.fill("[name=columns-1-image_url]", "https://nuanri.example/coat.jpg")
    page.fill("[name=columns-1-actions-0-text]", "看商品")
    page.locator("[name=columns-1-title]").press("Alt+c")
    expect(page.get_by_text("Card 2 is copied")).to_be_visible()

    begin(page, "image_carousel")
    page.locator("[name=alt_text]").press("Alt+v")

    expect(page.locator("[name=columns-1-image_url]")).to_have_value(
        "https://nuanri.example/coat.jpg"
    )
    expect(page.locator("[name=columns-1-button-text]")).to_have_value("看商品")
    expect(page.locator("#announce")).to_have_text("Picture 2 is what was copied")
    page.locator("[data-history=undo]").click()
    expect(page.locator("[data-row=columns-1]")).to_have_count(0)


def test_a_card_is_dragged_by_its_handle(signed_in):
    page = signed_in()
    cards(page, "一", "二")
    for number in (0, 1):
        page.locator(f"[data-row=columns-{number}] > details > summary").click()

    start, end = (page.locator(f"[data-row=columns-{n}] .handle").first for n in (0, 1))
    start.drag_to(end, target_position={"x": 5, "y": 20})

    expect(page.locator("#announce")).to_have_text("Card is now number 2")
    assert titles(page) == ["二", "一"]


def test_a_paste_that_fails_keeps_its_text_and_the_message(signed_in):
    page = signed_in()
    begin(page, "text")
    page.fill("[name=message]", "還在")
    page.locator("[name=beside][value=json]").check(force=True)
    page.get_by_role("button", name="Paste JSON…").click()
    page.fill("#paste textarea", "這不是 JSON")

    page.get_by_role("button", name="Put it into the form").click()

    expect(page.locator("#paste-said")).not_to_be_empty()
    expect(page.locator("#paste textarea")).to_have_value("這不是 JSON")
    expect(page.locator("[name=message]")).to_have_value("還在")


def test_what_is_too_large_to_send_on_leaving_waits_in_the_browser(signed_in):
    page = signed_in()
    cards(page, *"一二三")
    long = "字" * 9_000

    with page.expect_response("**/draft/"):
        page.fill("[name=alt_text]", "先存好")
    page.evaluate(
        """long => {
          const boxes = document.querySelectorAll("#fields textarea");
          for (const box of boxes) box.value = long;
          boxes[0].dispatchEvent(new Event("input", {bubbles: true}));
          location.assign("/library/");
        }""",
        long,
    )
    page.wait_for_url("**/library/")
    page.goto("/compose/carousel/")

    expect(page.locator("[name=columns-2-text]")).to_have_value(long)
    expect(page.get_by_text("had not reached the server: it is back")).to_be_visible()


def test_fields_of_a_kind_are_made_once_and_come_back_with_its_values(signed_in):
    page = signed_in()
    cards(page, "一", "二")
    page.evaluate("document.querySelector('[name=columns-1-title]').isTheSame = true")
    switch(page, "button")
    page.fill("[name=explain_text]", "選一個")

    with page.expect_response("**/switch/") as switched:
        switch(page, "carousel")

    assert 'name="columns-0-title"' not in switched.value.text()
    assert titles(page) == ["一", "二"]
    assert page.evaluate("document.querySelector('[name=columns-1-title]').isTheSame")
    page.locator("[data-rows=columns] > .row-more > .add-wide").click()
    page.fill("[name=columns-2-title]", "三")
    switch(page, "button")
    expect(page.locator("[name=explain_text]")).to_have_value("選一個")
    switch(page, "carousel")
    assert titles(page) == ["一", "二", "三"]
    expect(page.locator("#preview .phone-card b")).to_have_text(["一", "二", "三"])


def test_undo_in_the_name_box_takes_back_the_name_alone(signed_in):
    page = signed_in()
    page.goto("/compose/text/")
    page.fill("[name=message]", "留著")
    page.locator("[name=name]").press_sequentially("早")

    page.keyboard.press("Control+z")

    expect(page.locator("[name=name]")).to_have_value("")
    expect(page.locator("[name=message]")).to_have_value("留著")


def test_a_placeholder_with_room_for_a_default_has_the_caret_there(signed_in):
    page = signed_in()
    page.goto("/compose/text/")
    field = page.locator("[name=message]")
    field.fill("您好，歡迎")
    field.evaluate("box => box.setSelectionRange(3, 3)")
    page.locator("details.placeholders summary").click()
    button = page.locator('[data-insert$="| }}"]').first
    name = button.get_attribute("data-insert").split()[1]

    button.click()
    page.keyboard.type("貴賓")

    expect(field).to_have_value(f"您好，{{{{ {name} | 貴賓}}}}歡迎")
    page.keyboard.press("Control+z")
    expect(field).not_to_have_value(f"您好，{{{{ {name} | 貴賓}}}}歡迎")
