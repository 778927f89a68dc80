"""What Chromium does around signing in: what counts as activity, and what it keeps."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in


def next_poll(page):
    with page.expect_request("**/trouble/") as request:
        pass
    return request.value


def test_page_that_refreshes_itself_does_not_keep_anybody_signed_in(signed_in):
    page = signed_in()
    page.goto("/")

    # What happened before counts for the first one.
    next_poll(page)
    idle = next_poll(page)
    page.mouse.move(300, 300)
    moved = next_poll(page)
    after = next_poll(page)

    marks = [request.header_value("x-interaction") for request in (idle, moved, after)]
    assert marks == [None, "1", None]


def test_typing_keeps_somebody_signed_in(signed_in):
    page = signed_in()
    page.goto("/compose/text/")
    page.locator("textarea[name=message]").click()

    with page.expect_request("**/preview/") as request:
        page.keyboard.type("嗨")

    assert request.value.header_value("x-interaction") == "1"


@pytest.mark.parametrize("address", ["/contacts/", "/library/", "/admin/push/contact/"])
def test_back_after_signing_out_shows_nothing(page, address):
    page.goto("/accounts/login/")
    sign_in(page, "admin")
    page.goto(address)
    page.goto("/accounts/logout/")
    page.locator(".account-form .btn-primary").click()
    page.wait_for_url("**/accounts/login/**")

    page.go_back()
    page.go_back()

    expect(page.locator("input[name=login]")).to_be_visible()
    assert "/accounts/" in page.url


def test_theme_of_the_system_survives_a_visit_to_the_admin(page):
    page.emulate_media(color_scheme="dark")
    page.goto("/accounts/login/?next=/admin/")
    sign_in(page, "admin")
    expect(page.locator("html")).to_have_attribute("data-theme", "auto")

    page.goto("/library/")

    assert page.locator("html").get_attribute("data-scheme") == "dark"
