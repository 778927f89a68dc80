"""Walk a message by the API document's own names: `columns[2].actions[0].text`."""

import re
from collections.abc import Iterator
from typing import Any

from .remembering import remembered

_NUMBER = re.compile(r"\[[0-9]+\]")
# No list is so long as to need more digits; Python refuses to read thousands of them.
STEP = re.compile(r"\[([0-9]{1,9})\]|([^.\[\]]+)")


def walk(body: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf with its path, in order. A text message is the one leaf `message`."""
    if isinstance(body, dict):
        for key, value in body.items():
            yield from walk(value, f"{path}.{key}" if path else key)
    elif isinstance(body, list):
        for index, value in enumerate(body):
            yield from walk(value, f"{path}[{index}]")
    else:
        yield path or "message", body


def pattern(path: str) -> str:
    """The path without its numbers: `columns[].actions[].text`."""
    return _NUMBER.sub("[]", path)


def put(body: Any, path: str, value: Any) -> None:
    """Writes the value at a path that is there."""
    *before, last = steps(path)
    for step in before:
        body = body[step]
    body[last] = value


def steps(path: str) -> list[str | int]:
    return [int(index) if index else name for index, name in STEP.findall(path)]


@remembered
def field(path: str) -> str:
    """The form field's name: `columns-2-actions-0-text`."""
    return "-".join(str(step) for step in steps(path))
