"""Placeholders: found, filled, and filled as bytes."""

import json

from hypothesis import given
from hypothesis import strategies as st

from composer.vocabulary import placeholders
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


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
written = st.lists(texts | st.sampled_from(["{{ name }}", '{{ a | 貴"賓\\ }}'])).map("".join)


@given(st.dictionaries(st.sampled_from("abc"), written | st.lists(written)), texts)
def test_encoded_fills_as_fill_does(payload, name):
    values = {"name": name}

    filled = json.loads(Encoded(payload).fill(values))

    expected = json.dumps(placeholders.fill(payload, values)).replace("\\u0000", "")
    assert json.dumps(filled).replace("\\u0000", "") == expected
