"""Row arithmetic: a button's press becomes another content. Pure: content in, content out."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from composer.forms.nested import Content, NestedForm, Rows

Edit = Literal["add", "remove", "duplicate", "up", "down", "move"]
EDITS: tuple[str, ...] = get_args(Edit)


class NoSuchRow(LookupError):
    """The path leads to no list or row of this form; a forged or an outdated press."""


@dataclass(frozen=True)
class Place:
    """A list in a form's content, and one position in it."""

    rows: list[Content]
    declared: Rows
    prefix: str
    index: int

    def name(self, index: int) -> str:
        return f"{self.prefix}-{index}"


@dataclass(frozen=True)
class Edited:
    """The content after an edit, and the row that the person is now at."""

    content: Content
    row: str
    noun: Any
    number: int


def edited(form: type[NestedForm], content: Content, *, edit: str, at: str, to: int = 0) -> Edited:
    """`at` names a list (`columns`) to add to, or a row (`columns-0-actions-1`).

    `to` is where a dragged row was let go, counted from 0. An edit that a list's limits forbid
    changes nothing. Raises NoSuchRow.
    """
    if edit not in EDITS:
        raise NoSuchRow(edit)
    content = deepcopy(content)
    place = _place(form, content, at if edit != "add" else f"{at}-0", must_exist=edit != "add")
    index = _move(place, to - place.index) if edit == "move" else _EDITS[edit](place)
    return Edited(content, place.name(index), place.declared.noun, index + 1)


def _add(place: Place) -> int:
    if len(place.rows) < place.declared.max_num:
        place.rows.append(_blank(place.declared))
    return len(place.rows) - 1


def _remove(place: Place) -> int:
    if len(place.rows) > place.declared.min_num:
        del place.rows[place.index]
    return min(place.index, len(place.rows) - 1)


def _duplicate(place: Place) -> int:
    if len(place.rows) >= place.declared.max_num:
        return place.index
    place.rows.insert(place.index + 1, deepcopy(place.rows[place.index]))
    return place.index + 1


def _move(place: Place, by: int) -> int:
    target = min(max(place.index + by, 0), len(place.rows) - 1)
    place.rows.insert(target, place.rows.pop(place.index))
    return target


_EDITS: dict[str, Callable[[Place], int]] = {
    "add": _add,
    "remove": _remove,
    "duplicate": _duplicate,
    "up": lambda place: _move(place, -1),
    "down": lambda place: _move(place, 1),
}


def _blank(declared: Rows) -> Content:
    return declared.form(prefix="new").content()


def _place(form: type[NestedForm], content: Content, at: str, *, must_exist: bool) -> Place:
    """Follows `columns-0-actions-1`, a pair of name and number at a time."""
    steps = at.split("-")
    pairs = list(zip(steps[::2], steps[1::2], strict=False))
    if len(steps) != 2 * len(pairs) or not pairs:
        raise NoSuchRow(at)
    for name, number in pairs[:-1]:
        place = _step(form, content, name, number, must_exist=True)
        form, content = place.declared.form, place.rows[place.index]
    place = _step(form, content, *pairs[-1], must_exist=must_exist)
    return Place(place.rows, place.declared, at.rpartition("-")[0], place.index)


def _step(
    form: type[NestedForm], content: Content, name: str, number: str, *, must_exist: bool
) -> Place:
    declared = form.declared.get(name)
    if not isinstance(declared, Rows) or not (number.isascii() and number.isdigit()):
        raise NoSuchRow(name)
    rows = cast(list[Content], content[name])
    index = int(number[:9])
    if must_exist and index >= len(rows):
        raise NoSuchRow(f"{name}-{number}")
    return Place(rows, declared, name, index)
