"""CSV that no spreadsheet runs."""

import pytest

from people import sheets


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_safe_disarms_a_formula(text):
    assert sheets.safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "小明", "a=b", "1", "<b>", "👨‍👩‍👧"])
def test_safe_leaves_other_text_alone(text):
    assert sheets.safe(text) == text


def test_pieces_quote_what_needs_it():
    rows = [["a", 'b"c', "d,e", None, 7]]

    assert list(sheets.pieces(rows)) == ["\ufeff", 'a,"b""c","d,e",,7\r\n']


def test_pieces_are_a_thousand_lines_each():
    pieces = list(sheets.pieces([[number] for number in range(2_001)]))

    assert [piece.count("\n") for piece in pieces] == [0, 1_000, 1_000, 1]
