"""Kinds changed faster than the server answers: one at a time, and the last one wanted stays."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_card import Held
from tests.browser.test_editing import cards, state, switch, titles
from tests.browser.test_main_job import begin

# What is typed next is a step of its own.
PAUSE = "document.dispatchEvent(new CustomEvent('edited', { detail: {} }))"


@pytest.fixture
def two_cards(signed_in):
    page = signed_in()
    cards(page, "一", "二")
    page.fill("[name=alt_text]", "兩張卡片")
    return page


def pressed(page):
    return page.locator("[data-to][aria-pressed=true]")


def expect_kept(page, kind):
    """What is on the page is what a fresh page shows."""
    was = state(page)
    with page.expect_response("**/draft/"):
        page.evaluate("htmx.trigger('#kept', 'again')")
    page.goto(f"/compose/{kind}/")
    assert state(page) == was


def test_a_kind_pressed_twice_comes_once_with_what_fits(two_cards):
    page = two_cards
    slow = Held(page, "**/switch/")

    page.locator("[data-to=image_carousel]").dblclick()
    slow.wait(1)
    slow.let_go()

    expect(pressed(page)).to_have_attribute("data-to", "image_carousel")
    expect(page.locator("[name=alt_text]")).to_have_value("兩張卡片")
    expect(page.locator("[data-row=columns-1]")).to_have_count(1)
    expect_kept(page, "image_carousel")
    switch(page, "carousel")
    assert titles(page) == ["一", "二"]


def test_of_two_kinds_pressed_quickly_the_last_one_stays(two_cards):
    page = two_cards
    slow = Held(page, "**/switch/")

    page.locator("[data-to=image_carousel]").click()
    page.locator("[data-to=text]").click()
    page.locator("[data-to=button]").click()
    slow.wait(1)
    slow.let_go()

    expect(pressed(page)).to_have_attribute("data-to", "button")
    expect(page.locator("[name=explain_text]")).to_be_visible()
    expect_kept(page, "button")
    switch(page, "carousel")
    assert titles(page) == ["一", "二"]


def test_undo_held_over_a_change_of_kind_loses_nothing(signed_in):
    page = signed_in()
    begin(page, "text")
    for words in ("一", "一二"):
        page.fill("[name=message]", words)
        page.evaluate(PAUSE)
    switch(page, "button")
    page.fill("[name=explain_text]", "選一個")
    now, slow = state(page), Held(page, "**/switch/")

    page.locator("[name=explain_text]").focus()
    page.keyboard.down("Control")
    for _press in range(6):
        page.keyboard.down("z")
    slow.wait(1)
    for _press in range(3):
        page.keyboard.down("z")
    slow.let_go()

    expect(page.locator("[name=message]")).to_have_value("一")
    page.keyboard.up("z")
    page.keyboard.up("Control")
    redo = page.locator("[data-history=redo]")
    redo.click()
    expect(page.locator("[name=message]")).to_have_value("一二")
    redo.click()
    expect(pressed(page)).to_have_attribute("data-to", "button")
    redo.click()
    assert state(page) == now


def test_every_card_of_another_kind_has_its_counters(two_cards):
    page = two_cards
    switch(page, "text")
    page.reload()

    switch(page, "carousel")

    for number in range(2):
        expect(page.locator(f"[data-counter=columns-{number}-title]")).to_have_text("1/40")


def test_an_answer_that_is_not_the_servers_takes_nothing_away(two_cards):
    page, was = two_cards, state(two_cards)
    page.route("**/switch/", lambda route: route.fulfill(body="<p>Welcome to our network</p>"))

    page.locator("[data-to=text]").click()

    expect(page.locator("#toasts")).to_contain_text("The server could not do this.")
    assert (state(page), titles(page)) == (was, ["一", "二"])
    page.unroute("**/switch/")
    switch(page, "text")
    expect(page.locator("[name=message]")).to_be_visible()
