"""Cells that no spreadsheet runs, and what they held."""

import random

import pytest

from people.csv_injection import guard, unguard

RISKY = [
    "=1+1", "+886912345678", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\tabc", "\nabc",
    "＝1+1", "＋1", "－1", "＠SUM(A1)", "﹦1", "﹢1",
    " =1", "\u3000=1", "\u00a0=1", "\u200b=1", "\ufeff=1", "\u202e=1", '"=1"', "'=1", "”=1",
    " \t abc", "''=1", "'123", "’123", "＇０９", "=\"00123\"", "-_-", "\u2066@x",
]  # fmt: skip
HARMLESS = [
    "", "小明", "a=b", "1", "<b>", "👨\u200d👩", "'n Roll", "’t Hooft", " 小明", '"小明"',
]  # fmt: skip


@pytest.mark.parametrize("text", RISKY)
def test_guard_makes_text_of_what_a_spreadsheet_would_run(text):
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_guard_leaves_other_text_alone(text):
    assert (guard(text), unguard(text)) == (text, text)


@pytest.mark.parametrize("text", [*RISKY, *HARMLESS])
def test_unguard_gives_back_what_was_guarded(text):
    assert unguard(guard(text)) == text


def test_unguard_gives_back_any_text():
    chance = random.Random(15)
    alphabet = "=+-@'\"\t\r\n ＝－a1小\u200b"

    for _round in range(5_000):
        text = "".join(chance.choices(alphabet, k=chance.randrange(6)))
        assert unguard(guard(text)) == text
