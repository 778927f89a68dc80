"""The checker as a whole: what it makes of a message, and that nothing stops it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from composer import checking
from composer.kinds import MESSAGES
from composer.vocabulary import notices
from composer.vocabulary.channels import ALL
from tests.composer.messages import CARD, changed, good


def test_lengths_are_those_that_the_contact_gets():
    payload = changed("carousel", "columns[0].title", "{{ name | 貴賓 }}的大衣")
    line = ALL["line"]

    short = notices.check(payload, channels=[line], values={"name": "王小明"})
    long = notices.check(payload, channels=[line], values={"name": "名" * 40})

    assert short == []
    assert [(notice.rule, notice.actual) for notice in long] == [("title_max", 43)]


VERDICTS = [
    ("carousel", "message", None, "line", "as-is", "sends as is"),
    ("carousel", "columns[0].text", "字" * 61, "line", "refused", "would be refused"),
    ("carousel", "columns[0].text", "字" * 61, "facebook", "as-is", "sends as is"),
    ("carousel", "columns[0].text", "", "facebook", "refused", "would be refused"),
    ("carousel", "message", None, "livechat", "hint", "sends as is; limits not verified"),
    (
        "carousel",
        "message",
        None,
        "telegram",
        "loses",
        "no carousel: only the alt text",
    ),
    (
        "carousel",
        "columns",
        [CARD] * 3,
        "wechat",
        "loses",
        "no carousel: only the alt text",
    ),
    ("carousel", "alt_text", "字" * 4097, "telegram", "refused", "would be refused"),
    (
        "image_carousel",
        "message",
        None,
        "wechat",
        "loses",
        "no carousel: only the alt text",
    ),
    (
        "button",
        "options[0]",
        {"label": "撥", "type": "phonenumber", "number": "+886"},
        "instagram",
        "loses",
        "not every option appears",
    ),
    ("button", "options[0].value", "字" * 22, "telegram", "refused", "would be refused"),
    ("button", "options[0].value", "字" * 22, "wechat", "hint", "sends as is; limits not verified"),
    ("text", "message", "{{ name", "line", "as-is", "sends as is"),
]


@pytest.mark.parametrize(("kind", "path", "value", "slug", "verdict", "gist"), VERDICTS)
def test_verdict_is_what_becomes_of_the_message(kind, path, value, slug, verdict, gist):
    payload = good(kind) if value is None else changed(kind, path, value)
    channel = ALL[slug]

    found = notices.check(payload)

    assert notices.verdict(found, channel, kind) == verdict
    assert notices.gist(found, channel, kind) == gist


def test_a_channel_that_says_nothing_of_a_kind_is_not_known():
    eighth = replace(ALL["line"], slug="signal", kinds={})
    found = notices.check(good("carousel"), channels=[eighth])

    assert found == []
    assert notices.verdict(found, eighth, "carousel") == "hint"
    assert notices.counters(good("carousel"), eighth)["alt_text"]["max"] is None


def test_counters_go_by_the_names_of_the_form():
    payload = changed("carousel", "columns[0].text", "{{ name }}" + "字" * 52)

    counters = notices.counters(payload, "line", {"name": "王小明"})

    assert counters["columns-0-text"] == {
        "count": 55,
        "max": 60,
        "unit": "grapheme",
        "state": "near",
    }
    assert counters["columns-0-actions"] == {"count": 1, "max": 3, "unit": "count", "state": ""}
    assert set(counters) == {
        "alt_text",
        "columns",
        "columns-0-actions",
        "columns-0-actions-0-text",
        "columns-0-actions-0-url",
        "columns-0-image_url",
        "columns-0-text",
        "columns-0-title",
    }


def test_counters_say_nothing_of_what_is_not_known():
    payload = changed("text", "message", "字" * 5001)

    assert notices.counters(payload, ALL["livechat"])["message"]["max"] is None
    assert notices.counters(payload, ALL["line"])["message"]["state"] == "over"
    assert notices.counters({"type": "fax"}, ALL["line"]) == {}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)
TEXT = st.none() | st.text(max_size=40) | st.sampled_from(["{{ a }}", "http://[", "https://a.tw:x"])
TYPE = st.none() | st.sampled_from(["text", "url", "phonenumber", "x"])
PRESS = st.fixed_dictionaries({}, optional=dict.fromkeys(("value", "url"), TEXT) | {"type": TYPE})
PLATE = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("text", "background_color", "color"), TEXT)
)
SHAPED = st.one_of(
    st.builds(lambda text: {"type": "text", "message": text}, TEXT),
    st.builds(
        lambda kind, options: {"type": kind, "message": {"options": options}},
        st.sampled_from(["button", "quickreply"]),
        st.none() | st.lists(PRESS, max_size=3),
    ),
    st.builds(
        lambda presses, text: {
            "type": "carousel",
            "message": {"columns": [{"image_url": text, "actions": presses}]},
        },
        st.none() | st.lists(PRESS, max_size=3),
        TEXT,
    ),
    st.builds(
        lambda press, plate: {
            "type": "image_carousel",
            "message": {"columns": [{"action": press, "button": plate, "badge": plate}]},
        },
        PRESS,
        PLATE,
    ),
)


@settings(deadline=None)
@given(JSON | SHAPED, st.none() | st.dictionaries(st.sampled_from("ab"), st.text()))
def test_no_input_stops_the_checker(payload, values):
    found = notices.check(payload, values=values, known={"b"})

    for notice in found:
        assert notice.text % notice.params
    for channel in ALL.values():
        assert notices.verdict(found, channel, "carousel") in {"as-is", "loses", "refused", "hint"}
        assert notices.counters(payload, channel, values) is not None


def places(part, path=()):
    """The way to every part of a payload."""
    steps = part.items() if isinstance(part, dict) else ()
    steps = enumerate(part) if isinstance(part, list) else steps
    for step, inner in steps:
        yield (*path, step)
        yield from places(inner, (*path, step))


def spoilt(kind, where, value, extra):
    """A good message with anything at one of its places, and a key that nobody knows."""
    payload = good(kind)
    found = list(places(payload))
    *before, last = found[where % len(found)]
    part = payload
    for step in before:
        part = part[step]
    part[last] = value
    return {**payload, **extra}


SPOILT = st.builds(
    spoilt,
    st.sampled_from(list(MESSAGES)),
    st.integers(0, 40),
    JSON | st.just("9" * 5000) | st.lists(st.none(), max_size=30),
    st.dictionaries(st.sampled_from(["", "is_force", "a[9]", f"[{'9' * 5000}]", "\ud83d"]), JSON),
)


@settings(max_examples=80)
@given(SPOILT)
def test_a_good_message_spoilt_anywhere_is_judged_and_shown(payload):
    found = notices.check(payload, known=set(), today=date(2026, 11, 22))

    for kind in MESSAGES:
        for group in checking.grouped(found, kind):
            assert all(finding.sentence for finding in group.findings)
