"""Notices beside the form: they stay as a person left them, and one press mends."""

import pytest
from playwright.sync_api import expect

LONG = "羊毛雙面呢，" * 8 + "門市皆可試穿。另贈同色腰帶一條，送完為止"
KEPT = "羊毛雙面呢，" * 8 + "門市皆可試穿。"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def composing(signed_in):
    page = signed_in()
    page.goto("/compose/carousel/")
    page.fill("[name=alt_text]", "秋冬外套")
    page.fill("[name=columns-0-image_url]", "https://nuanri.tw/coat.jpg")
    page.fill("[name=columns-0-title]", "大衣")
    page.fill("[name=columns-0-text]", LONG)
    page.fill("[name=columns-0-actions-0-text]", "看商品")
    page.fill("[name=columns-0-actions-0-value]", "我要看大衣")
    # The last of it: until then the notices are about a message that is not whole yet.
    expect(page.locator('#preview [data-says="我要看大衣"]')).to_have_count(1)
    return page


def group(page, channel):
    return page.locator(f'details[data-notices="{channel}"]')


def test_a_notice_stays_as_a_person_left_it(composing):
    page = composing
    group(page, "telegram").locator("summary").click()
    group(page, "line").locator("summary").click()

    page.locator("[name=columns-0-title]").press("End")
    page.keyboard.type("新色")

    expect(page.locator("#preview .phone")).to_contain_text("大衣新色")
    expect(group(page, "telegram")).to_have_attribute("open", "")
    expect(group(page, "line")).not_to_have_attribute("open", "")


def test_one_press_mends_and_leads_to_the_field(composing):
    page = composing

    page.get_by_role("button", name="Cut after “可試穿。”").press("Enter")

    text = page.locator("[name=columns-0-text]")
    expect(text).to_have_value(KEPT)
    expect(text).to_be_focused()
    expect(page.locator("#announce")).to_have_text("Done: Cut after “可試穿。”")
    expect(page.get_by_role("button", name="Cut after")).to_have_count(0)


def test_a_mend_can_be_undone(composing):
    page = composing
    page.get_by_role("button", name="Cut after").click()
    expect(page.locator("[name=columns-0-text]")).to_have_value(KEPT)

    page.locator("[data-history=undo]").first.click()

    expect(page.locator("[name=columns-0-text]")).to_have_value(LONG)


def test_a_press_is_not_lost_to_the_letter_before_it(composing):
    page = composing
    button = page.get_by_role("button", name="Cut after")
    expect(button).to_be_visible()
    button.hover()
    page.locator("[name=columns-0-title]").press("End")

    page.mouse.down()
    with page.expect_response("**/preview/"):
        page.keyboard.type("新")
    page.mouse.up()

    expect(page.locator("[name=columns-0-text]")).to_have_value(KEPT)
    expect(page.locator("[name=columns-0-title]")).to_have_value("大衣新")
    expect(page.locator("#preview .phone")).to_contain_text("大衣新")


@pytest.fixture
def crowded(composing):
    """Ten cards on Viber, which shows six."""
    page = composing
    # What another test left is there still, as a draft.
    for count in range(cards(page).count() + 1, 11):
        page.locator('[data-edit="add"][data-at="columns"]').click()
        expect(cards(page)).to_have_count(count)
    page.locator("[name=columns-9-title]").fill("第十張")
    page.locator("label:has(#channel-viber)").click()
    return page


def cards(page):
    return page.locator('#fields [data-rows="columns"] > [data-row]')


def test_a_long_carousel_is_split_and_one_undo_brings_it_back(crowded):
    page = crowded

    page.get_by_role("button", name="Split into 2 messages").click()

    expect(cards(page)).to_have_count(6)
    expect(page.locator("#announce")).to_contain_text("The rest is a draft in the library: ")
    page.locator("[data-history=undo]").first.click()
    expect(cards(page)).to_have_count(10)
    expect(page.locator("[name=columns-9-title]")).to_have_value("第十張")


def test_a_finding_about_a_full_list_leads_into_the_list(crowded):
    page = crowded

    page.locator('[data-jump="columns"]').first.click()

    expect(page.locator('[data-rows="columns"] [data-edit]:focus')).to_have_count(1)


@pytest.mark.parametrize("size", [PHONE])
def test_on_a_phone_a_mend_leads_back_to_the_form(composing):
    page = composing
    page.locator("button[data-pane]").click()

    page.get_by_role("button", name="Cut after").click()

    expect(page.locator("[name=columns-0-text]")).to_be_focused()
    expect(page.locator("[name=columns-0-text]")).to_have_value(KEPT)
