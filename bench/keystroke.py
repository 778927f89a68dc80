"""From a key to the changed picture, in Chromium, for the largest carousel."""

import json
import shutil
import statistics
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.homes import PASSWORD

CARDS, BUTTONS = 10, 3
# Shown by path, so from the product itself.
PICTURES = ("wool-coat", "down-jacket", "trench-coat", "gift", "tote")
NAME = "bench: the largest carousel"
FIELD = "columns-0-title"
WARM_UP = 10
# From the `input` event to the first frame after something in #preview was swapped.
WATCH = """() => {
  window.spans = [];
  let pressed = null;
  document.addEventListener("input", () => { pressed = performance.now(); }, true);
  const watched = {childList: true, subtree: true, characterData: true};
  new MutationObserver(() => {
    if (pressed === null) return;
    const start = pressed;
    pressed = null;
    requestAnimationFrame(() => window.spans.push(performance.now() - start));
  }).observe(document.getElementById("preview"), watched);
}"""


def to_picture(product: Any, *, keys: int) -> list[tuple[str, float, str, str]]:
    address = make_template(product)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(base_url=product.url, viewport={"width": 1440, "height": 960})
        sign_in(page)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        spans = sorted(press_keys(page, keys))
        browser.close()
    return [
        ("key to picture, median", statistics.median(spans), "ms", "at most 20"),
        ("key to picture, 95th", spans[int(len(spans) * 0.95)], "ms", "at most 50"),
    ]


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


def press_keys(page: Page, keys: int) -> list[float]:
    """One key at a time, each after the picture of the one before."""
    page.locator(f"[name={FIELD}]").click()
    page.evaluate(WATCH)
    for number in range(WARM_UP + keys):
        page.keyboard.press("Backspace" if number % 2 else "x")
        page.wait_for_function("number => window.spans.length > number", arg=number)
    spans: list[float] = page.evaluate("window.spans")
    return spans[WARM_UP:]
