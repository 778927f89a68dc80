"""A message taken apart once, so that many rules can look at it cheaply.

`roles` has the texts that are a link, an image's address or a phone number.

A pattern is a path without its numbers: `columns[].actions[].text`.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from composer.vocabulary import placeholders
from composer.vocabulary.counting import MEASURES
from composer.vocabulary.message import Message, Part, Role, payload, read, roles, shapes
from composer.vocabulary.picture import Picture
from composer.vocabulary.remembering import remembered

# A card with neither picture nor title has its own limit for its text.
PLAIN_TEXT = "columns[].text plain"

# The roles of texts that are web addresses.
ADDRESSES: tuple[Role, ...] = ("link", "image")

# Which type of option or action a field belongs to: elsewhere it is not sent.
BELONGS = {"value": "text", "url": "url", "number": "phonenumber"}


# What a text may grow by in JSON: by its name and quotes, and each character by its escape.
AROUND, ESCAPED = 40, 6


class Leaf(NamedTuple):
    """A text of the message: as written, and as this contact gets it."""

    path: str
    raw: str
    text: str


class Node(NamedTuple):
    """A part of the message: a card, an option, a badge."""

    path: str
    part: Any


class Row(NamedTuple):
    """A list of the message, and how many parts are in it."""

    path: str
    length: int


class Reading:
    """Every text, part and list of a message, by pattern, filled with one contact's values.

    `bulk` is at least as many bytes as its JSON has; `pictures` are the files that are known, by
    address.
    """

    def __init__(
        self,
        message: Message,
        values: Mapping[str, str],
        pictures: Mapping[str, Picture] | None = None,
    ) -> None:
        self.message, self.values, self.pictures = message, values, pictures or {}
        self.kind = message.kind
        self.texts: dict[str, list[Leaf]] = defaultdict(list)
        self.roles: dict[Role, list[Leaf]] = defaultdict(list)
        self.nodes: dict[str, list[Node]] = defaultdict(list)
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.bulk = 0
        # Short enough to remember fillings by: a keystroke changes one text of many.
        self._known = tuple(self.values.items())
        self._sizes: dict[tuple[str, str], list[int]] = {}
        self._take(message, "", "")

    @cached_property
    def body(self) -> Any:
        """The message as it will be posted to this contact."""
        return placeholders.fill(payload(self.message), self.values)["message"]

    @cached_property
    def pictured(self) -> list[tuple[str, Picture]]:
        """The pictures whose files are known, each with where it stands."""
        return [
            (leaf.path, found)
            for leaf in self.roles.get("image", ())
            if (found := self.pictures.get(leaf.text))
        ]

    @cached_property
    def extent(self) -> Picture | None:
        """As heavy as the heaviest of them, as wide as the widest and as high as the highest."""
        if not self.pictured:
            return None
        known = [picture for _path, picture in self.pictured]
        return Picture(
            max(picture.bytes for picture in known),
            max(picture.width for picture in known),
            max(picture.height for picture in known),
            "",
        )

    def sizes(self, pattern: str, unit: str) -> list[int]:
        """How long each text of the pattern is, measured once."""
        known = self._sizes.get((pattern, unit))
        if known is None:
            measure = MEASURES[unit]
            known = [measure(leaf.text) for leaf in self.texts.get(pattern, ())]
            self._sizes[pattern, unit] = known
        return known

    def _take(self, part: Part, path: str, pattern: str) -> None:
        names = shapes(type(part))
        self.bulk += AROUND * (len(names) + 1)
        if "background_color" in names and not part:
            names = {"text": str}  # without words it is not sent: its colours do not matter
        else:
            self.nodes[pattern].append(Node(path, part))
        here, like = (f"{path}.", f"{pattern}.") if path else ("", "")
        own = roles(type(part))
        for name in names:
            value = getattr(part, name)
            if isinstance(value, str):
                role = own.get(name)
                is_address = role in ADDRESSES
                text = _filled(value, is_address, self._known) if "{{" in value else value
                self.bulk += ESCAPED * len(text)
                self._take_text(part, name, Leaf(here + name, value, text), like, role)
            elif isinstance(value, tuple):
                self._take_rows(value, here + name, like + name)
            else:
                self._take(value, here + name, like + name)

    def _take_text(self, part: Any, name: str, leaf: Leaf, like: str, role: Role | None) -> None:
        if name in BELONGS and getattr(part, "type", BELONGS[name]) != BELONGS[name]:
            return
        pattern = like + name
        if pattern == "columns[].text" and not _has_head(part):
            pattern = PLAIN_TEXT
        self.texts[pattern].append(leaf)
        if role:
            self.roles[role].append(leaf)

    def _take_rows(self, rows: tuple[Part, ...], path: str, pattern: str) -> None:
        self.rows[pattern].append(Row(path, len(rows)))
        for index, part in enumerate(rows):
            self._take(part, f"{path}[{index}]", f"{pattern}[]")


@remembered
def _filled(text: str, is_address: bool, known: tuple[tuple[str, str], ...]) -> str:
    return placeholders.fill_text(text, dict(known), is_address=is_address)


def taken(
    said: object,
    values: Mapping[str, str] | None,
    pictures: Mapping[str, Picture] | None = None,
) -> Reading:
    """Of a payload; raises Malformed. One that was made before stays as it is."""
    return said if isinstance(said, Reading) else Reading(read(said), values or {}, pictures)


def _has_head(card: Part) -> bool:
    return bool(getattr(card, "image_url", "") or getattr(card, "title", ""))
