"""The library by mouse, keyboard and finger; and the door to it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE


def tiles(page):
    return page.locator(".template h3")


def test_demo_sign_in_is_filled_in_by_one_press(page):
    page.goto("/accounts/login/?next=/library/")

    page.locator("[data-fill=agent]").click()
    page.keyboard.press("Enter")

    page.wait_for_url("**/library/")


def test_search_follows_typing_and_keeps_the_caret(signed_in):
    page = signed_in()
    page.goto("/library/")
    name = tiles(page).last.inner_text()

    page.locator("[name=q]").click()
    page.keyboard.type(name)

    expect(tiles(page)).to_have_count(1)
    expect(tiles(page)).to_have_text(name)
    expect(page.locator("[name=q]")).to_be_focused()
    expect(page.locator("[name=q]")).to_have_value(name)


def test_filter_by_keyboard_keeps_the_focus_and_the_address(signed_in):
    page = signed_in()
    page.goto("/library/")
    box = page.locator("[name=kind][value=carousel]")

    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url("**kind=carousel**")

    expect(box).to_be_focused()
    expect(page.locator(".template-about", has_text="Carousel")).to_have_count(tiles(page).count())
    page.reload()
    expect(box).to_be_checked()


def test_going_back_shows_the_whole_page_as_it_was(signed_in):
    page = signed_in()
    page.goto("/library/")
    page.locator("[name=kind][value=text]").check()
    page.wait_for_url("**kind=text**")
    page.locator("[name=kind][value=button]").check()
    page.wait_for_url("**kind=button**")

    page.go_back()

    expect(page.locator("[name=kind][value=button]")).not_to_be_checked()
    expect(page.locator("[name=kind][value=text]")).to_be_checked()
    expect(page.locator(".rail")).to_be_visible()


def test_order_and_channel_are_chosen_beside_the_wall(signed_in):
    page = signed_in()
    page.goto("/library/")

    page.select_option("#shown-on", "viber")
    page.wait_for_url("**channel=viber**")
    page.select_option("#sort", "name")
    page.wait_for_url("**sort=name**")

    expect(page.locator(".template .phone").first).to_have_attribute("data-channel", "viber")


@pytest.mark.parametrize("size", [PHONE], ids=["phone"])
def test_filter_sheet_of_a_phone_stays_open_while_choosing(signed_in):
    page = signed_in()
    page.goto("/library/")
    page.locator(".toolbar [popovertarget=filters]").click()

    page.locator("[name=kind][value=text]").check()
    page.wait_for_url("**kind=text**")

    expect(page.locator("#filters")).to_be_visible()
    page.locator("#filters [popovertargetaction=hide]").click()
    expect(page.locator("#filters")).to_be_hidden()


def test_channel_tabs_change_the_picture_alone(signed_in):
    page = signed_in()
    page.goto("/library/")
    tiles(page).first.click()

    page.locator("#picture nav a", has_text="Telegram").click()

    expect(page.locator("#picture .phone")).to_have_attribute("data-channel", "telegram")
    page.wait_for_url("**?channel=telegram")
