"""The frame by mouse, keyboard and finger."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, sign_in

PAGES = ["/", "/compose/carousel/", "/library/", "/contacts/", "/broadcasts/", "/drill/"]


def theme(page):
    return page.locator("html").get_attribute("data-scheme")


def style(page, place, name):
    return page.locator(place).first.evaluate("(each, name) => getComputedStyle(each)[name]", name)


def test_theme_is_remembered(signed_in):
    page = signed_in()
    page.goto("/")
    page.locator(".rail-me").click()
    page.get_by_role("button", name="Dark").click()

    page.goto("/library/")

    assert theme(page) == "dark"
    page.locator(".rail-me").click()
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")


def test_theme_follows_the_system_until_one_is_chosen(signed_in):
    page = signed_in()
    page.goto("/")

    page.emulate_media(color_scheme="dark")

    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")


def test_menu_opens_and_closes_by_keyboard(signed_in):
    page = signed_in()
    page.goto("/")
    menu, mine = page.locator("#me"), page.locator(".rail-me")

    mine.focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")

    expect(menu).to_be_hidden()
    expect(mine).to_be_focused()


def test_skip_link_is_the_first_stop(signed_in):
    page = signed_in()
    page.goto("/library/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#content")).to_be_focused()


def test_lost_connection_is_said_once(signed_in):
    page = signed_in()
    page.goto("/contacts/")
    page.context.set_offline(True)

    page.locator("input[type=search]").press_sequentially("王小明", delay=400)

    said = page.locator("#toasts .toast-line")
    expect(said).to_have_count(1)
    expect(said).to_contain_text("The server cannot be reached.")


@pytest.mark.parametrize("size", [PHONE], ids=["phone"])
@pytest.mark.parametrize("address", PAGES)
def test_page_fits_a_phone(signed_in, size, address):
    page = signed_in()

    page.goto(address)

    rail, width = page.locator(".rail").bounding_box(), PHONE["width"]
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert rail["y"] + rail["height"] == PHONE["height"]
    assert min(link.bounding_box()["height"] for link in page.locator(".rail-link").all()) >= 44


def test_session_that_ends_while_writing_loses_nothing(signed_in):
    page = signed_in()
    page.goto("/compose/text/")
    page.context.clear_cookies(name="sessionid")

    page.fill("textarea[name=message]", "這還在")
    page.wait_for_selector("#toasts >> text=You have been signed out")
    with page.context.expect_page() as opened:
        page.click("#toasts a")
    sign_in(opened.value, "agent")
    page.fill("textarea[name=message]", "這還在，那也在")

    page.wait_for_selector("#preview >> text=這還在，那也在")
    page.wait_for_selector("#toasts >> text=You have been signed out", state="detached")
    page.fill("input[name=name]", "還在")
    page.click("text=Save as template")
    page.wait_for_selector("text=Saved as version 1")
    assert page.input_value("textarea[name=message]") == "這還在，那也在"


def test_forced_colours_show_what_is_chosen_and_leave_the_phone_its_own(signed_in):
    page = signed_in()
    page.goto("/compose/text/?channel=viber")
    own = style(page, ".phone", "backgroundColor")

    page.emulate_media(forced_colors="active")

    assert style(page, ".phone", "backgroundColor") == own
    for chosen, other in (
        ("[data-to=text]", "[data-to=button]"),
        ("label:has(#channel-viber)", "label:has(#channel-line)"),
    ):
        assert style(page, chosen, "outlineStyle") == "solid"
        assert style(page, other, "outlineStyle") == "none"
