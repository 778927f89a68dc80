"""Rows of cells, and cells that are more than their text: numbers, dates, formulas. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from push.sentences import Sentence


class Number(str):
    """A number as Excel shows it; `plain` is the number without its format."""

    __slots__ = ("plain",)
    plain: str

    def __new__(cls, text: str, plain: str) -> Self:
        made = super().__new__(cls, text)
        made.plain = plain
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        return type(self), (str(self), self.plain)


class Rounded(str):
    """A number with more digits than Excel keeps, so its last digits are invented."""

    __slots__ = ()


class Date(str):
    """A date or a time, as Excel shows it."""

    __slots__ = ()


class NoResult(str):
    """A formula whose result is not in the file: nothing is known, so nothing is said."""

    __slots__ = ()


class ErrorCell(str):
    """A formula that went wrong; `error` is Excel's word for it, the cell itself is blank."""

    __slots__ = ("error",)
    error: str

    def __new__(cls, error: str) -> Self:
        made = super().__new__(cls, "")
        made.error = error
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        return type(self), (self.error,)


ERRORS = frozenset(
    ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"]
)


@dataclass(frozen=True)
class Row:
    """One row as the file has it; `fault` says why its cells could not be told apart."""

    line: int
    cells: Sequence[str]
    fault: Sentence | None = None

    @property
    def has_text(self) -> bool:
        return any(cell.strip() for cell in self.cells)
