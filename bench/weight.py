"""What the compose page brings along before any picture, as the browser counts it."""

import shutil
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

from bench.browser import make_template, sign_in

BOUND = 250


def weigh(product: Any) -> list[tuple[str, float, str, str]]:
    """Bytes on the wire, headers included, with nothing kept from before."""
    address = make_template(product)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(base_url=product.url, viewport={"width": 1440, "height": 960})
        sign_in(page)
        came = received(page, address)
        browser.close()
    ours = urlsplit(product.url).netloc
    foreign = [url for url, _sort, _size in came if urlsplit(url).netloc not in {ours, ""}]
    size = sum(size for _url, sort, size in came if sort != "Image")
    return [
        ("compose page before pictures", size / 1000, "kB", f"at most {BOUND}"),
        ("requests to another host", len(foreign), "", "none"),
    ]


def received(page: Page, address: str) -> list[tuple[str, str, int]]:
    """Address, sort and size of everything that opening a page fetches."""
    session = page.context.new_cdp_session(page)
    asked: dict[str, tuple[str, str]] = {}
    sizes: dict[str, int] = {}
    session.on(
        "Network.responseReceived",
        lambda event: asked.update({event["requestId"]: (event["response"]["url"], event["type"])}),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return [(*asked[request], int(size)) for request, size in sizes.items() if request in asked]
