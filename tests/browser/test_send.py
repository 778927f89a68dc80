"""Sending in Chromium: people ticked across pages, a broadcast watched, paused and resumed."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE


def open_audience(page, name="售後滿意度"):
    page.goto("/send/")
    page.get_by_role("link", name=re.compile(name)).click()
    return page


def test_ticks_survive_paging_searching_reloading_and_walking_back(signed_in):
    page = open_audience(signed_in())
    page.get_by_label("People I choose").check()
    ticks, big = page.locator("#people [type=checkbox]:enabled"), page.locator("#count .big b")

    ticks.nth(0).check()
    expect(big).to_have_text("1")
    page.locator("#people .pages button").last.click()
    expect(page.get_by_text("Page 2 of")).to_be_visible()
    ticks.nth(0).check()
    expect(big).to_have_text("2")
    page.get_by_placeholder("Name or id").fill("zzzz")
    expect(page.get_by_text("Nobody on this channel matches.")).to_be_visible()
    expect(big).to_have_text("2")
    page.reload()
    expect(big).to_have_text("2")
    page.get_by_role("button", name="Check").click()
    expect(page).to_have_url(re.compile(r"/send/check/\?.*to=people&ids=\d+,\d+"))
    page.get_by_role("link", name="Audience").click()

    expect(big).to_have_text("2")
    expect(page.locator("#people [type=checkbox]:checked")).to_have_count(1)


def test_a_search_is_counted_while_typing_and_keeps_its_focus(signed_in):
    page = open_audience(signed_in())
    box = page.locator("#id_search")

    box.press_sequentially("zzzz")
    expect(page.locator("#count .ledger")).to_contain_text("search “zzzz”")

    expect(box).to_be_focused()
    expect(page).to_have_url(re.compile(r"search=zzzz"))


def test_a_broadcast_is_watched_paused_and_resumed_until_it_ends(signed_in):
    page = open_audience(signed_in())
    page.get_by_label(re.compile("LINE")).check()
    page.get_by_label("Everyone on this channel").check()
    expect(page.locator("#count .big b")).not_to_have_text("0")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("heading", name="Placeholders")).to_be_visible()
    once_more = page.get_by_label("Yes, they should get it once more")
    if once_more.count():
        once_more.check()
    page.get_by_role("button", name=re.compile("Send to")).click()
    expect(page).to_have_url(re.compile(r"/broadcasts/\d+/"))

    # Before or after everybody is in: a worker is at it.
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("#run .next")).to_contain_text("When you resume, ")
    page.get_by_role("button", name="Cancel the rest…").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Resume").click()

    expect(page.locator("#state")).to_contain_text("Finished", timeout=120_000)
    expect(page.locator("#run")).not_to_have_attribute("hx-trigger", re.compile("every"))
    expect(page.locator("[data-announcer]")).to_have_text(re.compile(r"Finished, \d+ percent sent"))
    expect(page.locator("#deliveries")).to_contain_text("FIRST LINE took it.")
    page.get_by_role("link", name="What was sent").first.click()
    expect(page.locator(".phone-body")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE])
@pytest.mark.parametrize(
    "path", ["/", "/send/", "/send/?version=1", "/send/check/?version=1&channel=line&to=everyone"]
)
def test_the_way_fits_a_phone(signed_in, size, path):
    page = signed_in()

    page.goto(path)

    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= size["width"]
