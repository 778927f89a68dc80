"""Invisible and direction characters: found where they hide something, kept where they work."""

import pytest

from composer.vocabulary import invisible


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("U1\u200b", "U1"),
        ("\u202egnp.exe", "gnp.exe"),
        ("\u2067王小明\u2069", "王小明"),
        ("\ufeffU1\u2060", "U1"),
        ("王\u200d明\u200c", "王明"),
        ("a\x00b\x07c\x7fd\x9f", "abcd"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\u3164\u115f\uffa0\u2800", ""),
        ("a\U000e0041\U000e0042", "a"),
        ("a\ufe0fb\ufe00", "ab"),
        ("a\U000e0100", "a"),
        ("half \ud83d", "half "),
        ("👨\u200d", "👨"),
    ],
)
def test_what_hides_is_removed(text, cleaned):
    assert invisible.remove(text) == cleaned
    assert invisible.remove(cleaned) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "王小明",
        "Zoë O’Brien-李",
        "a\tb\nc",
        "👨‍👩‍👧",
        "👩🏽‍⚕️",
        "🏳️‍🌈",
        "❤️‍🔥",
        "1️⃣",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "می‌خواهم",
        "क्‍ष",
        "葛\U000e0100城",
        "　全形空白　",
    ],
)
def test_what_works_stays(text):
    assert invisible.remove(text) == text


def test_replace_names_each():
    assert invisible.replace("a\u202eb\u200b", lambda each: f"[{ord(each):04X}]") == (
        "a[202E]b[200B]"
    )
