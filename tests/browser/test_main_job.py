"""The main job, from an empty form to what each contact got, as an agent does it."""

from itertools import count

import pytest

from composer import kinds

_numbers = count(1)
COAT = "https://nuanri.example/coat.jpg"

# What an agent types for each kind; a `+` adds a row, a `→` picks from a list.
WRITTEN = {
    "text": [("message", "嗨 {{ name | 貴賓 }}，週年慶今天開始 🎉")],
    "button": [
        ("explain_text", "{{ name | 貴賓 }}您好，要預約試穿嗎？"),
        ("options-0-label", "好"),
        ("options-0-value", "我要預約"),
        ("+", "options"),
        ("options-1-label", "看門市"),
        ("→", ("options-1-type", "url")),
        ("options-1-url", "https://nuanri.example/stores"),
        ("+", "options"),
        ("options-2-label", "打電話"),
        ("→", ("options-2-type", "phonenumber")),
        ("options-2-number", "+886227201188"),
    ],
    "quickreply": [
        ("explain_text", "昨天的取貨還順利嗎？"),
        ("options-0-label", "很順利"),
        ("options-0-value", "很順利"),
        ("+", "options"),
        ("options-1-label", "等太久"),
        ("options-1-value", "等太久"),
    ],
    "carousel": [
        ("alt_text", "秋冬外套"),
        ("columns-0-image_url", COAT),
        ("columns-0-title", "羊毛大衣"),
        ("columns-0-text", "{{ name | 貴賓 }}專屬 85 折"),
        ("columns-0-actions-0-text", "看商品"),
        ("→", ("columns-0-actions-0-type", "url")),
        ("columns-0-actions-0-url", "https://nuanri.example/coat"),
        ("+", "columns"),
        ("columns-1-image_url", COAT),
        ("columns-1-title", "輕羽絨"),
        ("columns-1-text", "收進掌心"),
        ("columns-1-actions-0-text", "預約試穿"),
        ("columns-1-actions-0-value", "我要預約"),
    ],
    "image_carousel": [
        ("alt_text", "新品"),
        ("columns-0-image_url", COAT),
        ("→", ("columns-0-action-type", "url")),
        ("columns-0-action-url", "https://nuanri.example/new"),
        ("columns-0-button-text", "看新品"),
        ("columns-0-badge-text", "NEW"),
    ],
}
SEEN = {
    "text": "週年慶今天開始",
    "button": "看門市",
    "quickreply": "等太久",
    "carousel": "收進掌心",
    "image_carousel": "看新品",
}


def begin(page, kind):
    """An empty form, whatever was left in it before."""
    page.goto(f"/compose/{kind}/")
    afresh = page.get_by_role("button", name="Start afresh")
    if afresh.count():
        afresh.click()
        afresh.wait_for(state="detached")


def write(page, steps):
    for name, value in steps:
        if name == "+":
            rows = page.locator(f"[data-rows='{value}'] > .row, [data-rows='{value}'] > [data-row]")
            before = rows.count()
            page.locator(f"[data-rows='{value}'] > .row-more > .add-wide").click()
            page.wait_for_selector(f"[data-row='{value}-{before}']")
        elif name == "→":
            page.select_option(f"[name={value[0]}]", value[1])
        else:
            page.fill(f"[name={name}]", value)


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_agent_writes_keeps_sends_and_sees_who_got_it(signed_in, kind):
    page = signed_in("agent")
    begin(page, kind)
    name = f"{kind} {next(_numbers)}"

    write(page, WRITTEN[kind])
    page.locator("#preview").get_by_text(SEEN[kind]).first.wait_for()
    page.fill("[name=name]", name)
    page.get_by_role("button", name="Save as template").click()
    page.get_by_text("Saved as version 1.").wait_for()

    page.get_by_role("button", name="Send…").click()
    page.wait_for_url("**/send/?**")
    page.locator("label", has=page.locator("input[name=channel][value=viber]")).click()
    page.get_by_text("Everyone on this channel").click()
    page.locator("#count").get_by_text("Viber, everyone").wait_for()
    page.get_by_role("button", name="Check").click()
    page.wait_for_url("**/send/check/**")
    audience = int(page.locator(".big b").first.inner_text())
    page.get_by_role("button", name=f"Send to {audience} contacts").click()

    page.wait_for_url("**/broadcasts/*/")
    page.locator("#state").get_by_text("Finished").wait_for()
    assert outcomes(page) == audience
    page.get_by_role("link", name="What was sent").first.click()
    page.locator(".phone").get_by_text(SEEN[kind]).first.wait_for()
    page.goto("/drill/")
    page.locator(".phone").get_by_text(SEEN[kind]).first.wait_for()


def outcomes(page):
    """The sum of the account's lines, which the total under the double rule must equal."""
    lines = page.locator(".ledger > div:not(.ledger-total) dd").all_inner_texts()
    total = page.locator(".ledger > .ledger-total dd").inner_text()
    assert sum(int(line) for line in lines) == int(total)
    return int(total)
