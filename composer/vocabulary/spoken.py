"""A message as it is heard: what a screen reader says, in order, and the lock screen's line.

A pure reading of a payload that is already filled in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .answers import Press, presses
from .channels import Channel
from .counting import GRAPHEME
from .words import gettext_noop as _

# About as much as a lock screen shows of one notification.
LOCK_MAX = 90

PICTURE = _("Picture, without a description")
CARD = _("Card %(number)s of %(count)s")
BUTTONS = {
    "says": _("%(words)s, button, sends an answer"),
    "opens": _("%(words)s, button, opens a link"),
    "rings": _("%(words)s, button, calls a number"),
    "": _("%(words)s, button, does nothing"),
}
BARE = {
    "says": _("Button without words, sends an answer"),
    "opens": _("Button without words, opens a link"),
    "rings": _("Button without words, calls a number"),
    "": PICTURE,
}


@dataclass(frozen=True)
class Line:
    """One thing said: `text` is to be translated, then filled with `params`."""

    text: str
    params: Mapping[str, object] = field(default_factory=dict)


def lock(payload: Mapping[str, Any]) -> str:
    """What a notification shows of the message, cut where a phone cuts it."""
    body = payload["message"]
    words = " ".join(_carrier(body).split())
    clusters = GRAPHEME.findall(words)
    return words if len(clusters) <= LOCK_MAX else f"{''.join(clusters[:LOCK_MAX]).rstrip()}…"


def is_lock_known(payload: Mapping[str, Any], channel: Channel) -> bool:
    """Words are shown as they are; of cards, only some platforms say that it is the alt text."""
    body, native = payload["message"], channel.kinds.get(payload["type"])
    if not isinstance(body, dict) or "columns" not in body:
        return True
    return native is not None and native.notifies_alt_text


def lines(payload: Mapping[str, Any], channel: Channel) -> list[Line]:
    """What is said, top to bottom, as the channel shows the message."""
    body, native = payload["message"], channel.kinds.get(payload["type"])
    shown = [press for press in presses(payload, channel) if not press.reason]
    columns = body.get("columns", []) if isinstance(body, dict) else []
    if not columns or (native and native.fit == "none"):
        return [*_said(_carrier(body)), *map(_button, shown)]
    drops = native.drops if native else ()
    return [line for card in _cards(columns, shown, drops) for line in card]


def _carrier(body: Any) -> str:
    if isinstance(body, str):
        return body
    return body.get("alt_text" if "columns" in body else "explain_text") or ""


def _cards(
    columns: list[Mapping[str, Any]], shown: list[Press], drops: tuple[str, ...]
) -> Iterable[list[Line]]:
    for number, column in enumerate(columns, start=1):
        own = [press for press in shown if press.card == number]
        yield [
            Line(CARD, {"number": number, "count": len(columns)}),
            *([Line(PICTURE)] if _has_picture_of_its_own(column) else []),
            *_said(_badge(column, drops)),
            *_said(column.get("title")),
            *_said(column.get("text")),
            *map(_button, own),
        ]


def _has_picture_of_its_own(column: Mapping[str, Any]) -> bool:
    """A picture that is itself the press is said once, as that."""
    is_wordless = "actions" not in column and not (column.get("button") or {}).get("text")
    is_inert = not (column.get("action") or {}).get("type")
    return bool(column.get("image_url")) and not (is_wordless and is_inert)


def _badge(column: Mapping[str, Any], drops: tuple[str, ...]) -> str:
    return "" if "badge" in drops else (column.get("badge") or {}).get("text") or ""


def _said(words: str | None) -> list[Line]:
    return [Line("%(words)s", {"words": words})] if words and words.strip() else []


def _button(press: Press) -> Line:
    if not press.words:
        return Line(BARE[press.deed])
    return Line(BUTTONS[press.deed], {"words": press.words})
