"""`{{ name }}` and `{{ name | default }}`: which are used, and filling them in."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

# Nothing is given back once taken (`*+`): else spaces without an end would be tried in every way.
PLACEHOLDER = re.compile(r"\{\{\s*+([^\W\d][\w.\-]*+)\s*+(?:\|\s*+((?:[^{}]*[^{}\s])?+)\s*+)?+\}\}")

Values = Mapping[str, str]


@dataclass(frozen=True)
class Placeholder:
    """One use of a placeholder; `default` is None where none is given."""

    name: str
    default: str | None

    def value(self, values: Values) -> str:
        """The contact's value; a blank one counts as missing."""
        return values.get(self.name) or self.default or ""


def used(payload: Any) -> list[Placeholder]:
    """Every use, in reading order, each spelling once."""
    found = (
        _placeholder(match) for text in _texts(payload) for match in PLACEHOLDER.finditer(text)
    )
    return list(dict.fromkeys(found))


def names(payload: Any) -> list[str]:
    """Every placeholder's name, in reading order, once each."""
    return list(dict.fromkeys(use.name for use in used(payload)))


def fill(payload: Any, values: Values, *, mark: Callable[[str], str] = str) -> Any:
    """A copy with the values in; `mark` may wrap each value, as the preview does."""
    if isinstance(payload, str):
        return PLACEHOLDER.sub(lambda match: mark(_placeholder(match).value(values)), payload)
    if isinstance(payload, list):
        return [fill(item, values, mark=mark) for item in payload]
    if isinstance(payload, dict):
        return {key: fill(item, values, mark=mark) for key, item in payload.items()}
    return payload


class Encoded:
    """A payload encoded once as JSON around its placeholders, to be filled as bytes many times."""

    def __init__(self, payload: Mapping[str, Any]) -> None:
        uses: list[Placeholder] = []

        def slot(match: re.Match[str]) -> str:
            uses.append(_placeholder(match))
            return "\0"

        text = json.dumps(_replaced(payload, slot), ensure_ascii=False, separators=(",", ":"))
        self._pieces = [piece.encode() for piece in text.split("\\u0000")]
        self._uses = uses

    def fill(self, values: Values) -> bytes:
        """UTF-8 JSON, equal to `json.dumps(fill(payload, values))`."""
        filled = [self._pieces[0]]
        for use, piece in zip(self._uses, self._pieces[1:], strict=True):
            filled += (json.dumps(use.value(values), ensure_ascii=False)[1:-1].encode(), piece)
        return b"".join(filled)


def _placeholder(match: re.Match[str]) -> Placeholder:
    return Placeholder(match[1], match[2] or None)


def _texts(payload: Any) -> Iterator[str]:
    if isinstance(payload, str):
        yield payload
    elif isinstance(payload, list | dict):
        for item in payload.values() if isinstance(payload, dict) else payload:
            yield from _texts(item)


def _replaced(payload: Any, slot: Callable[[re.Match[str]], str]) -> Any:
    if isinstance(payload, str):
        return PLACEHOLDER.sub(slot, payload.replace("\0", ""))
    if isinstance(payload, list):
        return [_replaced(item, slot) for item in payload]
    if isinstance(payload, dict):
        return {key: _replaced(item, slot) for key, item in payload.items()}
    return payload
