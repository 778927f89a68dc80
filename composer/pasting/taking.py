"""A pasted value that remembers what was taken of it, so that the rest can be named. Pure."""

from dataclasses import dataclass, field
from typing import Any

BLANK: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True)
class Part:
    """A value and where it stands; `taken` are the paths of what was read, of the whole."""

    value: Any
    path: str = ""
    taken: set[str] = field(default_factory=set)

    def words(self, name: str) -> str:
        """Takes the text of that name; nothing where there is none."""
        found = self.part(name)
        if not isinstance(found.value, str):
            return ""
        self.taken.add(found.path)
        return found.value

    def kind(self, *known: str) -> str:
        """Takes the type if it is one of these; nothing where it is another."""
        found = self.part("type").value
        return self.words("type") if isinstance(found, str) and found in known else ""

    def part(self, name: str) -> "Part":
        value = self.value.get(name) if isinstance(self.value, dict) else None
        return Part(value, f"{self.path}.{name}" if self.path else name, self.taken)

    def rows(self, name: str) -> list["Part"]:
        """Every object of the list of that name."""
        found = self.part(name)
        is_list = isinstance(found.value, list)
        return [row for row in found.below() if isinstance(row.value, dict)] if is_list else []

    def below(self) -> list["Part"]:
        if isinstance(self.value, dict):
            return [self.part(name) for name in self.value]
        rows = enumerate(self.value) if isinstance(self.value, list) else ()
        return [Part(row, f"{self.path}[{index}]", self.taken) for index, row in rows]

    def left(self) -> list[str]:
        """The paths of what was not taken; a part of which nothing was is named as a whole."""
        if self.value in BLANK or self.path in self.taken:
            return []
        if not self._is_touched():
            return [self.path]
        return [path for each in self.below() for path in each.left()]

    def _is_touched(self) -> bool:
        return self.path in self.taken or any(each._is_touched() for each in self.below())
