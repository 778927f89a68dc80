"""What the parts of a message are called, by the forms alone."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from composer import checking, forms, kinds
from composer.vocabulary import message, notices
from tests.composer.contents import CONTENTS


@pytest.mark.parametrize(
    ("kind", "path", "expected"),
    [
        ("text", "message", []),
        ("carousel", "type", []),
        ("button", "explain_text", []),
        ("button", "options", []),
        ("button", "options[0].label", ["Button 1"]),
        ("quickreply", "options[12].value", ["Answer 13"]),
        ("carousel", "columns[2].actions", ["Card 3"]),
        ("carousel", "columns[2].actions[0].text", ["Card 3", "Button 1"]),
        ("image_carousel", "columns[0].badge.color", ["Picture 1", "Badge"]),
        ("image_carousel", "columns[9].action.type", ["Picture 10", "Press"]),
        ("carousel", "columns[0].unheard.of", ["Card 1"]),
        ("carousel", f"columns[{'9' * 5000}].title", ["Cards"]),
    ],
)
def test_parts_are_called_as_the_forms_call_them(kind, path, expected):
    assert list(forms.parts(kind, path)) == expected


@pytest.mark.parametrize(
    ("kind", "path", "name"),
    [
        ("text", "message", "message"),
        ("carousel", "columns", "columns"),
        ("carousel", "columns[2].actions", "columns-2-actions"),
        ("carousel", "columns[2].actions[0].label", "columns-2-actions-0-label"),
        ("image_carousel", "columns[0].badge.color", "columns-0-badge-color"),
        # What concerns the whole message has no field, and what the form does not know neither.
        ("carousel", "message", ""),
        ("carousel", "type", ""),
        ("carousel", "columns[0]", ""),
        ("image_carousel", "columns[0].badge", ""),
        ("text", "", ""),
        ("text", "columns[0].text", ""),
    ],
)
def test_a_field_is_named_where_the_form_has_one(kind, path, name):
    assert forms.field(kind, path) == name


WHOLE = {"fit", "message_max_bytes"}


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(CONTENTS)
def test_every_finding_leads_to_a_field_or_is_about_the_whole(made):
    kind, posted = made
    built = kinds.MESSAGES[kind].build(posted)
    names = set(forms.flat(built.content()))

    said = notices.check(message.payload(built), today=date(2026, 11, 22), known=set())

    for finding in checking.findings(said, kind):
        is_list = f"{finding.field}-TOTAL_FORMS" in names
        is_whole = finding.rule in WHOLE and not finding.field
        assert finding.field in names or is_list or is_whole, finding
