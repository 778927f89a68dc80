"""What can be dialled: one rule for the form, the checker, imports and the filled value."""

import json

import pytest

from composer import forms, incoming, kinds, pasting
from composer.vocabulary import fixes, notices, phone_numbers
from tests.composer.messages import changed

DIALLED = [
    "+886 912 345 678", "+886227201188", "02-2720-1188", "(02) 2720 1188", "0800.123.456", "110",
    "+1 (212) 555-0100", "+886 2 2720 1188#23", "0912345678,1", "*#06#"[2:], " 110 ",
]  # fmt: skip
NOT_DIALLED = [
    "abc", "call me", "打電話", "0912345678 轉 3", "＋８８６９１２３４５６７８",
    "tel:+886912345678", "+",
    "1", "++886912345678", "0912/345678", "a@b.tw", "0912345678" * 4, "+886\u200b912345678",
]  # fmt: skip
ZEROS = [
    ("+8860912345678", "+886912345678"),
    ("+886 0912-345-678", "+886 912-345-678"),
    ("+886 (0)2 2720 1188", "+886 2 2720 1188"),
    ("+886-02-2720-1188", "+886-2-2720-1188"),
    ("+81 090 1234 5678", "+81 90 1234 5678"),
    ("+44 (0) 20 7946 0018", "+44 20 7946 0018"),
]


def calls(number):
    option = {"label": "撥打", "type": "phonenumber", "number": number}
    return changed("button", "options[0]", option)


def said(payload, **how):
    """Errors, and what is said of numbers."""
    found = notices.check(payload, channels=[], **how)
    return [
        (each.level, each.path, each.rule, each.actual)
        for each in found
        if each.level == "error" or each.rule == "national_zero"
    ]


def problems(payload):
    form = forms.bound("button", kinds.read(payload).content())
    return [] if form.is_valid() else [field for field, _reason in form.problems()]


@pytest.mark.parametrize("number", DIALLED)
def test_number_passes_everywhere(number):
    assert problems(calls(number)) == []
    assert said(calls(number)) == []
    assert said(calls("{{ phone }}"), values={"phone": number}) == []


@pytest.mark.parametrize("number", NOT_DIALLED)
def test_what_is_no_number_is_an_error_everywhere(number):
    error = ("error", "options[0].number", "phone_number")

    assert problems(calls(number)) == ["options-0-number"]
    assert said(calls(number)) == [(*error, number)]
    assert said(calls("{{ phone | 110 }}")) == []
    filled = "+886912345678" if "\u200b" in number else number
    found = said(calls("{{ phone | 110 }}"), values={"phone": number})
    assert found == ([] if filled != number else [(*error, number)])


def test_import_and_paste_judge_numbers_by_the_same_rule():
    text = json.dumps([{"name": "撥打", **calls("abc")}])
    pasted = pasting.read(json.dumps(calls("abc")))

    problems = [(each.name, each.path) for each in incoming.read(text.encode()).problems]
    message = kinds.MESSAGES[pasted.kind].build(pasted.content)
    assert problems == [("“撥打”", "options[0].number")]
    assert said({"type": pasted.kind, "message": message.payload()}) == [
        ("error", "options[0].number", "phone_number", "abc")
    ]


@pytest.mark.parametrize(("number", "dialled"), ZEROS)
def test_zero_after_a_country_code_is_said_and_left_out_by_one_press(number, dialled):
    payload = calls(number)
    content = kinds.read(payload).content()
    (notice,) = notices.check(payload, channels=[])

    fix = fixes.fix(notice, content)

    assert (notice.level, notice.rule, notice.actual) == ("warning", "national_zero", number)
    assert notice.params == {"number": dialled}
    assert fixes.applied(content, fix)["options"][0]["number"] == dialled
    assert said(calls(dialled)) == []


@pytest.mark.parametrize("number", ["+39 06 1234567", "+886 912 000 000", "0912 345 678", "+8860"])
def test_zero_that_is_dialled_stays(number):
    assert phone_numbers.without_national_zero(number) == number


def test_zero_in_a_contacts_own_number_is_said_and_has_no_press():
    payload = calls("{{ phone }}")
    values = {"phone": "+8860912345678"}
    (notice,) = notices.check(payload, channels=[], values=values)

    assert notice.params == {"number": "+886912345678"}
    assert fixes.fix(notice, kinds.read(payload).content(), values=values) is None


@pytest.mark.parametrize(
    ("number", "mended"),
    [
        ("＋８８６　９１２－３４５－６７８", "+886 912-345-678"),
        ("tel:+886912345678", "+886912345678"),
        ("\u202a+886912345678\u202c", "+886912345678"),
        ("+886–2–2720 1188", "+886-2-2720 1188"),
        ("call me", None),
        ("0912345678 轉 3", None),
    ],
)
def test_what_is_certain_is_mended_by_one_press(number, mended):
    payload = calls(number)
    content = kinds.read(payload).content()
    notice = next(each for each in notices.check(payload, channels=[]) if each.level == "error")

    fix = fixes.fix(notice, content)

    assert (fix and fixes.applied(content, fix)["options"][0]["number"]) == mended
