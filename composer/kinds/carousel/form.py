"""The form of a carousel."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from composer.forms.fields import LinkField, PictureField, WordsField
from composer.forms.nested import NestedForm, Rows
from composer.forms.presses import OPENS, SAYS, PressForm, said_field, type_field


class ActionForm(PressForm):
    """A button of a card."""

    spare_names = ("label",)

    text = WordsField(label=_("Wording"))
    type = type_field(SAYS, OPENS)
    value = said_field()
    url = LinkField(label=_("Address"), required=False)
    label = WordsField(label=_("Label"), required=False)


class ColumnForm(NestedForm):
    """A card."""

    image_url = PictureField(label=_("Picture"))
    title = WordsField(label=_("Title"), required=False)
    text = WordsField(label=pgettext_lazy("part of a message", "Text"), rows=2)
    actions = Rows(
        ActionForm, max_num=3, label=_("Buttons"), noun=_("Button"), add=_("Add a button")
    )


class Form(NestedForm):
    alt_text = WordsField(label=_("Alt text"))
    columns = Rows(ColumnForm, max_num=10, label=_("Cards"), noun=_("Card"), add=_("Add a card"))
