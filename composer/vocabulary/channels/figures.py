"""Shorthands for limits, so that a channel's file reads as a table of figures."""

from dataclasses import replace

from .channel import Limit, Shapes, Unit


def chars(value: int | None, source: str = "", *, note: str = "") -> Limit:
    """Characters, where the platform does not say what one is."""
    return Limit(value, "char", source, note)


def graphemes(value: int, source: str = "", *, note: str = "") -> Limit:
    """What a person calls one character."""
    return Limit(value, "grapheme", source, note)


def codepoints(value: int, source: str = "", *, note: str = "") -> Limit:
    """Graphemes by the page, code points by what is refused: the latter are never fewer."""
    return Limit(value, "codepoint", source, note)


def encoded(value: int, source: str = "", *, note: str = "") -> Limit:
    """Characters of an address after percent-encoding: a Chinese character is nine."""
    return Limit(value, "encoded", source, note)


def utf16(value: int, source: str = "", *, note: str = "") -> Limit:
    """UTF-16 code units: most emoji are two."""
    return Limit(value, "utf16", source, note)


def octets(value: int, source: str = "", *, note: str = "") -> Limit:
    """Bytes of UTF-8: a Chinese character is three."""
    return Limit(value, "byte", source, note)


def count(value: int, source: str = "", *, note: str = "") -> Limit:
    return Limit(value, "count", source, note)


def pixels(value: int | None, source: str = "", *, note: str = "") -> Limit:
    return Limit(value, "px", source, note)


def listed(*values: str | None, source: str = "", note: str = "") -> Limit:
    """Only these."""
    return Limit(values, "list", source, note)


def shapes(values: Shapes, source: str = "", *, unit: Unit = "ratio", note: str = "") -> Limit:
    """Pictures of another shape lose their edges."""
    return Limit(values, unit, source, note)


def oblong(most: int, source: str = "", *, note: str = "") -> Limit:
    """How many times as long as short a picture may be."""
    return Limit(most, "ratio", source, note)


def rule(value: bool, source: str = "", *, note: str = "") -> Limit:
    return Limit(value, "bool", source, note)


def unverified(limit: Limit) -> Limit:
    """Told by a third party, by an older edition or by a sister product: hints, never warns."""
    return replace(limit, is_documented=False)


def unknown(unit: Unit, note: str = "", *, source: str = "") -> Limit:
    """No figure was found."""
    return Limit(None, unit, source, note, is_documented=False)
