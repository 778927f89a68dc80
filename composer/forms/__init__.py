"""The form of each kind."""

from importlib import import_module
from typing import Any

from composer import kinds
from composer.forms.nested import Content, NestedForm, flat

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
