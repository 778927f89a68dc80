"""`{{ name }}` and `{{ name | default }}`: which are used, and filling them in."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote

from . import contact_fields, invisible, message
from .remembering import remembered

# Nothing is given back once taken (`*+`): else spaces without an end would be tried in every way.
PLACEHOLDER = re.compile(r"\{\{\s*+([^\W\d][\w.\-]*+)\s*+(?:\|\s*+((?:[^{}]*[^{}\s])?+)\s*+)?+\}\}")

# Where an address that is written out in a text ends.
_BREAK = re.compile(r"[\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_WEB = re.compile(r"https?://", re.IGNORECASE)

# What a value may consist of and still show nothing: control characters, white space, and
# characters of no width. The database looks for these; `is_blank` knows all of `invisible` too.
BLANKS = (
    "".join(map(chr, [*range(0x01, 0x21), *range(0x7F, 0xA1), *range(0x2000, 0x2010)]))
    + "\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180e\u2028\u2029\u202a\u202b\u202c\u202d"
    "\u202e\u202f\u205f\u2800\u3000\u3164\ufeff\uffa0"
    + "".join(map(chr, [*range(0x2060, 0x2070), *range(0xFE00, 0xFE10), *range(0xFFF0, 0xFFFC)]))
)

Values = Mapping[str, str]
Mark = Callable[[str], str]
StandIn = Callable[[str], str]


def is_blank(value: str | None) -> bool:
    """Whether nothing of it would be seen."""
    return not invisible.remove(value or "").strip(BLANKS)


@dataclass(frozen=True)
class Placeholder:
    """One use of a placeholder; `default` is None where none is given."""

    name: str
    default: str | None

    def value(self, values: Values) -> str:
        """The contact's value as it is sent; a blank one counts as missing."""
        given = self.given(values)
        return (self.default or "") if is_blank(given) else invisible.remove(given)

    def given(self, values: Values) -> str:
        """The contact's value as it is stored.

        What headers call a contact's id and name stands for these, where the contact has no
        attribute of that name.
        """
        value = values.get(self.name)
        if not value and (field := contact_fields.field_of(self.name)):
            value = values.get(field)
        return value or ""


@dataclass(frozen=True)
class Slot:
    """A place in a text where a value goes; within an address it is percent-encoded."""

    use: Placeholder
    is_encoded: bool

    def fill(self, values: Values) -> str:
        value = self.use.value(values)
        return quote(value, safe="") if self.is_encoded else value

    def show(self, values: Values, mark: Mark | None, stand_in: StandIn | None) -> str:
        """As a preview has it: the mark gets a value with the characters that are not sent."""
        value = self.fill(values)
        if not value and stand_in:
            value = stand_in(self.use.name)
        if mark is None:
            return value
        given = "" if self.is_encoded else self.use.given(values)
        return mark(value if is_blank(given) else given)


Segment = str | Slot


def used(payload: Any) -> list[Placeholder]:
    """Every use, in reading order, each spelling once."""
    found = (
        _placeholder(match) for text in _texts(payload) for match in PLACEHOLDER.finditer(text)
    )
    return list(dict.fromkeys(found))


def names(payload: Any) -> list[str]:
    """Every placeholder's name, in reading order, once each."""
    return list(dict.fromkeys(use.name for use in used(payload)))


def required(payload: Any) -> list[str]:
    """The names that are used at least once without a default: a blank value shows a blank."""
    return list(dict.fromkeys(use.name for use in used(payload) if not use.default))


def fill(
    payload: Any, values: Values, *, mark: Mark | None = None, stand_in: StandIn | None = None
) -> Any:
    """A copy with the values in: of a `{"type", "message"}`, exactly what is posted.

    The preview may `mark` each value, and say what stands in for one that is missing.
    """
    addresses = _address_patterns(payload)

    def write(text: str, pattern: str) -> str:
        segments = split(text, pattern in addresses)
        return _join(segments, values, mark, stand_in)

    return _replace(payload, "", write)


def fill_text(
    text: str, values: Values, *, is_address: bool = False, stand_in: StandIn | None = None
) -> str:
    """One text of a message with the values in."""
    return _join(split(text, is_address), values, None, stand_in) if "{{" in text else text


