"""Ids as people write them: unwrapped where it is certain, else refused with the reason."""

import pytest

from push.cells import Date, ErrorCell, NoResult, Number, Rounded
from push.contact_ids import clean_id
from push.importing import say
from push.sentences import Unfit


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("123", "123"),
        ("U4af4980629abc", "U4af4980629abc"),
        ("00123", "00123"),
        (" 123 ", "123"),
        ("\ufeff123", "123"),
        ("\u200b123\u200b", "123"),
        ("\u3000123\u00a0", "123"),
        ('="00123"', "00123"),
        ('= "00123"', "00123"),
        ('=“00123”', "00123"),
        ("'00124", "00124"),
        ("’00124", "00124"),
        ("'=\"00123\"", '00123'),
        ('"123"', "123"),
        ("“123”", "123"),
        ("「123」", "123"),
        ("123.0", "123"),
        ("123.000", "123"),
        ("'123.0", "123"),
        ("１２３", "123"),
        ("Ｕ１２３", "U123"),
        ("𝟏𝟐𝟑", "123"),
        (Number("0912345678", "912345678"), "0912345678"),
        (Number("1,234", "1234"), "1234"),
        (Number("1,234.00", "1234"), "1234"),
        (Number("1.23E+05", "123000"), "123000"),
        ("123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174000"),
        ("o_-Ab.c", "o_-Ab.c"),
        ("王小明", "王小明"),
    ],
)  # fmt: skip
def test_what_is_certain_is_unwrapped(text, found):
    assert clean_id(text) == found


SHORTENED = (
    "Excel has shortened the id {} to 15 digits. Format the column as text and enter the id again."
)
SEPARATED = (
    "The ID “{}” is a number with a comma or a decimal point. "
    "Format the column as text and enter the ID again."
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The id is blank."),
        (" \u200b\ufeff", "The id is blank."),
        ('=""', "The id is blank."),
        *((text, f"“{text}” is not an ID.") for text in [
            "nan", "NaN", "NULL", "null", "#N/A", "None", "N/A", "-", "—", "undefined", "(null)",
            "#REF!", "#VALUE!", "無", "<NA>",
        ]),
        *((text, SHORTENED.format(text)) for text in [
            "1E17", "1.23e17", "1.23E+17", "1.2E+05", "1,2E+05", "1E-7",
        ]),
        (Rounded("12300000000000000"), SHORTENED.format("12300000000000000")),
        *((text, SEPARATED.format(text)) for text in [
            "1,234", "1,234,567", "123.5", "123,5", "1.234.567"[:5], ".5", "15%",
        ]),
        (Number("1.5", "1.5"), SEPARATED.format("1.5")),
        (Number("15%", "0.15"), SEPARATED.format("0.15")),
        *((text, f"The ID “{text}” has a sign in front.") for text in ["-5", "+5", "−5", "-1.5"]),
        (Number("-5", "-5"), "The ID “-5” has a sign in front."),
        ("=A2", "The ID “=A2” is a formula."),
        ("=1+1", "The ID “=1+1” is a formula."),
        ("U\u200b1", "The ID has a character that cannot be seen (U+200B) after “U”."),
        ("12\u202e34", "The ID has a character that cannot be seen (U+202E) after “12”."),
        ("12\u00ad34", "The ID has a character that cannot be seen (U+00AD) after “12”."),
        ("1\n2", "The ID has a character that cannot be seen (U+000A) after “1”."),
        ("12 34", "The ID “12 34” has a space in it."),
        ("12\u00a034", "The ID “12 34” has a space in it."),
        ("①②", "The ID “①②” has characters that look like others. Enter it again."),
        ("12²", "The ID “12²” has characters that look like others. Enter it again."),
        ("١٢", "The ID “١٢” has characters that look like others. Enter it again."),
        ("x" * 65, "“id” has 65 characters; at most 64 fit."),
        (Date("2026-11-29"), "Excel has turned the ID into the date 2026-11-29. "
         "Format the column as text and enter the ID again."),
        (ErrorCell("#N/A"), "“#N/A” is not an ID."),
        (NoResult(), "The ID is a formula whose result is not in the file. Open the file in Excel, "
         "let it calculate, save it and import it again."),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_refused(text, said):
    with pytest.raises(Unfit) as caught:
        clean_id(text)

    assert say(caught.value.sentence) == said
