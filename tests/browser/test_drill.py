"""The drill inbox in Chromium: it follows by itself and disturbs nobody."""

import http.client
import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE

LINE, MESSENGER = "App\\LineContact", "App\\FbContact"


@pytest.fixture
def post(product):
    """`post("1006", "嗨")`: as a broadcast would, straight to the drill server."""

    def push(contact, words, contactable_type=LINE, **more):
        connection = http.client.HTTPConnection("127.0.0.1", product.port + 1, timeout=5)
        body = {
            "contactable_type": contactable_type,
            "contactable_id": contact,
            "type": "text",
            "message": words,
            **more,
        }
        data, kind = json.dumps(body).encode(), {"Content-Type": "application/json"}
        connection.request("POST", "/api/v1/message/push", data, kind)
        status = connection.getresponse().status
        connection.close()
        return status

    return push


def test_inbox_shows_what_comes_while_it_is_open(signed_in, post):
    page = signed_in()
    assert post("b-1", "第一則") == 200
    page.goto("/drill/?phone=line:b-1")
    line = page.locator("#at-line-b-1")
    expect(page.locator("#phone")).to_contain_text("第一則")
    line.focus()

    post("b-1", "第二則 <b>粗</b>")
    post("b-2", "別支手機")

    expect(page.locator("#phone")).to_contain_text("第二則 <b>粗</b>")
    expect(page.locator("#at-line-b-2")).to_contain_text("1 new")
    expect(page.locator("#phone")).not_to_contain_text("別支手機")
    expect(line).to_be_focused()
    assert page.locator(".phone-body").evaluate(
        "body => body.scrollTop + body.clientHeight >= body.scrollHeight - 1"
    )


def test_contact_is_made_to_talk_by_hand(signed_in, post):
    page = signed_in()
    post("b-3", "早", MESSENGER)
    page.goto("/drill/?phone=facebook:b-3")

    page.get_by_role("button", name="Talking with an agent").click()
    expect(page.locator("#server")).to_contain_text("b-3 is")
    refused = post("b-3", "午", MESSENGER)
    forced = post("b-3", "晚", MESSENGER, is_force=1)

    assert (refused, forced) == (409, 200)
    expect(page.locator("#posts")).to_contain_text("An agent is talking with this contact.")
    expect(page.locator("#phone")).to_contain_text("晚")
    expect(page.locator("#phone")).not_to_contain_text("午")
    page.get_by_role("button", name="As the rule has it").click()


def test_failures_are_made_and_taken_back_by_hand(signed_in, post):
    page = signed_in()
    page.goto("/drill/")

    page.get_by_label("How many posts").fill("1")
    page.get_by_label("What comes back").select_option("503")
    page.get_by_role("button", name="Let them fail").click()
    expect(page.locator("#server")).to_contain_text("The next posts (1) get “not now” (503).")
    page.get_by_role("button", name="Stop that").click()
    expect(page.get_by_role("button", name="Let them fail")).to_be_visible()

    assert post("b-4", "嗨") == 200


@pytest.mark.parametrize("size", [PHONE], ids=["phone"])
def test_inbox_on_a_phone_shows_one_thing_at_a_time(signed_in, post):
    page = signed_in()
    post("b-5", "手機上看")
    page.goto("/drill/")
    expect(page.locator("#phone")).to_be_hidden()

    page.locator("#at-line-b-5").click()
    expect(page.locator("#phone")).to_contain_text("手機上看")
    expect(page.locator("#phones")).to_be_hidden()
    page.get_by_role("link", name="Back to all phones").click()

    expect(page.locator("#phones")).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width == 390
