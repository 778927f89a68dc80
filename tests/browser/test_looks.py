"""What a phone shows, as it is drawn: what it cuts, how dark it is, all seven on a small screen."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE

# Two lines of title; two of text on a large phone, and three on a small one.
TITLE, TEXT = "字" * 20, "文" * 32
IS_CUT = "caption => caption.scrollHeight > caption.clientHeight + 2"


def pick(page, name, value):
    page.locator(f"input[name={name}][value={value}]").dispatch_event("click")


def test_card_is_cut_where_a_small_phone_has_no_room(signed_in):
    page = signed_in()
    page.goto("/compose/carousel/")
    page.fill("[name=columns-0-title]", TITLE)
    page.fill("[name=columns-0-text]", TEXT)
    caption = page.locator("#preview .phone-caption").first
    expect(caption).to_contain_text(TEXT)

    on_large = caption.evaluate(IS_CUT)
    pick(page, "size", "narrow")
    expect(page.locator("#preview .phone")).to_have_attribute("data-size", "narrow")
    on_small = caption.evaluate(IS_CUT)

    assert (on_large, on_small) == (False, True)
    expect(page.locator("#preview .guess")).to_contain_text("not documented")


def test_dark_page_begins_with_a_dark_phone(signed_in):
    page = signed_in()
    page.emulate_media(color_scheme="dark")
    page.goto("/compose/text/")
    phone = page.locator("#preview .phone")
    expect(phone).to_have_attribute("data-look", "dark")

    page.fill("[name=message]", "嗨")

    expect(phone.locator(".phone-text")).to_contain_text("嗨")
    expect(phone).to_have_attribute("data-look", "dark")
    pick(page, "look", "light")
    expect(phone).to_have_attribute("data-look", "light")


@pytest.mark.parametrize("size", [PHONE], ids=["phone"])
def test_all_seven_fit_a_phone(signed_in):
    page = signed_in()
    page.goto("/compose/button/")
    page.fill("[name=explain_text]", "選一個")
    page.locator("button[data-pane]").click()

    pick(page, "channel", "all")

    expect(page.locator("#preview .phone")).to_have_count(7)
    first = page.locator("#preview .all-cell").first
    expect(first).to_be_visible()
    assert first.evaluate("cell => getComputedStyle(cell, '::before').content") == '"LINE"'
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_press_right_after_typing_stays(signed_in):
    page = signed_in()
    page.goto("/compose/button/")
    page.fill("[name=options-0-label]", "好")
    page.fill("[name=options-0-value]", "好的")
    press = page.locator("#preview [data-says='好的']")
    expect(press).to_be_visible()

    with page.expect_response("**/draft/"):
        press.click()

    expect(page.locator("#preview .phone-mine")).to_have_text("好的")
