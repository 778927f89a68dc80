"""However long a text is, and whatever it is made of, it is checked and mended in its stride."""

import time
from datetime import date

import pytest

from composer.vocabulary import fixes, notices
from composer.vocabulary.checks.prose import READ, blotted

TODAY = date(2026, 11, 22)
LONG = 200_000
# Usually a tenth of a second or two; what is tried in every way takes hours.
PATIENCE = 20

MADE_OF = {
    "han": "字",
    "words": "word ",
    "families": "👨‍👩‍👧‍👦",
    "spaces": " ",
    "wide spaces": "\u3000",
    "lines": "。\n",
    "commas": "，",
    "digits": "1",
    "cards": "4111 1111 1111 1111 ",
    "dates": "11/11（一）",
    "months": "11 月 ",
    "placeholders": "{{ name }}，",
    "braces": "{{",
    "halves": "{{ a |",
    "addresses": "https://",
    "dots": "a.",
    "ats": "a@",
    "simplified": "们這這",
    "narrow": "好,我",
}


def judged(text):
    content = {"message": text}
    values = {"name": "王小明"}
    found = notices.check(
        {"type": "text", "message": text}, values=values, known=set(), today=TODAY
    )
    return [fixes.fix(notice, content, values=values, today=TODAY) for notice in found]


@pytest.mark.parametrize("name", MADE_OF)
def test_a_long_text_is_judged_and_mended_in_its_stride(name):
    text = MADE_OF[name] * (LONG // len(MADE_OF[name]))
    began = time.thread_time()

    assert judged(text)

    assert time.thread_time() - began < PATIENCE


@pytest.mark.parametrize("start", ["{{ a |", "{{ a | b", "{{ a", "{{"])
def test_a_placeholder_that_never_ends_is_not_tried_in_every_way(start):
    began = time.thread_time()

    judged(start + " " * LONG)

    assert time.thread_time() - began < PATIENCE


def test_the_same_is_not_said_of_a_text_without_end():
    payload = {"type": "text", "message": "11/11（一）" * 1000 + "{{ a }}{{ b }}" * 1000}

    found = notices.check(payload, channels=[], known=set(), today=TODAY)

    assert [notice.rule for notice in found] == ["unknown_placeholder"] * 2 + ["weekday"] * 10


def test_what_nobody_reads_is_not_judged():
    text = "字" * READ + "A123456789"

    assert blotted(text) == "字" * READ + "\ufffc" * 10
    assert notices.check({"type": "text", "message": text}, channels=[]) == []
