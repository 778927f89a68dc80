"""What the API document leaves no room to leave out, kind by kind."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from composer.vocabulary.message import Message

Missing = Iterator[tuple[str, str]]

NEEDED = "This field is required."
COLOR = re.compile(r"#([0-9A-Fa-f]{3}){1,2}")
# Which further field an option of a type lives by.
LIVES_BY = {"text": "value", "url": "url", "phonenumber": "number"}


def problems(message: Message) -> Missing:
    """Path and reason of everything that FIRST LINE could not deliver."""
    if message.kind in KINDS:
        yield from KINDS[message.kind](message)


def _text(message: Any) -> Missing:
    yield from _blank(message, "message", "message")


def _options(message: Any) -> Missing:
    yield from _blank(message, "explain_text", "message.explain_text")
    yield from _none(message.options, "message.options")
    for index, option in enumerate(message.options):
        yield from _press(option, f"message.options.{index}", said="label", types=tuple(LIVES_BY))


def _carousel(message: Any) -> Missing:
    yield from _blank(message, "alt_text", "message.alt_text")
    yield from _none(message.columns, "message.columns")
    for index, column in enumerate(message.columns):
        yield from _card(column, f"message.columns.{index}")


def _card(column: Any, path: str) -> Missing:
    yield from _address(column.image_url, f"{path}.image_url")
    if not (column.title.strip() or column.text.strip()):
        yield f"{path}.text", NEEDED
    for index, action in enumerate(column.actions):
        yield from _press(action, f"{path}.actions.{index}", said="text", types=("text", "url"))


def _image_carousel(message: Any) -> Missing:
    yield from _blank(message, "alt_text", "message.alt_text")
    yield from _none(message.columns, "message.columns")
    for index, column in enumerate(message.columns):
        yield from _picture(column, f"message.columns.{index}")


def _picture(column: Any, path: str) -> Missing:
    yield from _blank(column, "image_url", f"{path}.image_url")
    yield from _address(column.image_url, f"{path}.image_url")
    if column.action.type:
        yield from _typed(column.action, f"{path}.action", types=("text", "url"))
    for name in ("button", "badge"):
        yield from _colors(getattr(column, name), f"{path}.{name}")


def _colors(plate: Any, path: str) -> Missing:
    for name in ("background_color", "border_color", "color"):
        if (color := getattr(plate, name)) and not COLOR.fullmatch(color):
            yield f"{path}.{name}", "The color must be a HEX code."


def _press(option: Any, path: str, *, said: str, types: tuple[str, ...]) -> Missing:
    yield from _blank(option, said, f"{path}.{said}")
    yield from _typed(option, path, types=types)


def _typed(option: Any, path: str, *, types: tuple[str, ...]) -> Missing:
    if option.type not in types:
        yield f"{path}.type", "The selected type is invalid."
    else:
        yield from _blank(option, LIVES_BY[option.type], f"{path}.{LIVES_BY[option.type]}")


def _blank(part: Any, name: str, path: str) -> Missing:
    if not getattr(part, name).strip():
        yield path, NEEDED


def _none(rows: tuple[Any, ...], path: str) -> Missing:
    if not rows:
        yield path, NEEDED


def _address(url: str, path: str) -> Missing:
    if url and not url.startswith(("https://", "http://")):
        yield path, "The image url must be a valid URL."


KINDS: dict[str, Callable[[Any], Missing]] = {
    "text": _text,
    "button": _options,
    "quickreply": _options,
    "carousel": _carousel,
    "image_carousel": _image_carousel,
}
