"""Placeholders: found, filled, and filled as bytes."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer import kinds
from composer.vocabulary import message, paths, placeholders
from composer.vocabulary.placeholders import Encoded, Placeholder


def test_used_gives_each_spelling_once_in_reading_order():
    payload = {
        "alt_text": "{{ name | 貴賓 }} {{ store }}",
        "columns": ["{{name|貴賓}}", "{{ 門市 }}"],
    }

    assert placeholders.used(payload) == [
        Placeholder("name", "貴賓"),
        Placeholder("store", None),
        Placeholder("門市", None),
    ]


def test_fill_leaves_other_text_alone():
    payload = {"alt_text": "嗨 {{ name }}", "columns": [], "action": None}

    filled = placeholders.fill(payload, {"name": "小明"})

    assert filled == {"alt_text": "嗨 小明", "columns": [], "action": None}


def test_fill_takes_the_default_for_what_is_missing_or_blank():
    assert placeholders.fill("{{ name | 貴賓 }}", {}) == "貴賓"
    assert placeholders.fill("{{ name | 貴賓 }}", {"name": ""}) == "貴賓"
    assert placeholders.fill("[{{ name }}]", {}) == "[]"


def test_fill_does_not_fill_what_it_filled():
    assert placeholders.fill("{{ name }}", {"name": "{{ id }}", "id": "7"}) == "{{ id }}"


def test_half_a_placeholder_is_text():
    for text in ("{{ name", "{name}", "{{ }}", "{{ 1st }}", "{{ a b }}"):
        assert placeholders.fill(text, {"name": "小明"}) == text


# What hurts, again and again: written in a form, and stored as a contact's value.
HARD = (
    *(r"\u0000", r"\\u0000", "\\", '"', "\x00", "\u2028", "\x7f", "\n", "\r\n", "\t", "</script>"),
    *("{{", "}}", "{", "|", "%", "%E4", "%s", "&", "&amp;", "=", "#", "+", " ", "/", ":", "'"),
    *("👨‍👩‍👧", "王小明", "https://", "https://a.tw/?n=", "x" * 300),
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
hard = st.lists(texts | st.sampled_from(HARD)).map("".join)
uses = st.sampled_from(["{{ name }}", '{{ a | 貴"賓\\ }}', "{{id}}", r"{{ b | \u0000 & }}"])
written = st.lists(texts | st.sampled_from(HARD) | uses).map("".join)
options = st.fixed_dictionaries({"label": written, "type": st.just("url"), "url": written})
payloads = st.fixed_dictionaries({"type": st.just("text"), "message": written}) | (
    st.fixed_dictionaries(
        {
            "type": st.just("button"),
            "message": st.fixed_dictionaries(
                {"explain_text": written, "options": st.lists(options)}
            ),
        }
    )
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | written,
    lambda inner: st.lists(inner) | st.dictionaries(hard, inner),
)
stored = st.fixed_dictionaries({"name": hard, "id": hard, "b": hard})


def as_json(payload):
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


@given(payloads | anything, stored)
def test_encoded_fills_as_fill_does(payload, values):
    assert Encoded(payload).fill(values) == as_json(placeholders.fill(payload, values))


@given(written.filter(lambda text: "{{" not in text))
def test_text_without_a_placeholder_is_posted_as_written(text):
    payload = {"type": "text", "message": text}

    assert Encoded(payload).fill({"name": "小明"}) == as_json(payload)


@given(hard)
def test_text_around_a_placeholder_is_posted_as_written(text):
    text = text.replace("{", "").replace("}", "").replace("https", "")
    payload = {"type": "text", "message": f"{text}{{{{ name }}}}{text}"}

    posted = json.loads(Encoded(payload).fill({"name": "小明"}))

    assert posted == {"type": "text", "message": f"{text}小明{text}"}


def linked(url):
    option = {"label": "看", "type": "url", "url": url}
    return {"type": "button", "message": {"explain_text": "嗨", "options": [option]}}


LI = 'Li & Co "x"=1'
LI_ENCODED = "Li%20%26%20Co%20%22x%22%3D1"


@pytest.mark.parametrize(
    ("url", "name", "filled"),
    [
        ("https://a.tw/?n={{ name }}&c=1", LI, f"https://a.tw/?n={LI_ENCODED}&c=1"),
        ("https://a.tw/{{ name }}", "a/b?c#d+e", "https://a.tw/a%2Fb%3Fc%23d%2Be"),
        ("https://a.tw/{{ name }}", "%E4", "https://a.tw/%25E4"),
        ("https://a.tw/{{ name }}", "小明", "https://a.tw/%E5%B0%8F%E6%98%8E"),
        ("https://{{ name }}.a.tw/", "evil.tw/x", "https://evil.tw%2Fx.a.tw/"),
        ("https://{{ name }}/", "shop.a.tw", "https://shop.a.tw/"),
        ("https://a.tw/#{{name}}", "a b", "https://a.tw/#a%20b"),
        ("mailto:{{ name }}", "a@b.tw?cc=c", "mailto:a%40b.tw%3Fcc%3Dc"),
        # A default stands for a value, so it is data too.
        ("https://a.tw/{{ name | 貴 賓/a }}", "", "https://a.tw/%E8%B2%B4%20%E8%B3%93%2Fa"),
        ("https://a.tw/{{ name }}", "", "https://a.tw/"),
        # A value that is the whole address, or begins it, brings the scheme.
        ("{{ name }}", "https://b.tw/?a=1&b=ü", "https://b.tw/?a=1&b=ü"),
        (" {{ name | https://c.tw/?a=1 }} ", "", " https://c.tw/?a=1 "),
        ("{{ name }}/x?n={{ id }}", "https://b.tw", "https://b.tw/x?n=7%267"),
        ("{{ name }}{{ id }}", "https://b.tw/", "https://b.tw/7%267"),
    ],
)
def test_value_within_an_address_is_percent_encoded(url, name, filled):
    payload, values = linked(url), {"name": name, "id": "7&7"}

    assert placeholders.fill(payload, values) == linked(filled)
    assert json.loads(Encoded(payload).fill(values)) == linked(filled)
    assert placeholders.fill_text(url, values, is_address=True) == filled


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("https://a.tw/?n={{ name }}&c={{ name }}", f"https://a.tw/?n={LI_ENCODED}&c={LI_ENCODED}"),
        ("見（HTTP://a.tw/{{ name }}）{{ name }}", f"見（HTTP://a.tw/{LI_ENCODED}）{LI}"),
        ("https://a.tw/ {{ name }}", f"https://a.tw/ {LI}"),
        ("https://a.tw/\n{{ name }}", f"https://a.tw/\n{LI}"),
        ("https://a.tw/您好{{ name }}", f"https://a.tw/您好{LI}"),
        ("{{ name }}/{{ name }}", f"{LI}/{LI}"),
    ],
)
def test_value_within_an_address_in_a_text_is_percent_encoded(text, filled):
    payload = {"type": "text", "message": text}

    assert placeholders.fill(payload, {"name": LI}) == {"type": "text", "message": filled}


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_every_address_of_a_kind_is_known_by_its_type(kind):
    """What the sample has under a name of an address is a field of that type."""
    sample = json.loads(Path(f"composer/kinds/{kind}/sample.json").read_text(encoding="utf-8"))
    found = {
        re.sub(r"\[\d+\]", "[]", path)
        for path, value in paths.walk(sample["message"])
        if isinstance(value, str) and value.startswith("https://")
    }

    assert found <= message.patterns(kinds.MESSAGES[kind], "link", "image")


def test_value_is_sent_without_invisible_and_direction_characters():
    values = {"name": "\u202e王\u200b小\ufeff明\u2066\x07\ud83d", "id": "U\u00ad1"}

    assert placeholders.fill("{{ name }} {{ id }}", values) == "王小明 U1"
    assert placeholders.fill(linked("https://a.tw/{{ id }}"), values) == linked("https://a.tw/U1")
    assert placeholders.fill("{{ name | 貴賓 }}", {"name": "\u200b\u3164"}) == "貴賓"


def test_what_headers_call_a_field_is_the_field():
    values = {"name": "王小明", "id": "7"}

    assert placeholders.fill("{{ 姓名 }} {{ Name }} {{ 客戶姓名 }} {{ 編號 }}", values) == (
        "王小明 王小明 王小明 7"
    )
    assert placeholders.fill("{{ 姓名 }}", values | {"姓名": "小明"}) == "小明"
    assert placeholders.fill("{{ 姓名 }}", values | {"姓名": ""}) == "王小明"
    assert placeholders.fill("{{ 姓名 | 貴賓 }}", {"name": ""}) == "貴賓"
