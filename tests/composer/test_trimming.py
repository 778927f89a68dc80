"""Shortening a text without hurting it."""

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from composer.vocabulary import placeholders
from composer.vocabulary.counting import MEASURES, measure
from composer.vocabulary.trimming import tail, trimmed

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("raw", "most", "unit", "kept"),
    [
        ("好", 5, "grapheme", "好"),
        ("門市皆可試穿。另贈同色腰帶。", 10, "grapheme", "門市皆可試穿。"),
        ("「可試穿。」另贈腰帶", 8, "grapheme", "「可試穿。」"),
        ("好。門市皆可試穿另贈同色腰帶", 10, "grapheme", "好。門市皆可試穿另贈"),
        ("門市皆可試穿，另贈同色腰帶", 8, "grapheme", "門市皆可試穿"),
        ("第一行文字\n第二行文字", 8, "grapheme", "第一行文字"),
        ("Free delivery for members. Until Sunday", 30, "char", "Free delivery for members."),
        ("Free delivery for members", 20, "char", "Free delivery for"),
        ("特價 12,800 元起跳的大衣", 6, "char", "特價"),
        ("全館 85% 折扣活動開始囉", 5, "char", "全館"),
        ("Supercalifragilistic", 5, "char", "Super"),
        ("看這裡 https://nuanri.tw/coat", 12, "char", "看這裡"),
        ("https://nuanri.tw/coat", 12, "char", ""),
        ("  字字", 2, "char", ""),
        (FAMILY * 3, 2, "grapheme", FAMILY * 2),
        (FAMILY * 3, 30, "byte", FAMILY),
        ("字字字", 7, "byte", "字字"),
        ("嗨😀😀", 3, "utf16", "嗨😀"),
        ("嗨 {{ name }}", 3, "grapheme", "嗨"),
        ("{{ name }}您好嗎", 4, "grapheme", "{{ name }}您"),
        ("{{ greeting | 您好！ }}門市", 4, "grapheme", "{{ greeting | 您好！ }}門"),
        ("{{ name }}", 2, "grapheme", ""),
        ("字", 0, "grapheme", ""),
    ],
)
def test_trimmed_ends_where_a_reader_would(raw, most, unit, kept):
    assert trimmed(raw, most, unit, {"name": "王小明"}) == kept


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("門市皆可試穿。", "可試穿。"),
        ("Free delivery for members", "members"),
        ("嗨 {{ name | 貴賓 }}", "嗨 {{ name | 貴賓 }}"),
        (f"一二三{FAMILY}五", f"二三{FAMILY}五"),
        ("x" * 40, "x" * 16),
        ("", ""),
    ],
)
def test_tail_is_what_a_person_looks_for(text, end):
    assert tail(text) == end


@settings(deadline=None)
@given(
    st.lists(
        st.text(max_size=6)
        | st.sampled_from(["{{ a }}", "{{ b | 預設。 }}", "{{ a", "。", " https://a.tw/b ", FAMILY])
    ).map("".join),
    st.integers(0, 30),
    st.sampled_from(sorted(MEASURES)),
    st.dictionaries(st.sampled_from("ab"), st.text(max_size=9)),
)
def test_trimmed_fits_and_begins_the_text(raw, most, unit, values):
    kept = trimmed(raw, most, unit, values)

    assert raw.startswith(kept)
    if kept != raw:
        assert measure(placeholders.fill(kept, values), unit) <= most
        assert placeholders.used(kept) == placeholders.used(raw)[: len(placeholders.used(kept))]
    if kept and "{{" not in raw:
        clusters = regex.findall(r"\X", raw)
        assert kept.rstrip() in {"".join(clusters[:n]).rstrip() for n in range(len(clusters) + 1)}
