"""Chromium against the running product."""

import shutil
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from composer import kinds
from tests.homes import PASSWORD

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# How long a test waits for a state (milliseconds): only a test that fails waits so long.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)

WIDE = {"width": 1440, "height": 960}
PHONE = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell"), args=ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture
def size():
    """The window's; a test that wants a phone overrides it with `parametrize`."""
    return WIDE


@pytest.fixture
def page(chromium, product, size):
    """A page of its own; a script's error or a request to another host fails the test."""
    context = chromium.new_context(
        base_url=product.url, viewport=size, locale="en-US", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    page, problems = context.new_page(), []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if is_violation(line) else None)
    page.on("request", lambda request: problems.append(request.url) if is_away(request) else None)
    yield page
    context.close()
    assert problems == []


@pytest.fixture(scope="session")
def sessions():
    """The cookies of those who have signed in by the form; later pages come with them."""
    return {}


@pytest.fixture
def signed_in(page, sessions):
    """`signed_in("agent")` gives the page, blank yet, signed in as that demo person.

    What earlier tests left unsaved is gone.
    """

    def signed_in_as(name="agent"):
        page.context.clear_cookies()
        page.context.add_cookies(sessions.get(name, []))
        if name not in sessions or not discard_drafts(page):
            page.goto("/accounts/login/")
            sign_in(page, name)
            sessions[name] = page.context.cookies()
            assert discard_drafts(page)
        return page

    return signed_in_as


def sign_in(page, name):
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def discard_drafts(page):
    """Of new messages, as the button on the page would; whether whoever signed in still is."""
    [token] = [each["value"] for each in page.context.cookies() if each["name"] == "csrftoken"]
    answers = [
        page.request.post(
            f"/compose/{kind}/discard/", headers={"X-CSRFToken": token}, max_redirects=0
        )
        for kind in kinds.NAMES
    ]
    assert {answer.status for answer in answers} == {302}
    return not any("/accounts/login/" in answer.headers["location"] for answer in answers)


def is_violation(line):
    return "Content Security Policy" in line.text or "Content-Security-Policy" in line.text


def is_away(request):
    """Pictures in messages may be anywhere; everything else comes from here."""
    parts = urlsplit(request.url)
    is_here = parts.hostname in {"127.0.0.1", "localhost", None}
    return not is_here and request.resource_type != "image"
