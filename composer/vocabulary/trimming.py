"""Shorten a text to what a channel takes: at the end of a sentence, of a clause, of a word.

Places are offsets into the text as written; a placeholder, an address and what a person calls one
character are each kept whole or left out.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from . import placeholders
from .checks.prose import LINKED, blotted
from .counting import GRAPHEME, PLAIN, measure
from .placeholders import PLACEHOLDER
from .remembering import remembered

_SENTENCE = re.compile(r"(?:[。！？!?…]+|\.(?=\s|\Z))[」』）)”’\"]*|(?=\n)")
_CLAUSE = re.compile(r"[，、；：—](?=.)|[,;:](?=\s)|(?= )")
_LETTERS = r"[A-Za-z0-9\u00c0-\u024f]+"
_WORD = re.compile(rf"{_LETTERS}(?:[.,:/'’_-]{_LETTERS})*%?|{LINKED}+")
# What no text ends with: it promises more.
_OPEN = " \t\n\u3000，、；：,;:（(「『【《〈“‘—–-~～"

# How far past the end to look for the rest of a word or of a sentence's punctuation.
NEAR = 64
# How far past the end an address may reach that is to be left out as a whole.
AFAR = 400
# The longest that sixteen characters and a placeholder among them may be, generously.
LAST = 400


def trimmed(raw: str, most: int, unit: str, values: Mapping[str, str]) -> str:
    """The longest good beginning that has no more than `most` once it is filled, or nothing."""
    return _trimmed(raw, most, unit, tuple(values.items()) if "{{" in raw else ())


@remembered
def _trimmed(raw: str, most: int, unit: str, known: tuple[tuple[str, str], ...]) -> str:
    """A keystroke changes one text; the others need no second thought."""
    values = dict(known)
    places = _places(raw, most, unit, values)
    room = places[-1]
    if room == len(raw):
        return raw
    allowed = set(places)
    is_in_vain = not raw[:room].strip(_OPEN)
    for end in () if is_in_vain else _ends(blotted(raw[: room + AFAR]), room):
        if end in allowed and _fits(kept := raw[:end].rstrip(_OPEN), most, unit, values):
            return kept
    return ""


def tail(text: str, *, least: int = 4, most: int = 16) -> str:
    """The last few characters, by which a person finds where a text was cut."""
    pieces = list(_pieces(text[-LAST:]))
    start = max(len(pieces) - least, 0)
    while 0 < start > len(pieces) - most and _is_inside_word(pieces[start - 1 : start + 1]):
        start -= 1
    return "".join(pieces[start:]).strip()


def _is_inside_word(pair: list[str]) -> bool:
    return all(re.fullmatch(_LETTERS, piece) for piece in pair)


def _pieces(raw: str) -> Iterator[str]:
    """Placeholders, and between them what a person calls one character."""
    done = 0
    for use in PLACEHOLDER.finditer(raw):
        yield from GRAPHEME.findall(raw[done : use.start()])
        yield use[0]
        done = use.end()
    yield from GRAPHEME.findall(raw[done:])


def _places(raw: str, most: int, unit: str, values: Mapping[str, str]) -> list[int]:
    """Where the text may be cut so that the beginning fits."""
    places, room, done = [0], most, 0
    for use in chain(PLACEHOLDER.finditer(raw), [None]):
        words = raw[done : use.start() if use else len(raw)]
        places += (done + end for end in _fitting(words, room, unit))
        if places[-1] < done + len(words) or use is None:
            break
        room -= measure(words, unit) + measure(placeholders.fill_text(use[0], values), unit)
        done = use.end()
        if room < 0:
            break
        places.append(done)
    return places


def _fitting(words: str, room: int, unit: str) -> Iterable[int]:
    """The ends of the characters, as people count them, that there is room for."""
    head = words[: room + 1]
    if PLAIN.fullmatch(head):
        ends = range(1, min(room, len(words)) + 1)
        return ends[: bisect_right(ends, room, key=lambda end: measure(head[:end], unit))]
    return _clusters_fitting(words, room, unit)


def _clusters_fitting(words: str, room: int, unit: str) -> Iterator[int]:
    for cluster in GRAPHEME.finditer(words):
        room -= measure(cluster[0], unit)
        if room < 0:
            return
        yield cluster.end()


def _ends(text: str, room: int) -> Iterator[int]:
    """Where to cut, the best first: but not for the price of half the text."""
    near = text[: room + NEAR]
    sentences = [each.end() for each in _SENTENCE.finditer(near, room // 2)]
    yield from (end for end in reversed(sentences) if room // 2 <= end <= room)
    clauses = [each.start() for each in _CLAUSE.finditer(near, room * 3 // 4)]
    yield from (end for end in reversed(clauses) if end <= room)
    words = _WORD.finditer(near)
    yield from (word.start() for word in words if word.start() < room < word.end())
    yield from range(room, 0, -1) if LINKED not in text[room - 1 : room + 1] else ()


def _fits(text: str, most: int, unit: str, values: Mapping[str, str]) -> bool:
    filled = placeholders.fill_text(text, values)
    return bool(filled.strip()) and measure(filled, unit) <= most
