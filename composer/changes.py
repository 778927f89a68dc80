"""What differs between two messages, part by part, in the words of the form."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from composer import forms
from composer.forms.nested import NestedForm, Rows
from composer.vocabulary import paths


@dataclass(frozen=True)
class Piece:
    """Some words, and whether the other side says them too."""

    text: str
    is_changed: bool


@dataclass(frozen=True)
class Change:
    """A part that is not the same: how the form calls it, and both sides in pieces."""

    part: str
    old: list[Piece]
    new: list[Piece]


def between(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """From one payload to another; a change of kind is the whole message."""
    if old["type"] != new["type"]:
        kinds = (_piece(old["type"]), _piece(new["type"]))
        return [Change(_("Kind"), *kinds)]
    return [
        Change(_named(old["type"], path), *_pieces(before, after))
        for path, before, after in _differences(old["message"], new["message"], "")
    ]


def _differences(old: Any, new: Any, path: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(old, list) and isinstance(new, list):
        yield from _rows(old, new, path)
    elif isinstance(old, dict) and isinstance(new, dict):
        for key in old | new:
            below = f"{path}.{key}" if path else key
            yield from _differences(old.get(key), new.get(key), below)
    elif isinstance(old, dict | list) or isinstance(new, dict | list):
        yield from _whole(old, new, path)
    elif (old or "") != (new or ""):
        yield path or "message", str(old or ""), str(new or "")


def _rows(old: list[Any], new: list[Any], path: str) -> Iterator[tuple[str, str, str]]:
    """Rows that stayed the same are found again wherever they moved down to."""
    matcher = SequenceMatcher(a=list(map(json.dumps, old)), b=list(map(json.dumps, new)))
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            continue
        for offset in range(max(old_to - old_from, new_to - new_from)):
            before = old[old_from + offset] if old_from + offset < old_to else None
            after = new[new_from + offset] if new_from + offset < new_to else None
            index = new_from + offset if after is not None else old_from + offset
            yield from _differences(before, after, f"{path}[{index}]")


def _whole(old: Any, new: Any, path: str) -> Iterator[tuple[str, str, str]]:
    """A row or part that only one side has: each of its words."""
    for leaf, text in paths.walk(old or {}, path):
        if text:
            yield leaf, str(text), ""
    for leaf, text in paths.walk(new or {}, path):
        if text:
            yield leaf, "", str(text)


def _pieces(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    before, after = [], []
    for tag, old_from, old_to, new_from, new_to in _opcodes(old, new):
        is_changed = tag != "equal"
        before.append(Piece(old[old_from:old_to], is_changed))
        after.append(Piece(new[new_from:new_to], is_changed))
    return [piece for piece in before if piece.text], [piece for piece in after if piece.text]


def _opcodes(old: str, new: str) -> Sequence[tuple[str, int, int, int, int]]:
    """Long texts are compared as a whole: finding their pieces would take seconds."""
    if len(old) + len(new) > 4_000:
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()


def _piece(text: str) -> list[Piece]:
    return [Piece(text, is_changed=True)]


def _named(kind: str, path: str) -> str:
    """`columns[1].title` as `Card 2 · Title`."""
    names, form = [], forms.form_for(kind)
    steps = paths.steps(path)
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        if isinstance(step, int):
            continue
        name, form = _step(form, step, following)
        names.append(name)
    return " · ".join(names)


def _step(
    form: type[NestedForm], name: str, following: str | int | None
) -> tuple[str, type[NestedForm]]:
    declared = form.declared.get(name)
    if isinstance(declared, Rows) and isinstance(following, int):
        return f"{declared.noun} {following + 1}", declared.form
    if declared is not None:
        return str(declared.label), declared.form
    field = form.base_fields.get(name)
    return str(field.label) if field else name, form