@remembered
def split(text: str, is_address: bool) -> tuple[Segment, ...]:
    """The text around its placeholders.

    A value within an address is percent-encoded: it cannot end the address or add to its query.
    One that begins the address is the address, or brings its scheme and host: it stays as it is.
    """
    segments: list[Segment] = []
    done, is_inside = 0, False
    for match in PLACEHOLDER.finditer(text):
        literal = text[done : match.start()]
        is_inside = _is_address_open(literal, is_address, is_inside)
        segments += [literal] if literal else []
        segments.append(Slot(_placeholder(match), is_inside))
        is_inside = is_inside or is_address
        done = match.end()
    rest = text[done:]
    return (*segments, rest) if rest or not segments else tuple(segments)


class Encoded:
    """A payload encoded once as JSON around its placeholders, to be filled as bytes many times."""

    def __init__(self, payload: Mapping[str, Any]) -> None:
        # Bytes as they are, or the number of a slot: each different one is filled once.
        self._pieces: list[bytes | int] = []
        numbers: dict[Slot, int] = {}
        text = ""
        for piece in _write(payload, "", _address_patterns(payload)):
            if isinstance(piece, Slot):
                self._pieces += [text.encode(), numbers.setdefault(piece, len(numbers))]
                text = ""
            else:
                text += piece
        self._pieces.append(text.encode())
        self._slots = tuple(numbers)

    def fill(self, values: Values) -> bytes:
        """UTF-8 JSON, equal to `json.dumps(fill(payload, values))`."""
        filled = [_escape(slot.fill(values)).encode() for slot in self._slots]
        return b"".join(
            piece if isinstance(piece, bytes) else filled[piece] for piece in self._pieces
        )


def _placeholder(match: re.Match[str]) -> Placeholder:
    """A default that shows nothing is none."""
    return Placeholder(match[1], None if is_blank(match[2]) else match[2])


def _is_address_open(literal: str, is_address: bool, is_inside: bool) -> bool:
    """Whether a value after this stretch of text goes into an address."""
    if is_address:
        return is_inside or bool(literal.strip())
    *before, tail = _BREAK.split(literal)
    return (is_inside and not before) or _WEB.search(tail) is not None


def _address_patterns(payload: Any) -> frozenset[str]:
    """Where the message has addresses, which its kind knows."""
    kind = payload.get("type") if isinstance(payload, dict) else None
    is_known = isinstance(kind, str) and kind in message.KINDS
    return _address_patterns_of(kind) if is_known else frozenset()


@cache
def _address_patterns_of(kind: str) -> frozenset[str]:
    found = message.patterns(message.KINDS[kind], "link", "image")
    return frozenset(f"message.{pattern}" for pattern in found)


def _join(
    segments: tuple[Segment, ...], values: Values, mark: Mark | None, stand_in: StandIn | None
) -> str:
    return "".join(
        segment
        if isinstance(segment, str)
        else segment.show(values, mark, stand_in)
        if mark or stand_in
        else segment.fill(values)
        for segment in segments
    )


def _replace(value: Any, pattern: str, write: Callable[[str, str], str]) -> Any:
    """A copy with each text as `write` gives it, by the pattern of its path."""
    if isinstance(value, str):
        return write(value, pattern) if "{{" in value else value
    if isinstance(value, list):
        return [_replace(item, f"{pattern}[]", write) for item in value]
    if isinstance(value, dict):
        start = f"{pattern}." if pattern else ""
        return {key: _replace(item, start + key, write) for key, item in value.items()}
    return value


def _write(value: Any, pattern: str, addresses: frozenset[str]) -> Iterator[Segment]:
    """Its JSON, between its placeholders."""
    if isinstance(value, str):
        yield from ('"', *map(_escaped, split(value, pattern in addresses)), '"')
    elif isinstance(value, list):
        yield "["
        for index, item in enumerate(value):
            yield "," if index else ""
            yield from _write(item, f"{pattern}[]", addresses)
        yield "]"
    elif isinstance(value, dict):
        start = f"{pattern}." if pattern else ""
        yield "{"
        for index, (key, item) in enumerate(value.items()):
            yield f"{',' if index else ''}{_json(key)}:"
            yield from _write(item, start + key, addresses)
        yield "}"
    else:
        yield _json(value)


def _escaped(segment: Segment) -> Segment:
    return _escape(segment) if isinstance(segment, str) else segment


def _escape(text: str) -> str:
    """As it stands between the quotes of JSON."""
    return _json(text)[1:-1]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _texts(payload: Any) -> Iterator[str]:
    if isinstance(payload, str):
        yield payload
    elif isinstance(payload, list | dict):
        for item in payload.values() if isinstance(payload, dict) else payload:
            yield from _texts(item)
