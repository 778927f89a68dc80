"""The last look in Chromium: a time, waves, and the seconds in which it can be taken back."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE

LOCAL = "%Y-%m-%dT%H:%M"


def open_check(page, *, version, channel):
    """The last look; each test has a version of its own, so that none is asked about another's."""
    page.goto(f"/send/check/?version={version}&channel={channel}&to=everyone")
    return page


def tomorrow(hour):
    """By the clock of the product."""
    day = datetime.now(ZoneInfo("Asia/Taipei")) + timedelta(days=1)
    return f"{day.replace(hour=hour, minute=30):{LOCAL}}"


@pytest.mark.parametrize("size", [PHONE])
def test_what_was_sent_can_be_taken_back_by_keyboard(signed_in):
    page = open_check(signed_in(), version=4, channel="wechat")

    page.get_by_role("button", name=re.compile("Send to")).press("Enter")
    back = page.get_by_role("button", name="Take it back")
    expect(back).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#state")).to_contain_text("Cancelled")
    expect(page.get_by_text("Taken back. Nobody got it.")).to_be_visible()
    expect(back).to_have_count(0)


def test_the_countdown_clears_away_and_sending_begins(signed_in):
    page = open_check(signed_in(), version=4, channel="telegram")

    page.get_by_role("button", name=re.compile("Send to")).click()
    expect(page.locator("[data-countdown]")).to_have_text(re.compile(r"^\d+$"))

    expect(page.locator("#take-back")).to_have_count(0)
    expect(page.locator("#state")).to_contain_text("Finished")


def test_a_quiet_time_is_refused_and_the_next_one_is_one_press_away(signed_in):
    page = open_check(signed_in(), version=5, channel="wechat")
    send = page.locator(".go .btn-primary")
    expect(page.get_by_label("Day and time")).to_be_hidden()

    page.get_by_label("At a time").check()
    expect(send).to_have_text(re.compile("Schedule for"))
    page.get_by_label("Day and time").fill(tomorrow(7))
    page.get_by_label("My own").check()
    page.get_by_label("How many go first").fill("1, 2")
    send.click()
    expect(page.get_by_role("alert")).to_contain_text("That is in the quiet hours")
    page.get_by_label("When the quiet hours end").check()
    send.click()

    expect(page.locator("#state")).to_contain_text("Scheduled")
    expect(page.locator("#run")).to_contain_text("08:00")
    page.goto("/")
    expect(page.get_by_role("region", name="Scheduled")).to_contain_text("08:00")


def test_a_wave_stops_and_asks(signed_in):
    page = open_check(signed_in(), version=7, channel="wechat")
    page.get_by_label("1 → 5 → 50 → the rest").check()

    page.get_by_role("button", name=re.compile("Send to")).click()
    expect(page.locator("#state")).to_contain_text("Paused")
    expect(page.locator("#run")).to_contain_text("exactly these 5 come next")
    page.get_by_role("button", name="Send the next wave").click()

    expect(page.locator("#run")).to_contain_text("6 sent")
    page.get_by_role("button", name="Cancel the rest…").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel the rest").click()
    expect(page.locator("#state")).to_contain_text("Cancelled")
