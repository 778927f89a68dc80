"""Each channel's figures, one row each, with an example exactly at it and one past it.

The tables are facts of the platforms, copied by hand: they prove the channels' files and do not
follow them. A row whose figure is – proves that nothing is said where nothing is known.
"""

import json
from copy import deepcopy
from pathlib import Path

import pytest

from composer.vocabulary import notices
from composer.vocabulary.channels import ALL
from tests.composer.messages import CARD, OPTION, SQUARE, changed, good

FOLDER = Path(__file__).parent / "figures"
STATUS = {"warning": "documented", "hint": "unverified"}


def table(name):
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()[1:]
    return [pytest.param(line.split(), id="-".join(line.split()[:3])) for line in lines]


def said_of(payload, slug, rule):
    found = notices.check(payload, channels=[ALL[slug]])
    return [
        (notice.level, notice.path, notice.limit, notice.actual, notice.unit, notice.status)
        for notice in found
        if notice.channel == slug and notice.rule == rule and notice.actual is not None
    ]


def written(example):
    """`字*3+x` is 字字字x."""
    pieces = (piece.partition("*") for piece in example.split("+"))
    return "".join(text * int(times or 1) for text, _star, times in pieces)


def with_text(kind, rule, path, text):
    payload = changed(kind, path, text)
    body = payload["message"]
    presses = {"value_max": "text", "action_value_max": "text", "url_max": "url"}
    if rule in presses:
        row = body["options"][0] if "options" in body else body["columns"][0]
        row.get("actions", [row.get("action", row)])[0]["type"] = presses[rule]
    if rule == "column_text_max_plain":
        body["columns"][0].update(title="", image_url="")
    return payload


@pytest.mark.parametrize("row", table("lengths"))
def test_a_text_is_too_long_from_one_more(row):
    slug, kind, rule, limit, unit, level, path, *examples = row
    if level == "silent":
        endless = with_text(kind, rule, path, "https://nuanri.tw/" + "字" * 40_000)
        assert said_of(endless, slug, rule) == []
        return

    fits = written(*examples)

    assert said_of(with_text(kind, rule, path, fits), slug, rule) == []
    assert said_of(with_text(kind, rule, path, fits + "x"), slug, rule) == [
        (level, path, int(limit), int(limit) + 1, unit, STATUS[level])
    ]


def with_rows(kind, rule, count):
    payload = good(kind)
    body = payload["message"]
    if rule.startswith("options"):
        body["options"] = [{**OPTION, "value": f"{at}"} for at in range(count)]
    elif rule.startswith("columns"):
        body["columns"] = [deepcopy(CARD if kind == "carousel" else SQUARE) for _ in range(count)]
    else:
        actions = [{"text": "問", "type": "text", "value": f"{at}"} for at in range(count)]
        body["columns"][0]["actions"] = actions
    return payload


@pytest.mark.parametrize("row", table("counts"))
def test_a_list_is_too_long_or_too_short_from_one_past(row):
    slug, kind, rule, limit, level, path, *counts = row
    if level == "silent":
        assert said_of(with_rows(kind, rule, 0), slug, rule) == []
        assert said_of(with_rows(kind, rule, 200), slug, rule) == []
        return

    right, past = map(int, counts)

    assert said_of(with_rows(kind, rule, right), slug, rule) == []
    expected = (level, path, int(limit), past, "count", STATUS[level])
    assert said_of(with_rows(kind, rule, max(past, 0)), slug, rule) == [expected][: past + 1]


PLACES = {
    "button": "options[0]",
    "quickreply": "options[0]",
    "carousel": "columns[0].actions[0]",
    "image_carousel": "columns[0].action",
}
PRESSES = {
    "text": {"value": "好"},
    "url": {"url": "https://a.tw"},
    "phonenumber": {"number": "+886227201188"},
}


@pytest.mark.parametrize("row", table("types"))
def test_a_press_without_a_counterpart_is_said(row):
    slug, kind, rule, level, types = row
    allowed = [None if each == "null" else each for each in types.split(",")]
    known = ("text", "url", "phonenumber") if kind == "button" else ("text", "url")

    for chosen in known:
        press = {"type": chosen, **PRESSES[chosen]}
        said = said_of(changed(kind, PLACES[kind], press), slug, rule)
        expected = (level, f"{PLACES[kind]}.type", allowed, chosen, "list", STATUS[level])
        assert said == ([] if chosen in allowed else [expected])


@pytest.mark.parametrize("slug", ALL)
def test_only_line_wants_the_same_number_of_buttons(slug):
    payload = changed("carousel", "columns", [CARD, {**CARD, "actions": CARD["actions"] * 2}])

    expected = ("warning", "columns[1].actions", True, 2, "bool", "documented")

    assert said_of(payload, slug, "actions_equal_count") == ([expected] if slug == "line" else [])


def size(body):
    return len(json.dumps(body, ensure_ascii=False).encode())


