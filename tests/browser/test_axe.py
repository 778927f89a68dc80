"""axe looks at every page as a person meets it: by day, by night, wide and on a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from composer import kinds
from tests.browser.conftest import PATIENCE, PHONE, WIDE

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Among all seven, phones are small pictures: each can be pressed at its full size under its tab.
PICTURED = [".phone[data-size=small] button"]
# What scrolls under the fixed bars is obscured until it is scrolled: axe measures without them.
UNFIXED = ".bar, .rail, .compose-foot, .channel-tabs { position: static !important; }"
RUN = """async ([levels, exclude]) => {
  const { violations } = await axe.run({ exclude }, { runOnly: levels });
  const bad = violations.filter(({ impact }) => impact !== "minor");
  const why = ({ any, all }) => [...any, ...all].map(({ message }) => message);
  return bad.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${why(node)}`));
}"""
PAGES = ["/", "/library/", "/contacts/", "/contacts/?channel=line", "/broadcasts/", "/drill/"]
MAIN = ["/", "/compose/carousel/", "/library/", "/contacts/", "/broadcasts/", "/drill/"]
NIGHT_AND_PHONE = [("dark", WIDE), ("light", PHONE), ("dark", PHONE)]


@pytest.fixture
def page(chromium, product, size):
    """As everywhere, but axe may put styles into the page for its measuring."""
    context = chromium.new_context(
        base_url=product.url, viewport=size, locale="en-US", bypass_csp=True
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def problems(page):
    """What axe has against the page as it stands, settled."""
    page.wait_for_load_state("networkidle")
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
        page.add_style_tag(content=UNFIXED)
    return page.evaluate(RUN, [LEVELS, PICTURED])


@pytest.mark.parametrize("path", PAGES)
def test_page_is_clean(signed_in, path):
    page = signed_in()

    page.goto(path)

    assert problems(page) == []


@pytest.mark.parametrize(("scheme", "size"), NIGHT_AND_PHONE)
@pytest.mark.parametrize("path", MAIN)
def test_page_is_clean_by_night_and_on_a_phone(signed_in, path, scheme):
    page = signed_in()
    page.emulate_media(color_scheme=scheme)

    page.goto(path)

    assert problems(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sign_in_is_clean(page, scheme):
    page.emulate_media(color_scheme=scheme)

    page.goto("/accounts/login/")

    assert problems(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_template_and_the_send_path_are_clean(signed_in, scheme):
    page = signed_in()
    page.emulate_media(color_scheme=scheme)
    page.goto("/library/")
    page.locator(".template h3 a").first.click()
    page.wait_for_url("**/library/*/")
    assert problems(page) == []

    page.locator("a[href*='/send/']").first.click()
    page.wait_for_url("**/send/**")

    assert problems(page) == []


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_compose_is_clean_in_every_state(signed_in, kind):
    page = signed_in()
    page.goto(f"/compose/{kind}/")
    assert problems(page) == [], "blank"

    fill(page, kind)
    assert problems(page) == [], "filled"

    for beside in ("heard", "curl", "json"):
        page.locator(f"[name=beside][value={beside}]").check(force=True)
        expect(page.locator(f"[data-beside={beside}]")).to_be_visible()
        assert problems(page) == [], beside

    page.locator("[name=channel][value=all]").check(force=True)
    expect(page.locator(".all")).to_be_visible()
    assert problems(page) == [], "all channels"


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_compose_is_clean_when_it_cannot_be_saved(signed_in, kind):
    page = signed_in("manager")  # with no draft of the agent's
    page.goto(f"/compose/{kind}/")

    page.get_by_role("button", name="Save as template").click()
    expect(page.locator("[role=alert]").first).to_be_visible()

    assert problems(page) == []


def fill(page, kind):
    """With the API document's sample, by the paste dialog, which is looked at too."""
    sample = ROOT / "composer" / "kinds" / kind / "sample.json"
    page.locator("[name=beside][value=json]").check(force=True)
    page.get_by_role("button", name="Paste JSON…").click()
    page.fill("#paste textarea", sample.read_text(encoding="utf-8"))
    assert problems(page) == [], "paste"
    page.get_by_role("button", name="Put it into the form").click()
    expect(page.locator("#paste")).to_be_hidden()
    page.locator("[name=beside][value=notices]").check(force=True)
