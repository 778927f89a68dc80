"""What the parts of a message are called, by the forms alone."""

import pytest

from composer import forms


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
