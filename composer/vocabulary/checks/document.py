"""What the API document does not allow. These are errors: they block publishing and sending."""

import re
from collections.abc import Iterator
from typing import Any

from composer.vocabulary import phone_numbers
from composer.vocabulary.message import Malformed
from composer.vocabulary.words import gettext_noop as _

from . import addresses
from .notice import API_DOCUMENT, Notice
from .reading import ADDRESSES, PLAIN_TEXT, Reading

NEEDS_TEXT = {
    "message": _("A text message needs a text."),
    "explain_text": _("The text over the options is missing."),
    "alt_text": _("The alternative text is missing: some customers see nothing else."),
    "options[].label": _("An option needs a wording: the customer reads it."),
    "options[].value": _("An option that answers needs the text that comes back."),
    "options[].url": _("An option that opens a link needs the link."),
    "options[].number": _("An option that rings needs a number."),
    "columns[].image_url": _("The picture is missing."),
    "columns[].text": _("A card needs a text."),
    PLAIN_TEXT: _("A card needs a text."),
    "columns[].actions[].text": _("A button needs a wording: the customer reads it."),
    "columns[].actions[].value": _("A button that answers needs the text that comes back."),
    "columns[].actions[].url": _("A button that opens a link needs the link."),
    "columns[].action.value": _("A picture that answers needs the text that comes back."),
    "columns[].action.url": _("A picture that opens a link needs the link."),
}
NEEDS_ROWS = {
    "options": _("At least one option is needed."),
    "columns": _("At least one card is needed."),
    "columns[].actions": _("A card needs at least one button."),
}
COLORS = tuple(
    f"columns[].{plate}.{name}"
    for plate in ("button", "badge")
    for name in ("background_color", "border_color", "color")
)
# The types that the document names, by kind; an empty one is its null.
TYPES = {
    "button": ("options[].type", ("text", "url", "phonenumber")),
    "quickreply": ("options[].type", ("text", "url")),
    "carousel": ("columns[].actions[].type", ("text", "url")),
    "image_carousel": ("columns[].action.type", ("", "text", "url")),
}

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
# So much of a text is repeated in a sentence.
SHOWN = 40

_UNSENDABLE = re.compile(r"[\x00\ud800-\udfff]")


def malformed(error: Malformed) -> Notice:
    """JSON of another shape than the document's: nothing else can be judged."""
    rule = "type" if error.path == "type" else "structure"
    return _error(error.path, rule, error.reason, **error.params)


def errors(reading: Reading) -> list[Notice]:
    return [
        *_missing_texts(reading),
        *_missing_rows(reading),
        *_types(reading),
        *_addresses(reading),
        *_phone_numbers(reading),
        *_colors(reading),
        *_unsendable(reading),
    ]


def is_sendable(text: str) -> bool:
    """No half an emoji and no null character in it."""
    return not _UNSENDABLE.search(text)


def _error(path: str, rule: str, text: str, actual: Any = None, **params: Any) -> Notice:
    return Notice("", "error", path, rule, text, actual=actual, source=API_DOCUMENT, params=params)


def _missing_texts(reading: Reading) -> Iterator[Notice]:
    for pattern, text in NEEDS_TEXT.items():
        for leaf in reading.texts.get(pattern, ()):
            if not leaf.raw.strip():
                yield _error(leaf.path, "required", text)


def _missing_rows(reading: Reading) -> Iterator[Notice]:
    for pattern, text in NEEDS_ROWS.items():
        for row in reading.rows.get(pattern, ()):
            if not row.length:
                yield _error(row.path, "required", text)


def _types(reading: Reading) -> Iterator[Notice]:
    pattern, allowed = TYPES.get(reading.kind, ("", ()))
    for leaf in reading.texts.get(pattern, ()):
        if leaf.raw not in allowed:
            yield Notice(
                "",
                "error",
                leaf.path,
                "type",
                _("“%(type)s” is not a type that the API takes here."),
                limit=[name or None for name in allowed],
                actual=leaf.raw,
                unit="list",
                source=API_DOCUMENT,
                params={"type": leaf.raw},
            )


def _addresses(reading: Reading) -> Iterator[Notice]:
    for role in ADDRESSES:
        for leaf in reading.roles.get(role, ()):
            if not leaf.raw.strip() or addresses.is_web(leaf.text):
                continue
            if not addresses.is_allowed(leaf.raw, reading.values):
                text = _("This is not a web address: it begins with https:// and has no spaces.")
                yield _error(leaf.path, "address", text, actual=addresses.scheme(leaf.raw))


def _phone_numbers(reading: Reading) -> Iterator[Notice]:
    text = _(
        "“%(number)s” cannot be dialled. Enter a phone number with the country code,"
        " for example +886 2 2720 1188."
    )
    for leaf in reading.roles.get("phone", ()):
        number = phone_numbers.stand_in(leaf.raw, reading.values)
        if leaf.raw.strip() and not phone_numbers.is_number(number):
            yield _error(leaf.path, "phone_number", text, actual=number, number=number[:SHOWN])


def _colors(reading: Reading) -> Iterator[Notice]:
    for pattern in COLORS:
        for leaf in reading.texts.get(pattern, ()):
            if leaf.raw and not _COLOR.fullmatch(leaf.raw):
                text = _("“%(color)s” is not a colour: # and six digits or letters, as #24508f.")
                yield _error(leaf.path, "color", text, actual=leaf.raw, color=leaf.raw)


def _unsendable(reading: Reading) -> Iterator[Notice]:
    """Half an emoji or a null character: no JSON that carries it is UTF-8."""
    for leaves in reading.texts.values():
        for leaf in leaves:
            if not is_sendable(leaf.raw):
                text = _("There is a broken character in this text. Type it anew.")
                yield _error(leaf.path, "unsendable", text)
