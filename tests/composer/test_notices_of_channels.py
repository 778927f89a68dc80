"""What each channel's limits say: one row for each rule, channel and unit."""

from copy import deepcopy

import pytest

from composer.vocabulary import notices
from composer.vocabulary.channels import ALL
from composer.vocabulary.checks.rules import COUNTS, LENGTHS
from composer.vocabulary.counting import measure
from tests.composer.messages import CARD, OPTION, SQUARE, changed, good

# Where each length stands in the good messages.
PLACES = {
    "text_max": {"text": "message"},
    "explain_text_max": {"button": "explain_text", "quickreply": "explain_text"},
    "label_max": {"button": "options[0].label", "quickreply": "options[0].label"},
    "value_max": {"button": "options[0].value", "quickreply": "options[0].value"},
    "url_max": {
        "button": "options[0].url",
        "quickreply": "options[0].url",
        "carousel": "columns[0].actions[0].url",
        "image_carousel": "columns[0].action.url",
    },
    "alt_text_max": {"carousel": "alt_text", "image_carousel": "alt_text"},
    "title_max": {"carousel": "columns[0].title"},
    "column_text_max": {"carousel": "columns[0].text"},
    "column_text_max_plain": {"carousel": "columns[0].text"},
    "action_label_max": {"carousel": "columns[0].actions[0].text"},
    "action_value_max": {
        "carousel": "columns[0].actions[0].value",
        "image_carousel": "columns[0].action.value",
    },
    "button_text_max": {"image_carousel": "columns[0].button.text"},
    "image_url_max": {
        "carousel": "columns[0].image_url",
        "image_carousel": "columns[0].image_url",
    },
}
FILLERS = {"grapheme": "👨‍👩‍👧‍👦", "utf16": "😀", "byte": "字", "char": "字"}


def rows(rules, is_wanted=lambda kind, key: True):
    """Every known figure: channel, kind, key, limit."""
    keys = {rule.key for rule in rules}
    return [
        pytest.param(channel, kind, key, limit, id=f"{channel.slug}-{kind}-{key}")
        for channel in ALL.values()
        for kind, native in channel.kinds.items()
        for key, limit in {**native.limits, **channel.image}.items()
        if key in keys and limit.value is not None and is_wanted(kind, key)
    ]


def text_of(size, unit, start=""):
    """A text of exactly that size, of the characters that are hardest to count."""
    filler = FILLERS[unit] if not start else "x"
    room = size - measure(start, unit)
    step = measure(filler, unit)
    return start + filler * (room // step) + "x" * (room % step)


def with_text(kind, key, text):
    path = PLACES[key][kind]
    payload = changed(kind, path, text)
    node = payload["message"]
    if key in {"value_max", "url_max", "action_value_max"}:
        row = node["options"][0] if "options" in node else node["columns"][0]
        press = row.get("actions", [row.get("action", row)])[0]
        press["type"] = "url" if key == "url_max" else "text"
    if key == "column_text_max_plain":
        node["columns"][0].update(title="", image_url="")
    return payload


def said_of(payload, channel, rule):
    found = notices.check(payload, channels=[channel])
    return [
        (notice.level, notice.path, notice.limit, notice.actual, notice.unit, notice.status)
        for notice in found
        if notice.channel == channel.slug and notice.rule == rule
    ]


def level(limit):
    return "warning" if limit.is_documented else "hint"


@pytest.mark.parametrize(
    ("channel", "kind", "key", "limit"), rows(LENGTHS, lambda kind, key: kind in PLACES[key])
)
def test_a_length_is_said_from_one_too_many(channel, kind, key, limit):
    start = "https://nuanri.tw/" if key in {"url_max", "image_url_max"} else ""
    fits = with_text(kind, key, text_of(limit.value, limit.unit, start))
    over = with_text(kind, key, text_of(limit.value + 1, limit.unit, start))

    assert said_of(fits, channel, key) == []
    assert said_of(over, channel, key) == [
        (
            level(limit),
            PLACES[key][kind],
            limit.value,
            limit.value + 1,
            limit.unit,
            limit.status,
        )
    ]


def with_rows(kind, key, count):
    payload = good(kind)
    body = payload["message"]
    if key.startswith("options"):
        body["options"] = [{**OPTION, "value": f"{at}"} for at in range(count)]
    elif key.startswith("columns"):
        body["columns"] = [deepcopy(CARD if kind == "carousel" else SQUARE) for _ in range(count)]
    else:
        body["columns"][0]["actions"] = [
            {"text": "問", "type": "text", "value": f"{at}"} for at in range(count)
        ]
    return payload


@pytest.mark.parametrize(("channel", "kind", "key", "limit"), rows(COUNTS))
def test_a_count_is_said_from_one_too_many_or_too_few(channel, kind, key, limit):
    past = limit.value + 1 if key.endswith("max") else limit.value - 1
    path = {"o": "options", "c": "columns", "a": "columns[0].actions"}[key[0]]

    assert said_of(with_rows(kind, key, limit.value), channel, key) == []
    assert said_of(with_rows(kind, key, max(past, 0)), channel, key) == (
        [(level(limit), path, limit.value, past, "count", limit.status)] if past >= 0 else []
    )


PRESSES = {"text": {"value": "好"}, "url": {"url": "https://a.tw"}}
TYPES = [
    (kind, path, chosen)
    for kind, path in {
        "button": "options[0]",
        "quickreply": "options[0]",
        "carousel": "columns[0].actions[0]",
        "image_carousel": "columns[0].action",
    }.items()
    for chosen in ("text", "url")
]


@pytest.mark.parametrize("channel", ALL.values(), ids=ALL)
@pytest.mark.parametrize(("kind", "path", "chosen"), TYPES)
def test_a_type_without_counterpart_is_said(channel, kind, path, chosen):
    key = "option_types" if "options" in path else "action_types"
    limit = channel.kinds[kind].limits[key]
    payload = changed(kind, path, {"type": chosen, **PRESSES[chosen]})

    said = said_of(payload, channel, key)

    expected = (level(limit), f"{path}.type", [*limit.value], chosen, "list", limit.status)
    assert said == ([] if chosen in limit.value else [expected])


def test_a_local_picture_is_not_held_against_a_channel_too():
    line = ALL["line"]
    local = changed("carousel", "columns[0].image_url", "http://localhost:8000/a.png")
    public = changed("carousel", "columns[0].image_url", "http://nuanri.tw/a.png")

    assert said_of(local, line, "image_schemes") == []
    assert said_of(public, line, "image_schemes") == [
        ("warning", "columns[0].image_url", ["https"], "http", "list", "documented")
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


def test_viber_weighs_the_whole_message():
    heavy = with_rows("carousel", "columns_max", 200)
    sizes = [row[3] for row in said_of(heavy, ALL["viber"], "message_max_bytes")]

    assert len(sizes) == 1
    assert sizes[0] > 30 * 1024
