"""Fields of a message: they let placeholders through and keep what was typed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from composer.vocabulary import lines, phone_numbers
from composer.vocabulary.checks import addresses
from composer.vocabulary.checks.document import is_sendable

# Nothing that a channel takes is longer; it keeps a pasted book from being stored.
LONGEST = 10_000

is_colour = RegexValidator(
    r"\A#[0-9a-fA-F]{6}\Z",
    _("This is not a colour. It is # and six digits or letters a to f: #24508f."),
)


def is_web_address(text: str) -> None:
    """As the checker judges it: what placeholders give is judged for each contact."""
    if not addresses.is_allowed(text, {}):
        said = _("This is not a web address. It begins with https:// and has no spaces.")
        raise ValidationError(said)


def is_phone_number(text: str) -> None:
    """As the checker judges it: what placeholders give is judged for each contact."""
    if not phone_numbers.is_number(phone_numbers.stand_in(text, {})):
        said = _("Enter a phone number with the country code, for example +886 2 2720 1188.")
        raise ValidationError(said)


def is_whole(text: str) -> None:
    """Half an emoji (a lone surrogate) is no UTF-8: nothing that carries it can be sent."""
    if not is_sendable(text):
        raise ValidationError(_("There is a broken character in this text. Type it anew."))


def is_one_line(text: str) -> None:
    """A box of one line loses line breaks without a word."""
    if lines.has_break(text):
        raise ValidationError(_("This field has one line. Take the line breaks out."))


def _box(**attrs: str) -> forms.TextInput:
    return forms.TextInput({"class": "form-control", **attrs})


class WordsField(forms.CharField):
    """What a customer reads, exactly as typed; line breaks are one character each."""

    def __init__(self, *, rows: int = 1, **kwargs: Any) -> None:
        attrs = {"class": "form-control"}
        widget = forms.Textarea(attrs | {"rows": rows}) if rows > 1 else forms.TextInput(attrs)
        super().__init__(
            **{
                "strip": False,
                "max_length": LONGEST,
                "widget": widget,
                "validators": [is_whole] if rows > 1 else [is_whole, is_one_line],
                **kwargs,
            }
        )

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def validate(self, value: str) -> None:
        super().validate(value if value.strip() else "")


class _ShapedField(forms.CharField):
    """A text that must have a shape."""

    def __init__(self, shape: Callable[[str], None], **kwargs: Any) -> None:
        super().__init__(**{"max_length": 2000, "validators": [is_whole], **kwargs})
        self.shape = shape

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            self.shape(value)


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
