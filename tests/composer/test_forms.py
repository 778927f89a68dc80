"""Forms within forms: what a browser posts becomes content, and content becomes the payload."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings

from composer import forms, kinds
from composer.vocabulary import message, notices
from tests.composer.contents import ADDRESS, CONTENTS

SAMPLES = {name: Path(kinds.__file__).parent / name / "sample.json" for name in kinds.NAMES}


def without_nulls(value):
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_sample_through_the_form_is_the_sample(kind):
    sample = json.loads(SAMPLES[kind].read_text())

    form = forms.bound(kind, kinds.read(sample).content())

    assert form.is_valid(), list(form.problems())
    built = kinds.MESSAGES[kind].build(form.content())
    assert without_nulls(message.payload(built)) == without_nulls(sample)


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_unbound_form_gives_back_its_content(kind):
    content = kinds.read(json.loads(SAMPLES[kind].read_text())).content()

    assert forms.blank(kind, content).content() == {**content}


def option(**kept):
    return {"label": "好", "type": "text", "value": "好", "url": "", "number": ""} | kept


def problems(kind, content):
    form = forms.bound(kind, content)
    form.is_valid()
    return dict(form.problems())


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (option(label=""), "options-0-label"),
        (option(label="   "), "options-0-label"),
        (option(value=""), "options-0-value"),
        (option(type="url"), "options-0-url"),
        (option(type="url", url="javascript:alert(1)"), "options-0-url"),
        (option(type="url", url="data:text/html,hi"), "options-0-url"),
        (option(type="url", url="nuanri.example"), "options-0-url"),
        (option(type="url", url="https://nuanri.example/a b"), "options-0-url"),
        (option(type="url", url="https://nuanri.example:99999/"), "options-0-url"),
        (option(type="url", url="{{ link | https://nuanri.example/貴 賓 }}"), "options-0-url"),
        (option(type="url", url="{{ link | javascript:alert(1) }}"), "options-0-url"),
        (option(type="phonenumber", number="call me"), "options-0-number"),
        (option(type="phonenumber", number="{{ phone | call me }}"), "options-0-number"),
        (option(type="phonenumber"), "options-0-number"),
        (option(type="email"), "options-0-type"),
        (option(label="x" * 10_001), "options-0-label"),
        (option(label="a\0b"), "options-0-label"),
        (option(label="half \ud83d"), "options-0-label"),
        (option(type="url", url="https://nuanri.example/\ud83d"), "options-0-url"),
    ],
)
def test_wrong_option_is_said_at_its_field(given, field):
    assert list(problems("button", {"explain_text": "嗨", "options": [given]})) == [field]


@pytest.mark.parametrize(
    "given",
    [
        option(url="not an address"),
        option(type="url", url="https://nuanri.example/{{ order }}?a={{ name | 貴賓 }}"),
        option(type="url", url="{{ link }}"),
        option(type="url", url="https://{{ shop }}/coat"),
        option(type="phonenumber", number="{{ phone }}"),
        option(type="phonenumber", number="{{ phone | +886 2 2720 1188 }}"),
        option(type="phonenumber", number="+886 2 2720 1188", value="", url="junk"),
        option(label="<b>😀</b>", value="{{ name"),
    ],
)
def test_right_option_passes(given):
    assert problems("button", {"explain_text": "嗨", "options": [given]}) == {}


def test_field_that_the_type_does_not_use_is_neither_checked_nor_sent():
    form = forms.bound("button", {"explain_text": "嗨", "options": [option(url="junk")]})

    built = kinds.MESSAGES["button"].build(form.content())

    assert message.payload(built)["message"]["options"] == [
        {"label": "好", "value": "好", "type": "text"}
    ]


def test_blank_card_with_a_filled_button_is_no_card():
    card = {"image_url": "", "title": "", "text": "", "actions": [{"text": "看", "type": "text"}]}

    assert list(problems("carousel", {"alt_text": "優惠", "columns": [card]})) == [
        "columns-0-image_url",
        "columns-0-text",
        "columns-0-actions-0-value",
    ]


@pytest.mark.parametrize("count", ["-1", "x", "", "2.5", "99999999999999999999"])
def test_junk_row_count_is_invalid_and_no_crash(count):
    posted = forms.flat({"explain_text": "嗨", "options": [option()]})
    posted["options-TOTAL_FORMS"] = count

    form = forms.form_for("button")(posted)

    assert not form.is_valid()
    assert form.content()["explain_text"] == "嗨"


def test_forged_row_count_is_cut():
    posted = forms.flat({"explain_text": "嗨", "options": [option()]})
    posted["options-TOTAL_FORMS"] = "1000000"

    assert len(forms.form_for("button")(posted).content()["options"]) == 24


@pytest.mark.parametrize(("cards", "folded"), [(4, []), (5, [1, 2, 3, 4])])
def test_cards_of_a_long_message_come_folded_all_but_the_first(cards, folded):
    form = forms.blank("carousel", {"columns": [{"title": "大衣"}] * cards})

    rows = list(form.inner["columns"])

    assert [number for number, row in enumerate(rows) if row.is_folded] == folded


def test_line_breaks_are_one_character_each():
    form = forms.bound("text", {"message": "一\r\n二"})

    assert form.content() == {"message": "一\n二"}


def test_typed_text_is_kept_to_the_letter():
    said = "  <b>嗨</b> {{ name | 貴賓 }} 😀\n"

    assert forms.bound("text", {"message": said}).content() == {"message": said}


def test_colour_that_was_left_out_starts_from_ours():
    column = {"image_url": "", "badge": {"text": "", "color": ""}}

    form = forms.blank("image_carousel", {"columns": [column]})

    assert form.content()["columns"][0]["badge"]["color"] == "#ffffff"


def test_wrong_colour_is_said_at_its_field():
    plate = {"text": "SALE", "background_color": "red", "border_color": "#fff", "color": "#12345g"}
    column = {"image_url": "https://nuanri.example/a.jpg", "action": {"type": ""}, "badge": plate}

    found = problems("image_carousel", {"alt_text": "新品", "columns": [column]})

    assert list(found) == [
        "columns-0-badge-background_color",
        "columns-0-badge-border_color",
        "columns-0-badge-color",
    ]


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_typed_is_the_content_without_making_forms(kind):
    sample = kinds.read(json.loads(SAMPLES[kind].read_text())).content()
    for content in (sample, forms.blank(kind).content()):
        posted = forms.flat(content)

        assert forms.form_for(kind).typed(posted) == forms.form_for(kind)(posted).content()


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_typed_takes_absent_fields_for_blank_ones(kind):
    sample = kinds.read(json.loads(SAMPLES[kind].read_text())).content()
    for content in (sample, forms.blank(kind).content()):
        posted = forms.flat(content)
        written = {name: value for name, value in posted.items() if value}

        assert forms.form_for(kind).typed(written) == forms.form_for(kind).typed(posted)


@pytest.mark.parametrize("count", ["-1", "x", "", "²", "2.5", "99999999999999999999", None])
def test_typed_takes_a_junk_row_count_as_the_form_does(count):
    posted = forms.flat({"explain_text": "一\r\n二\0", "options": [option()]})
    posted["options-TOTAL_FORMS"] = count

    typed = forms.form_for("button").typed(posted)

    assert typed["explain_text"] == "一\n二"
    assert len(typed["options"]) <= 24


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(CONTENTS)
def test_what_the_form_takes_breaks_no_rule_of_the_document(made):
    kind, posted = made
    kept = forms.bound(kind, kinds.MESSAGES[kind].build(posted).content()).content()
    form = forms.bound(kind, kept)

    assume(form.is_valid())

    said = message.payload(kinds.MESSAGES[kind].build(form.content()))
    assert [each for each in notices.check(said, channels=[]) if each.level == "error"] == []


@given(ADDRESS)
@example("{{ link }}")
@example("https://{{ shop }}/coat")
@example("https://[1")
def test_form_and_checker_agree_on_addresses(address):
    given = option(type="url", url=address)
    form = forms.bound("button", {"explain_text": "嗨", "options": [given]})

    taken = form.is_valid()

    said = message.payload(kinds.MESSAGES["button"].build(form.content()))
    errors = [each for each in notices.check(said, channels=[]) if each.level == "error"]
    assert taken == (not errors)
