"""What is said of a picture that was uploaded, and how one comes to the right shape."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.test_pictures import ADDRESS, choose, jpeg, path_of

GONE = f"http://127.0.0.1/media/pictures/{'0' * 32}.jpg"


@pytest.fixture
def card(signed_in):
    page = signed_in("agent")
    page.goto("/compose/carousel/")
    page.fill("[name=alt_text]", "周年慶")
    page.fill("[name=columns-0-text]", "羊毛雙面呢")
    page.fill("[name=columns-0-actions-0-text]", "我要")
    page.fill("[name=columns-0-actions-0-value]", "我要這件")
    return page


def said_on(page, channel):
    return page.locator(f"details[data-notices={channel}]")


def test_a_picture_of_another_shape_is_said_and_cropping_mends_it(card):
    choose(card, jpeg("maroon", size=(1200, 500)))
    whole = path_of(card)
    line, viber = said_on(card, "line"), said_on(card, "viber")
    expect(line.locator("summary")).to_contain_text("pictures may lose their edges")

    line.locator("summary").focus()
    card.keyboard.press("Enter")
    expect(line.locator(".finding")).to_contain_text("this one is 2.4:1: at least 37 % of it")
    expect(line.locator(".tag")).to_have_count(0)
    card.keyboard.press("Tab")
    card.keyboard.press("Enter")
    expect(card.locator(ADDRESS)).to_be_focused()
    card.locator("#fields [data-crop]").first.click()
    card.get_by_role("button", name="Use this part").click()

    expect(card.locator("#pictures")).to_be_hidden()
    assert path_of(card) != whole
    expect(line).to_have_count(0)  # nothing to open: it sends as is
    viber.locator("summary").click()
    expect(viber.locator(".finding", has_text="pictures of 6:3").locator(".tag")).to_have_text(
        "unverified"
    )


def test_a_part_may_be_as_wide_as_its_picture(signed_in):
    """1024 by 678 is a little wider than 1.51 : 1, and its slider ends at no round figure."""
    page = signed_in("agent")
    page.goto("/pictures/")
    before = int(page.locator("#wall-count").inner_text().split()[0])
    tile = page.locator(".picture-tile", has_text="Parcel")
    tile.locator("[data-crop]").click()
    expect(page.locator(".crop output")).to_have_text("1024 × 678")
    page.get_by_role("button", name="Use this part").click()

    expect(page.locator("#pictures")).to_be_hidden()
    expect(page.locator("#wall-count")).to_have_text(f"{before + 1} pictures")


@pytest.mark.parametrize("size", [PHONE], ids=["phone"])
def test_the_dialog_of_a_picture_that_is_gone_closes_by_its_button(card):
    card.fill(ADDRESS, GONE)
    card.locator(ADDRESS).press("Tab")
    card.locator("#fields [data-crop]").first.click()
    expect(card.locator("#pictures")).to_contain_text("not in the library any more")
    expect(card.get_by_role("button", name="Close")).to_be_focused()

    card.get_by_role("button", name="Close").click()

    expect(card.locator("#pictures")).to_be_hidden()
    expect(card.locator("#fields [data-crop]").first).to_be_focused()
