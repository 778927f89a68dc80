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
