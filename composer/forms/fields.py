"""Fields of a message: they let placeholders through and keep what was typed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from composer.vocabulary.placeholders import PLACEHOLDER

# Nothing that a channel takes is longer; it keeps a pasted book from being stored.
LONGEST = 10_000

is_web_address = URLValidator(
    schemes=["http", "https"],
    message=_("This is not a web address. It begins with https:// and has no spaces."),
)
is_phone_number = RegexValidator(
    r"\A\+?[0-9][0-9 ()\-#*,]{1,30}\Z",
    _("This is not a phone number. Digits, with + and the country code first: +886 2 2720 1188."),
)
is_colour = RegexValidator(
    r"\A#[0-9a-fA-F]{6}\Z",
    _("This is not a colour. It is # and six digits or letters a to f: #24508f."),
)


def filled(text: str) -> str:
    """The text with a stand-in for each placeholder, to be judged as it may look when sent."""
    return PLACEHOLDER.sub("0", text)


def _box(**attrs: str) -> forms.TextInput:
    return forms.TextInput({"class": "form-control", **attrs})


class WordsField(forms.CharField):
    """What a customer reads, exactly as typed; line breaks are one character each."""

    def __init__(self, *, rows: int = 1, **kwargs: Any) -> None:
        attrs = {"class": "form-control"}
        widget = forms.Textarea(attrs | {"rows": rows}) if rows > 1 else forms.TextInput(attrs)
        super().__init__(**{"strip": False, "max_length": LONGEST, "widget": widget, **kwargs})

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def validate(self, value: str) -> None:
        super().validate(value if value.strip() else "")


class _ShapedField(forms.CharField):
    """A text that must have a shape once its placeholders are filled in."""

    def __init__(self, shape: Callable[[str], None], **kwargs: Any) -> None:
        super().__init__(**{"max_length": 2000, **kwargs})
        self.shape = shape

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            self.shape(filled(value))


class LinkField(_ShapedField):
    """An http(s) address; `javascript:` and the like never pass."""

    def __init__(self, **kwargs: Any) -> None:
        widget = _box(inputmode="url", placeholder="https://")
        super().__init__(is_web_address, **{"widget": widget, **kwargs})


class PictureField(LinkField):
    """The address of a picture, with its thumbnail and the ways to come by one.

    `ratio` is the one that cropping begins with, as `composer.pictures.RATIOS` names it.
    """

    def __init__(self, *, ratio: str = "1.51", **kwargs: Any) -> None:
        super().__init__(**{"template_name": "composer/_picture_field.html", **kwargs})
        self.ratio = ratio


class PhoneField(_ShapedField):
    """A number to ring."""

    def __init__(self, **kwargs: Any) -> None:
        widget = _box(inputmode="tel", placeholder="+886 2 2720 1188")
        super().__init__(is_phone_number, **{"widget": widget, **kwargs})


class ColourField(_ShapedField):
    """A colour as the API writes it: # and six hexadecimal digits."""

    def __init__(self, **kwargs: Any) -> None:
        widget = _box(type="color")
        super().__init__(is_colour, **{"widget": widget, **kwargs})
