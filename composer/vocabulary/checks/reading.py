"""A message taken apart once, so that many rules can look at it cheaply.

A pattern is a path without its numbers: `columns[].actions[].text`.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from composer.vocabulary import placeholders
from composer.vocabulary.counting import MEASURES
from composer.vocabulary.message import Message

# A card with neither picture nor title has its own limit for its text.
PLAIN_TEXT = "columns[].text plain"

# Which type of option or action a field belongs to: elsewhere it is not sent.
BELONGS = {"value": "text", "url": "url", "number": "phonenumber"}


class Leaf(NamedTuple):
    """A text of the message: as written, and as this contact gets it."""

    path: str
    raw: str
    text: str


class Node(NamedTuple):
    """A part of the message: a card, an option, a badge."""

    path: str
    fields: Mapping[str, Any]


class Row(NamedTuple):
    """A list of the message, and how many parts are in it."""

    path: str
    length: int


class Reading:
    """Every text, part and list of a message, by pattern."""

    def __init__(self, message: Message, values: Mapping[str, str]) -> None:
        self.kind = message.kind
        self.texts: dict[str, list[Leaf]] = defaultdict(list)
        self.nodes: dict[str, list[Node]] = defaultdict(list)
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self._values = values
        self._sizes: dict[tuple[str, str], list[int]] = {}
        self._take(message.content(), "", "")

    def sizes(self, pattern: str, unit: str) -> list[int]:
        """How long each text of the pattern is, measured once."""
        known = self._sizes.get((pattern, unit))
        if known is None:
            measure = MEASURES[unit]
            known = [measure(leaf.text) for leaf in self.texts.get(pattern, ())]
            self._sizes[pattern, unit] = known
        return known

    def _take(self, fields: Mapping[str, Any], path: str, pattern: str) -> None:
        if _is_blank_plate(fields):
            fields = {"text": fields["text"]}
        else:
            self.nodes[pattern].append(Node(path, fields))
        for name, value in fields.items():
            here = f"{path}.{name}" if path else name
            like = f"{pattern}.{name}" if pattern else name
            if isinstance(value, str):
                self._take_text(fields, name, Leaf(here, value, self._filled(value)), like)
            elif isinstance(value, list):
                self._take_rows(value, here, like)
            else:
                self._take(value, here, like)

    def _take_text(self, fields: Mapping[str, Any], name: str, leaf: Leaf, pattern: str) -> None:
        if name in BELONGS and "type" in fields and fields["type"] != BELONGS[name]:
            return
        if pattern == "columns[].text" and not (fields.get("image_url") or fields.get("title")):
            pattern = PLAIN_TEXT
        self.texts[pattern].append(leaf)

    def _take_rows(self, rows: list[Any], path: str, pattern: str) -> None:
        self.rows[pattern].append(Row(path, len(rows)))
        for index, fields in enumerate(rows):
            self._take(fields, f"{path}[{index}]", f"{pattern}[]")

    def _filled(self, text: str) -> str:
        return placeholders.fill(text, self._values) if "{{" in text else text


def _is_blank_plate(fields: Mapping[str, Any]) -> bool:
    """A badge or button without words is not sent: its colours do not matter."""
    return "background_color" in fields and not fields["text"]
