"""The form of each kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from typing import Any

from composer import kinds
from composer.forms.nested import Content, NestedForm, Rows, flat
from composer.vocabulary import paths

FORMS: dict[str, type[NestedForm]] = {
    name: import_module(f"composer.kinds.{name}.form").Form for name in kinds.NAMES
}


def form_for(kind: str) -> type[NestedForm]:
    """Raises KeyError for an unknown kind."""
    return FORMS[kind]


def bound(kind: str, content: Content) -> NestedForm:
    """The form as if a browser had posted this content: for imports and copies."""
    return FORMS[kind](flat(content))


def blank(kind: str, content: Content | None = None, **kwargs: Any) -> NestedForm:
    """An unbound form that shows the content, for a fresh page or after a row edit."""
    return FORMS[kind](initial=content or {}, **kwargs)


@dataclass(frozen=True)
class Overflow:
    """A list that had more rows than its form has room for; `path` is where it is."""

    path: str
    label: str
    count: int
    most: int


def fitted(kind: str, content: Content) -> tuple[Content, list[Overflow]]:
    """The content without the rows that the form has no room for, and which lists were cut."""
    overflows: list[Overflow] = []
    return _fitted(FORMS[kind], content, "", overflows), overflows


def _fitted(
    form: type[NestedForm], content: Content, at: str, overflows: list[Overflow]
) -> Content:
    kept = dict(content)
    for name, part in form.declared.items():
        if isinstance(part, Rows) and (rows := content.get(name)):
            if len(rows) > part.max_num:
                overflows.append(Overflow(at + name, str(part.label), len(rows), part.max_num))
            kept[name] = [
                _fitted(part.form, row, f"{at}{name}[{index}].", overflows)
                for index, row in enumerate(rows[: part.max_num])
            ]
    return kept


def parts(kind: str, path: str) -> Iterator[str]:
    """What each part on the way is called: `columns[2].actions[0].text` is Card 3, Button 1."""
    form: type[NestedForm] = FORMS[kind]
    for name, then in pairwise(paths.steps(path)):
        part = form.declared.get(name) if isinstance(name, str) else None
        if part is not None:
            form = part.form
            if isinstance(part, Rows) and isinstance(then, int):
                yield f"{part.noun} {then + 1}"
            else:
                yield str(part.label)


def field(kind: str, path: str) -> str:
    """The name of the input or list at the path; empty where the form has none."""
    form: type[NestedForm] = FORMS[kind]
    is_there = False
    for name in paths.steps(path):
        part = form.declared.get(name) if isinstance(name, str) else None
        is_there = isinstance(part, Rows) or name in form.base_fields
        form = part.form if part else form
    return paths.field(path) if is_there else ""
