"""Line breaks in words of one line: refused by the form, said by the checker, mended by a press."""

import json

import pytest

from composer import forms, incoming, kinds
from composer.vocabulary import fixes, notices
from tests.composer.messages import changed

BREAKS = ["\n", "\r\n", "\u2028", "\x85", "\x0b", " \n\n "]
FIELDS = [
    ("button", "options[0].label", "options-0-label"),
    ("button", "options[0].value", "options-0-value"),
    ("carousel", "alt_text", "alt_text"),
    ("carousel", "columns[0].title", "columns-0-title"),
    ("carousel", "columns[0].actions[0].text", "columns-0-actions-0-text"),
    ("image_carousel", "columns[0].button.text", "columns-0-button-text"),
]


@pytest.mark.parametrize(("kind", "path", "field"), FIELDS)
@pytest.mark.parametrize("mark", BREAKS)
def test_line_break_is_refused_said_and_mended(kind, path, field, mark):
    payload = changed(kind, path, f"上{mark}下")
    content = kinds.read(payload).content()
    form = forms.bound(kind, content)

    (notice,) = notices.check(payload, channels=[])
    fix = fixes.fix(notice, content)

    assert (form.is_valid(), [name for name, _reason in form.problems()]) == (False, [field])
    assert (notice.level, notice.rule, notice.path) == ("warning", "line_break", path)
    assert fix.edits == ((path, "上 下"),)


@pytest.mark.parametrize(
    ("kind", "path"),
    [("text", "message"), ("button", "explain_text"), ("carousel", "columns[0].text")],
)
def test_line_break_is_fine_in_a_longer_text(kind, path):
    payload = changed(kind, path, "上\n下")

    assert forms.bound(kind, kinds.read(payload).content()).is_valid()
    assert notices.check(payload, channels=[]) == []


def test_line_break_of_a_value_is_said_for_its_contact():
    payload = changed("button", "options[0].label", "{{ name }}")

    assert [each.rule for each in notices.check(payload, [], values={"name": "王\n小明"})] == [
        "line_break"
    ]
    assert notices.check(payload, [], values={"name": "王小明"}) == []


def test_import_refuses_line_breaks_by_the_path():
    entry = {"name": "換行", **changed("button", "options[0].label", "la\nbel")}

    found = incoming.read(json.dumps([entry]).encode())

    assert [(each.name, each.path) for each in found.problems] == [("“換行”", "options[0].label")]
