"""The form of an image carousel."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from composer.forms.fields import ColourField, LinkField, PictureField, WordsField
from composer.forms.nested import Nested, NestedForm, Rows
from composer.forms.presses import OPENS, SAYS, PressForm, said_field, type_field


class ActionForm(PressForm):
    """What a press on the picture does, if anything."""

    type = type_field("", SAYS, OPENS)
    value = said_field()
    url = LinkField(label=_("Address"), required=False)


class PlateForm(NestedForm):
    """Words on a coloured ground; without words it is left out, whatever its colours."""

    row_template = "composer/_option.html"

    text = WordsField(label=_("Wording"), required=False)
    background_color = ColourField(label=_("Ground"), required=False, initial="#24508f")
    border_color = ColourField(label=_("Border"), required=False, initial="#24508f")
    color = ColourField(label=_("Letters"), required=False, initial="#ffffff")

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """A colour that was left out starts from ours, not from the browser's black."""
        return super().get_initial_for_field(field, field_name) or field.initial


class ColumnForm(NestedForm):
    """A picture with its press, its button and its badge."""

    image_url = PictureField(label=_("Picture"), ratio="1")
    action = Nested(ActionForm, label=_("Press"))
    button = Nested(PlateForm, label=_("Button"))
    badge = Nested(PlateForm, label=_("Badge"))


class Form(NestedForm):
    alt_text = WordsField(label=_("Alt text"))
    columns = Rows(
        ColumnForm, max_num=10, label=_("Pictures"), noun=_("Picture"), add=_("Add a picture")
    )
