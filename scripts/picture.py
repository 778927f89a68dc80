"""`python -m scripts.picture`: the picture of the compose page that the README shows."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.homes import PASSWORD, Product

PICTURE = Path(__file__).resolve().parent.parent / "docs/compose.png"
NAME = "雙十一秋冬外套預購"
# The wrong day on purpose: what is found, and mended by one press, is half of the page.
TEXT = "{{ name | 貴賓 }}，11 月 11 日（一）中午前預購享 85 折，門市取貨再送除毛刷。"
PRESS = "預約試穿"


def main() -> int:
    # Pictures of a public address are shown by path, so from the product itself.
    with (
        Product(
            LANGUAGE_CODE="zh-hant", PUBLIC_BASE_URL="https://img.nuanri.tw", DRILL="true"
        ) as product,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(
            base_url=product.url,
            viewport={"width": 1440, "height": 960},
            locale="zh-TW",
            timezone_id="Asia/Taipei",
        )
        sign_in(page)
        write(page, address(product))
        take(page)
        browser.close()
    print(PICTURE)
    return 0


def address(product: Product) -> str:
    code = f"from composer.models import Template; print(Template.objects.get(name={NAME!r}).pk)"
    return f"/compose/carousel/?template={product.python(code)}"


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", "agent")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def write(page: Page, address: str) -> None:
    """A text with a wrong day in it, and what is found of it."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.fill("[name=columns-0-text]", TEXT)
    expect(page.locator(".notices .finding").first).to_be_visible()
    expect(page.locator("#kept")).not_to_be_empty()


def take(page: Page) -> None:
    """Leaving the field draws the phone anew, and what was pressed with it: then once more."""
    said = page.locator("#preview .phone-mine")
    while not said.is_visible():
        page.locator("#preview .phone-action", has_text=PRESS).first.click()
        page.mouse.move(0, 0)
        page.screenshot(path=PICTURE)


if __name__ == "__main__":
    sys.exit(main())
