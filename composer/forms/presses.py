"""Forms of what can be pressed: an option, a card's button."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from composer.forms.fields import LinkField, PhoneField, WordsField
from composer.forms.nested import NestedForm
from composer.vocabulary.options import TYPES

SAYS, OPENS, RINGS = "text", "url", "phonenumber"

# Which field a type cannot do without, and what to say where it is missing.
NEEDED = {
    SAYS: ("value", _("Write the text that comes back when this is pressed.")),
    OPENS: ("url", _("A link needs an address.")),
    RINGS: ("number", _("A call needs a number.")),
}
# Which fields a type may fill; the rest is neither checked nor sent.
USED = {"": set(), SAYS: {"value"}, OPENS: {"value", "url"}, RINGS: {"number"}}


def type_field(*types: str) -> forms.ChoiceField:
    """`""` among the types stands for a press that does nothing."""
    choices = [(name, _(TYPES[name]) if name else _("Do nothing")) for name in types]
    widget = forms.Select({"class": "form-select"})
    return forms.ChoiceField(
        label=_("When pressed"),
        choices=choices,
        widget=widget,
        initial=types[0],
        required="" not in types,
    )


def said_field() -> WordsField:
    return WordsField(label=_("Text sent back"), required=False)


class PressForm(NestedForm):
    """Checks the field that the chosen type needs, and no field that it does not use."""

    row_template = "composer/_option.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # On one line there is no room for labels; they are there for those who listen.
            field.widget.attrs.setdefault("placeholder", field.label)

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("type")
        if chosen is None:
            return self.cleaned_data
        for name in {"value", "url", "number"} - USED[chosen]:
            self.errors.pop(name, None)
        self._ask_for_needed(chosen)
        return self.cleaned_data

    def _ask_for_needed(self, chosen: str) -> None:
        name, reason = NEEDED.get(chosen, ("", ""))
        if name and not self.has_error(name) and not self.cleaned_data.get(name):
            self.add_error(name, reason)


class OptionForm(PressForm):
    """An option of a quick reply."""

    label = WordsField(label=_("Wording"))
    type = type_field(SAYS, OPENS)
    value = said_field()
    url = LinkField(label=_("Address"), required=False)


class ButtonOptionForm(OptionForm):
    """An option of a button message, which may also ring a number."""

    type = type_field(SAYS, OPENS, RINGS)
    number = PhoneField(label=_("Number"), required=False)
