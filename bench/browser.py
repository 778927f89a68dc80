"""Chromium on the compose page, with the largest carousel to edit."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.homes import PASSWORD

CARDS, BUTTONS = 10, 3
# Shown by path, so from the product itself.
PICTURES = ("wool-coat", "down-jacket", "trench-coat", "gift", "tote")
NAME = "bench: the largest carousel"


@contextmanager
def composing(product: Any) -> Iterator[Page]:
    """The page at rest, with an agent signed in."""
    address = make_template(product)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(base_url=product.url, viewport={"width": 1440, "height": 960})
        sign_in(page)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        yield page
        browser.close()


def make_template(product: Any) -> str:
    """Puts the largest carousel into the library; gives the address to edit it at."""
    message = {"alt_text": "雙十一優惠", "columns": [card(number) for number in range(CARDS)]}
    entry = {"name": NAME, "type": "carousel", "message": message}
    file = product.folder / "carousel.json"
    file.write_text(json.dumps([entry]), encoding="utf-8")
    product.manage("import_templates", file, "--publish")
    code = f"from composer.models import Template; print(Template.objects.get(name={NAME!r}).pk)"
    return f"/compose/carousel/?template={product.python(code)}"


def card(number: int) -> dict[str, Any]:
    actions = [
        {"type": "text", "text": f"看商品 {number}-{button}", "value": f"商品 {number}-{button}"}
        for button in range(BUTTONS)
    ]
    picture = f"http://127.0.0.1/static/demo/{PICTURES[number % len(PICTURES)]}.jpg"
    words = {"title": f"第 {number + 1} 張", "text": "嗨 {{ name | 貴賓 }}，只到週日。"}
    return {"image_url": picture, **words, "actions": actions}


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", "agent")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
