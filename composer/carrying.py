"""What of a message survives a change of kind. Pure: content in, content out.

Words, alternative text and presses have other names in other kinds; pictures fit only cards.
"""

from collections.abc import Iterator
from typing import Any

from django.forms import Field

from composer.forms.fields import LinkField, PhoneField, WordsField
from composer.forms.nested import Content, NestedForm, Rows
from composer.vocabulary import paths

WORDS = ("message", "explain_text")
PRESS = ("value", "type", "url", "number")


def carried(content: Content, *, to: type[NestedForm]) -> Content:
    """A content for the form `to` with everything that fits."""
    words, presses = _words(content), _presses(content)
    taken: Content = {name: words for name in WORDS if name in to.base_fields}
    if "alt_text" in to.base_fields:
        taken["alt_text"] = content.get("alt_text") or words
    for name, declared in to.declared.items():
        if isinstance(declared, Rows):
            taken[name] = _rows(name, declared, content, words=words, presses=presses)
    return taken


def left_behind(content: Content, taken: Content, *, form: type[NestedForm]) -> list[str]:
    """The labels of what `content`, of the form `form`, says and `taken` does not."""
    kept = {text for _path, text in paths.walk(taken)}
    lost = (str(field.label) for field, text in _said(content, form) if text and text not in kept)
    return list(dict.fromkeys(lost))


def _said(content: Content, form: type[NestedForm]) -> Iterator[tuple[Field, str]]:
    for name, field in form.base_fields.items():
        if isinstance(field, WordsField | LinkField | PhoneField):
            yield field, content.get(name, "")
    for name, declared in form.declared.items():
        found = content.get(name) or []
        for inner in found if isinstance(found, list) else [found]:
            yield from _said(inner, declared.form)


def _words(content: Content) -> str:
    found = (content.get(name) for name in WORDS)
    columns = content.get("columns") or [{}]
    return next((text for text in found if text), "") or columns[0].get("text", "")


def _presses(content: Content) -> list[Content]:
    """What can be pressed, of the first card where there are cards; `label` is its wording."""
    if not content.get("columns"):
        return list(content.get("options") or [])
    first = content["columns"][0]
    actions = first.get("actions")
    if actions is None:
        actions = [{**first.get("action", {}), "text": first.get("button", {}).get("text", "")}]
    return [_press(action, label=action.get("text", "")) for action in actions]


def _rows(
    name: str, declared: Rows, content: Content, *, words: str, presses: list[Content]
) -> list[Content]:
    if name == "options":
        return presses[: declared.max_num]
    if content.get("columns"):
        return [
            _card(declared.form, column, presses=_presses({"columns": [column]}))
            for column in content["columns"]
        ]
    return [_card(declared.form, {"text": words}, presses=presses)]


def _card(form: type[NestedForm], column: Content, *, presses: list[Content]) -> Content:
    kept: Content = {name: column.get(name, "") for name in form.base_fields}
    actions = form.declared.get("actions")
    if isinstance(actions, Rows):
        kept["actions"] = [_press(press, text=press["label"]) for press in presses]
        kept["actions"] = kept["actions"][: actions.max_num]
    elif presses:
        kept["action"] = _press(presses[0])
        kept["button"] = {"text": presses[0]["label"]}
    return kept


def _press(press: Content, **wording: Any) -> Content:
    return {name: press.get(name, "") for name in PRESS} | wording
