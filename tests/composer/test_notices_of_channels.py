"""What each channel says beyond its figures: what it needs, what it drops, what it has not."""

import pytest

from composer.vocabulary import notices
from composer.vocabulary.channels import ALL
from tests.composer.messages import CARD, changed


def said_of(payload, channel, rule):
    found = notices.check(payload, channels=[channel])
    return [
        (notice.level, notice.path, notice.limit, notice.actual, notice.unit, notice.status)
        for notice in found
        if notice.channel == channel.slug and notice.rule == rule
    ]


def test_line_wants_its_cards_alike():
    cards = [CARD, {**CARD, "title": "", "actions": CARD["actions"] * 2}]
    payload = changed("carousel", "columns", cards)

    said = [(notice.rule, notice.path) for notice in notices.check(payload, [ALL["line"]])]

    assert said == [
        ("actions_equal_count", "columns[1].actions"),
        ("columns_alike", "columns[1].title"),
    ]


@pytest.mark.parametrize(
    ("slug", "path", "value", "rule"),
    [
        ("facebook", "columns[0].title", "", "title_required"),
        ("instagram", "columns[0].title", "", "title_required"),
    ],
)
def test_messenger_and_instagram_need_titles(slug, path, value, rule):
    assert said_of(changed("carousel", path, value), ALL[slug], rule) == [
        ("warning", path, 1, 0, "count", "documented")
    ]


def test_line_wants_every_picture_to_do_something():
    payload = changed("image_carousel", "columns[0].action.type", None)

    assert said_of(payload, ALL["line"], "action_types") == [
        ("warning", "columns[0].action.type", ["text", "url"], None, "list", "documented")
    ]


def test_badges_are_a_hint_where_there_are_none():
    badge = {"text": "SALE", "background_color": "#a01010", "color": "#ffffff"}
    payload = changed("image_carousel", "columns[0].badge", badge)

    found = notices.check(payload)

    hinted = [(n.channel, n.level) for n in found if n.rule == "badge_text_max"]
    assert hinted == [(slug, "hint") for slug in ("line", "facebook", "instagram", "viber")]


def test_line_counts_labels_by_the_stricter_of_two_units_and_names_both_sources():
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    fits, over = family * 4, family * 4 + "x"
    label = changed("button", "options[0].label", over)

    assert said_of(changed("button", "options[0].label", fits), ALL["line"], "label_max") == []
    assert said_of(label, ALL["line"], "label_max") == [
        ("warning", "options[0].label", 20, 21, "codepoint", "documented")
    ]
    (notice,) = (each for each in notices.check(label, [ALL["line"]]) if each.rule == "label_max")
    assert "LINE Developers: Character counting in a text" in notice.source
    assert "refused when seen by code points (public reports, July 2026)" in notice.source


@pytest.mark.parametrize(
    ("url", "ending"),
    [
        ("https://a.tw/app.apk", "apk"),
        ("https://a.tw/APP.APK?v=1#x", "apk"),
        ("https://a.tw/app%2Eapk", "apk"),
        ("https://a.tw/app.apk/", None),
        ("https://a.tw/?f=app.apk", None),
        ("https://apk.tw/", None),
    ],
)
def test_line_refuses_links_that_end_in_apk(url, ending):
    payload = changed("carousel", "columns[0].actions[0].url", url)
    path = "columns[0].actions[0].url"

    assert said_of(payload, ALL["line"], "link_endings_refused") == (
        [("warning", path, ["apk"], "apk", "list", "documented")] if ending else []
    )
    verdict = notices.verdict(notices.check(payload), ALL["line"], "carousel")
    assert verdict == ("refused" if ending else "as-is")


@pytest.mark.parametrize(("kind", "most"), [("button", 30), ("carousel", 50)])
def test_weight_of_a_flex_message_is_a_hint(kind, most):
    path = "explain_text" if kind == "button" else "alt_text"
    payload = changed(kind, path, "x" * most * 1024)

    (said,) = said_of(payload, ALL["line"], "flex_max_bytes")

    assert said[:3] == ("hint", "message", most * 1024)
    assert said[3] > most * 1024
