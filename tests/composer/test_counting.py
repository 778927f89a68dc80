"""One text, four lengths."""

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from composer.vocabulary import counting

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "grapheme", "utf16", "byte", "char"),
    [
        ("", 0, 0, 0, 0),
        ("Hi 5!", 5, 5, 5, 5),
        ("秋冬外套，85 折。", 10, 10, 24, 10),
        ("ㄅㄆㄇ", 3, 3, 9, 3),
        ("😀", 1, 2, 4, 1),
        (FAMILY, 1, 11, 25, 7),
        ("🇹🇼", 1, 4, 8, 2),
        ("👍🏽", 1, 4, 8, 2),
        ("e\u0301", 1, 2, 3, 2),
        ("a\r\nb", 3, 4, 4, 4),
        ("a\nb", 3, 3, 3, 3),
        ("𠮷野家", 3, 4, 10, 3),
        ("가나", 2, 2, 6, 2),
        ("\ud83d", 1, 1, 3, 1),
    ],
)
def test_measure_counts_in_each_unit(text, grapheme, utf16, byte, char):
    units = ("grapheme", "utf16", "byte", "char")

    assert [counting.measure(text, unit) for unit in units] == [grapheme, utf16, byte, char]


@settings(deadline=None)
@given(
    st.text(st.characters(codec="utf-8")) | st.text("字。，！Ａｱﾞ\n\r\u200d\ufe0f👩🇹🇼\u0301\u302a〰")
)
def test_graphemes_never_differ_from_the_standard(text):
    assert counting.graphemes(text) == len(regex.findall(r"\X", text))


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("https://a.tw/", 13),
        ("https://a.tw/字", 22),
        ("https://a.tw/%E5%AD%97", 22),
        ("https://a.tw/a b", 18),
        ("https://a.tw/😀", 25),
        ("https://a.tw/?q=a&b=c#d", 23),
    ],
)
def test_an_address_is_counted_after_percent_encoding(address, count):
    assert counting.measure(address, "encoded") == count


@given(st.text())
def test_code_points_are_never_fewer_than_graphemes(text):
    assert counting.measure(text, "codepoint") >= counting.measure(text, "grapheme")
