"""What the compose page shows of a content: the picture, the notices, the counters."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict

from composer import checking, kinds
from composer.forms.nested import Content
from composer.preview import Preview, draw
from composer.vocabulary import channels, message, notices, paths

# Leaves that a fresh form has without anybody's doing.
SETTLED = {"type", "background_color", "border_color", "color"}


@dataclass(frozen=True)
class Shown:
    """A content as the page shows it: on one channel, filled with one contact's values.

    `known` are the placeholders that contacts have; None where that is not known.
    """

    kind: str
    content: Content
    channel: str = "line"
    values: Mapping[str, str] | None = None
    known: frozenset[str] | None = None
    look: str = "light"

    @cached_property
    def payload(self) -> dict[str, Any]:
        return message.payload(kinds.MESSAGES[self.kind].build(self.content))

    @property
    def is_blank(self) -> bool:
        """Nothing is written yet: there is nothing to judge."""
        leaves = paths.walk(self.payload["message"])
        return not any(value for path, value in leaves if path.split(".")[-1] not in SETTLED)

    @cached_property
    def preview(self) -> Preview:
        return draw(self.payload, channel=self.channel, values=self.values)

    @cached_property
    def said(self) -> list[checking.ChannelNotices]:
        """What each channel makes of it, the worst first."""
        if self.is_blank:
            return []
        found = notices.check(self.payload, values=self.values, known=self.known)
        return checking.grouped(found, self.kind)

    @cached_property
    def live(self) -> dict[str, Any]:
        """What the page's scripts put beside fields and tabs after each keystroke."""
        return {
            "counters": notices.counters(
                self.payload, channels.ALL[self.channel], self.values or {}
            ),
            "verdicts": {group.channel: group.verdict for group in self.said if group.channel},
        }


def shown(kind: str, content: Content, chosen: QueryDict) -> Shown:
    """As the page's pickers ask for it; a forged pick falls back to the plainest."""
    channel = chosen.get("channel", "")
    known = chosen.get("known")
    return Shown(
        kind,
        content,
        channel=channel if channel in channels.ALL else next(iter(channels.ALL)),
        values=_values(chosen.get("values", "")),
        known=frozenset(known.split(",")) if known else None,
        look="dark" if chosen.get("look") == "dark" else "light",
    )


def _values(text: str) -> dict[str, str]:
    """The chosen contact's values; anything but an object of texts is nobody's."""
    try:
        values = json.loads(text or "{}")
    except ValueError:
        return {}
    if not isinstance(values, dict):
        return {}
    return {str(name): value for name, value in values.items() if isinstance(value, str)}