@pytest.mark.parametrize("kind", ["text", *PLACES])
@pytest.mark.parametrize("slug", ALL)
def test_only_viber_weighs_the_whole_message_of_30720_bytes(slug, kind):
    """`\\n` and `"` are two bytes of JSON each, a Chinese character three."""
    path = {"text": "message", "button": "explain_text", "quickreply": "explain_text"}
    place = path.get(kind, "alt_text")
    room = 30_720 - size(changed(kind, place, "").get("message"))
    text = '\n"' * 10 + "字" * ((room - 40) // 3)
    fits = text + "x" * (room - size(text) + 2)

    at, past = (changed(kind, place, words) for words in (fits, fits + "x"))

    assert (size(at["message"]), size(past["message"])) == (30_720, 30_721)
    assert said_of(at, slug, "message_max_bytes") == []
    expected = ("warning", "message", 30_720, 30_721, "byte", "documented")
    assert said_of(past, slug, "message_max_bytes") == ([expected] if slug == "viber" else [])


LINKS = {
    "button": ("options[0]", {"label": "看", "type": "url"}),
    "carousel": ("columns[0].actions[0]", {"text": "看", "type": "url"}),
    "image_carousel": ("columns[0].action", {"type": "url"}),
}
# Those that say nothing of http, and what they say instead.
SILENT_OF_HTTP = {"facebook": ["https"], "instagram": ["https"], "livechat": []}


@pytest.mark.parametrize("kind", LINKS)
@pytest.mark.parametrize("slug", ALL)
def test_a_link_begins_as_the_channel_documents(slug, kind):
    path, press = LINKS[kind]
    plain, secure = (
        changed(kind, path, press | {"url": f"{scheme}://nuanri.tw/a"})
        for scheme in ("http", "https")
    )

    said = said_of(plain, slug, "link_schemes")

    assert said_of(secure, slug, "link_schemes") == []
    documented = SILENT_OF_HTTP.get(slug)
    expected = ("hint", f"{path}.url", documented, "http", "list", "unverified")
    assert said == ([] if documented is None else [expected])


SCHEMES = {
    "line": ("warning", ["https"], "documented"),
    "instagram": ("hint", ["https"], "unverified"),
}


@pytest.mark.parametrize("kind", ["carousel", "image_carousel"])
@pytest.mark.parametrize("slug", ALL)
def test_a_picture_comes_from_an_address_that_the_channel_fetches(slug, kind):
    plain = changed(kind, "columns[0].image_url", "http://nuanri.tw/a.png")
    local = changed(kind, "columns[0].image_url", "http://localhost:8000/a.png")

    said = said_of(plain, slug, "image_schemes")

    assert said_of(good(kind), slug, "image_schemes") == []
    assert said_of(local, slug, "image_schemes") == []  # said once, of all channels
    if slug not in SCHEMES:
        assert said == []
    else:
        level, schemes, status = SCHEMES[slug]
        assert said == [(level, "columns[0].image_url", schemes, "http", "list", status)]


FORMATS = {
    "line": ("warning", ["jpeg", "png"], "documented"),
    "facebook": ("hint", ["jpeg", "png", "gif"], "unverified"),
    "instagram": ("warning", ["jpeg", "png"], "documented"),
    "viber": ("warning", ["jpeg", "png"], "documented"),
    "wechat": ("warning", ["jpeg", "png"], "documented"),
}


@pytest.mark.parametrize("ending", ["jpg", "JPEG", "png", "gif", "webp", "svg", "php"])
@pytest.mark.parametrize("slug", ALL)
def test_a_picture_has_a_format_that_the_channel_shows(slug, ending):
    address = f"https://img.nuanri.tw/a.b/coat.{ending}?v=1.bmp#.gif"
    found = {"jpg": "jpeg", "JPEG": "jpeg", "php": ""}.get(ending, ending)

    said = said_of(changed("carousel", "columns[0].image_url", address), slug, "image_formats")

    level, formats, status = FORMATS.get(slug, ("", [], ""))
    expected = [(level, "columns[0].image_url", formats, found, "list", status)]
    is_shown = not formats or not found or found in formats
    assert said == ([] if is_shown else expected)


def test_every_figure_of_every_channel_has_its_row():
    tables = ("lengths", "counts", "types")
    rows = {tuple(row.values[0][:3]) for name in tables for row in table(name)}
    elsewhere = {
        *("actions_equal_count", "message_max_bytes", "flex_max_bytes", "link_endings_refused"),
    }

    figures = {
        (slug, kind, key)
        for slug, channel in ALL.items()
        for kind, native in channel.kinds.items()
        for key in [*native.limits, *(["image_url_max"] if "carousel" in kind else [])]
        if key not in elsewhere
    }

    assert rows == figures


def test_the_examples_are_the_characters_that_are_hardest_to_count():
    examples = (FOLDER / "lengths.txt").read_text(encoding="utf-8")

    assert "👨‍👩‍👧‍👦*" in examples  # eleven UTF-16 units, twenty-five bytes, one character
    assert "e\u0301*" in examples  # two code points, three bytes, one character
    assert "字*" in examples
    assert "😀*" in examples
