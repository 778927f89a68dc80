"""Row arithmetic, on content alone."""

import pytest

from composer import forms
from composer.forms.rows import NoSuchRow, edited

BUTTON = forms.form_for("button")
CAROUSEL = forms.form_for("carousel")


def buttons(*labels):
    return {"explain_text": "嗨", "options": [{"label": label} for label in labels]}


def labels(result):
    return [option["label"] for option in result.content["options"]]


@pytest.mark.parametrize(
    ("edit", "at", "expected", "row"),
    [
        ("add", "options", ["一", "二", "三", ""], "options-3"),
        ("remove", "options-1", ["一", "三"], "options-1"),
        ("remove", "options-2", ["一", "二"], "options-1"),
        ("duplicate", "options-0", ["一", "一", "二", "三"], "options-1"),
        ("up", "options-2", ["一", "三", "二"], "options-1"),
        ("down", "options-0", ["二", "一", "三"], "options-1"),
        ("up", "options-0", ["一", "二", "三"], "options-0"),
        ("down", "options-2", ["一", "二", "三"], "options-2"),
    ],
)
def test_edit_changes_the_list(edit, at, expected, row):
    result = edited(BUTTON, buttons("一", "二", "三"), edit=edit, at=at)

    assert (labels(result), result.row) == (expected, row)


def test_edit_leaves_the_content_it_was_given_alone():
    content = buttons("一", "二")

    edited(BUTTON, content, edit="remove", at="options-0")

    assert content == buttons("一", "二")


def test_remove_keeps_the_least():
    assert labels(edited(BUTTON, buttons("一"), edit="remove", at="options-0")) == ["一"]


@pytest.mark.parametrize("edit", ["add", "duplicate"])
def test_full_list_takes_no_more(edit):
    full = buttons(*"一" * 24)

    result = edited(BUTTON, full, edit=edit, at="options" if edit == "add" else "options-0")

    assert len(result.content["options"]) == 24


def test_add_reaches_into_a_card():
    content = {"columns": [{"actions": [{"text": "看"}]}, {"actions": [{"text": "買"}]}]}

    result = edited(CAROUSEL, content, edit="add", at="columns-1-actions")

    assert result.row == "columns-1-actions-1"
    assert [len(column["actions"]) for column in result.content["columns"]] == [1, 2]


def test_new_card_has_its_first_button():
    content = forms.blank("carousel").content()

    result = edited(CAROUSEL, content, edit="add", at="columns")

    assert [action["type"] for action in result.content["columns"][1]["actions"]] == ["text"]


@pytest.mark.parametrize(
    "at",
    [
        "",
        "-",
        "options",
        "options-9",
        "options-x",
        "options-²",
        "options-0-label",
        "columns-0",
        "options-99999999999999999999",
        "explain_text-0",
        "__class__-0",
    ],
)
def test_forged_row_is_refused(at):
    with pytest.raises(NoSuchRow):
        edited(BUTTON, buttons("一"), edit="remove", at=at)


def test_forged_edit_is_refused():
    with pytest.raises(NoSuchRow):
        edited(BUTTON, buttons("一"), edit="explode", at="options-0")


@pytest.mark.parametrize(("to", "expected"), [(0, "三一二"), (1, "一三二"), (9, "一二三")])
def test_dragged_row_lands_where_it_was_let_go(to, expected):
    result = edited(BUTTON, buttons("一", "二", "三"), edit="move", at="options-2", to=to)

    assert labels(result) == list(expected)
