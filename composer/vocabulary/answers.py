"""The answer map: what each press of a message sends back, opens or rings.

A pure reading of a payload that is already filled in.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .channels import Channel
from .words import gettext_noop as _

DEEDS = {"text": "says", "url": "opens", "phonenumber": "rings"}
WEB = re.compile(r"https?://\S", re.IGNORECASE)

NO_CARDS = _("Shows the alt text instead of the cards.")
NO_SUCH_BUTTON = _("Has no such button.")


@dataclass(frozen=True)
class Press:
    """Something to press: its words, what it does and with what.

    `also` is the text that a link sends along; `reason` says why the channel does not show it.
    """

    words: str
    deed: str = ""
    what: str = ""
    also: str = ""
    card: int = 0
    reason: str = ""
    is_repeated: bool = False

    @property
    def said(self) -> str:
        """What reaches the agent or the bot."""
        return self.what if self.deed == "says" else self.also


def deed(part: Mapping[str, Any]) -> tuple[str, str]:
    """What a press does and with what: `("opens", "https://…")`; two blanks for nothing."""
    name = DEEDS.get(part.get("type") or "", "")
    if name == "says":
        what = part.get("value") or part.get("text") or part.get("label") or ""
    elif name == "opens":
        what = web_address(part.get("url") or "")
    else:
        what = part.get("number") or ""
    return (name, what) if what else ("", "")


def web_address(url: str) -> str:
    """The address if it is of the web, else nothing: `javascript:` and the like never pass."""
    address = url.strip()
    return address if WEB.match(address) else ""


def presses(payload: Mapping[str, Any], channel: Channel) -> list[Press]:
    """Every press in reading order; those that send back the same are marked."""
    body = payload["message"]
    native = channel.kinds.get(payload["type"])
    hides_all = native is not None and native.fit == "none" and "columns" in body
    types = native.press_types if native else None
    found = [_judged(press, kind, types, hides_all) for press, kind in _found(body)]
    return _marked(found)


def _found(body: Any) -> Iterable[tuple[Press, str | None]]:
    """Each press with its type; a picture's type is not asked after, as it is drawn anyway."""
    if isinstance(body, str):
        return
    for option in body.get("options", ()):
        yield _press(option), option.get("type") or "text"
    for card, column in enumerate(body.get("columns", ()), start=1):
        for action in column.get("actions", ()):
            yield _press(action, card=card), action.get("type") or "text"
        if "actions" not in column:
            words = (column.get("button") or {}).get("text") or ""
            yield replace(_press(column.get("action") or {}, card=card), words=words), None


def _press(part: Mapping[str, Any], *, card: int = 0) -> Press:
    name, what = deed(part)
    words = part.get("text") or part.get("label") or ""
    also = (part.get("value") or "") if name == "opens" else ""
    return Press(words, name, what, also, card)


def _judged(
    press: Press, kind: str | None, types: Sequence[str | None] | None, hides_all: bool
) -> Press:
    if hides_all:
        return replace(press, reason=NO_CARDS)
    if kind and types is not None and kind not in types:
        return replace(press, reason=NO_SUCH_BUTTON)
    return press


def _marked(found: list[Press]) -> list[Press]:
    """Two presses that send the same cannot be told apart by who receives it."""
    times = Counter(press.said for press in found if press.said and not press.reason)
    return [
        replace(press, is_repeated=not press.reason and times[press.said] > 1) for press in found
    ]
