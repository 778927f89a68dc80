"""What the compose page shows of a content: the picture, the notices, the counters."""

import json
from collections import Counter as Counted
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone

from composer import checking, kinds, known_pictures, matrix
from composer.forms.nested import Content
from composer.hearing import Heard
from composer.preview import Preview, draw
from composer.vocabulary import channels, fixes, message, notices, paths, placeholders
from composer.vocabulary.channels import Channel
from composer.vocabulary.fixes import Fix
from composer.vocabulary.message import Message
from composer.vocabulary.notices import Counter, Notice, Reading, Verdict

CURL = """curl -X POST '%(base)s/api/v1/message/push' \\
  -H "Authorization: %(token)s" \\
  -H 'Content-Type: application/json' -H 'Accept: application/json' \\
  -d '%(body)s'"""

# The pick that shows every channel side by side.
ALL = "all"

# What may stand beside the phone.
BESIDE = ("notices", "heard", "json", "curl")

# The good first: what is counted beside the phones.
TALLIED: tuple[Verdict, ...] = ("as-is", "hint", "loses", "refused")

# Leaves that a fresh form has without anybody's doing.
SETTLED = {"type", "background_color", "border_color", "color"}


@dataclass(frozen=True)
class Shown:
    """A content as the page shows it: on one channel or all, filled with one contact's values.

    `known` are the placeholders that contacts have; None where that is not known.
    """

    kind: str
    content: Content
    channel: str = channels.FIRST
    values: Mapping[str, str] = field(default_factory=dict)
    known: frozenset[str] | None = None
    look: str = "light"
    size: str = ""
    beside: str = "notices"
    today: date | None = None

    @cached_property
    def built(self) -> Message:
        return kinds.MESSAGES[self.kind].build(self.content)

    @cached_property
    def payload(self) -> dict[str, Any]:
        return message.payload(self.built)

    @cached_property
    def whole(self) -> Content:
        """The content with every field present, also where an older draft has not got it."""
        return self.built.content()

    @cached_property
    def reading(self) -> Reading:
        """The message taken apart once, for the checks and for the counters."""
        return Reading(self.built, self.values, known_pictures.of(self.payload))

    @property
    def is_blank(self) -> bool:
        """Nothing is written yet: there is nothing to judge."""
        leaves = paths.walk(self.payload["message"])
        return not any(value for path, value in leaves if path.split(".")[-1] not in SETTLED)

    @property
    def is_all(self) -> bool:
        return self.channel == ALL

    @property
    def preview(self) -> Preview:
        return draw(self.payload, channel=self.channel, values=self.values)

    @property
    def one_channel(self) -> Channel:
        """The chosen one; the first where all are."""
        return channels.ALL.get(self.channel) or next(iter(channels.ALL.values()))

    @property
    def one_preview(self) -> Preview:
        return draw(self.payload, channel=self.one_channel.slug, values=self.values)

    @property
    def heard(self) -> Heard:
        return Heard(self.one_preview)

    @cached_property
    def columns(self) -> list[tuple[Preview, checking.ChannelNotices | None]]:
        """Every channel's picture with what it makes of the message, in their order."""
        groups = {group.channel: group for group in self.said}
        return [
            (draw(self.payload, channel=slug, values=self.values), groups.get(slug))
            for slug in channels.ALL
        ]

    @property
    def tally(self) -> list[tuple[Verdict, int]]:
        """How many channels take it as it is, and how many lose or refuse something."""
        counted = Counted(group.verdict for group in self.said if group.channel)
        return [(verdict, counted[verdict]) for verdict in TALLIED if counted[verdict]]

    @cached_property
    def parts(self) -> list[matrix.Part]:
        """The table under the seven phones."""
        return [] if self.is_blank else matrix.parts(self.payload, self.found, self.reading)

    @cached_property
    def found(self) -> list[Notice]:
        return notices.check(self.reading, known=self.known, today=self.today)

    @cached_property
    def said(self) -> list[checking.ChannelNotices]:
        """What each channel makes of it, the worst first; of nothing, nothing."""
        if self.is_blank:
            return []
        return checking.grouped(self.found, self.kind, mend=self.mend)

    def mend(self, notice: Notice) -> Fix | None:
        """What one press would put right."""
        return fixes.fix(notice, self.whole, values=self.values, today=self.today)

    def remedy(self, *, rule: str, path: str, channel: str) -> Fix | None:
        """What mends the notice that is known by these three; None where it is no longer said."""
        asked = (rule, path, channel)
        said = (each for each in self.found if (each.rule, each.path, each.channel) == asked)
        return next((fix for notice in said if (fix := self.mend(notice))), None)

    @property
    def json(self) -> str:
        """The payload, to the letter, on as many lines as reading needs."""
        return json.dumps(self.payload, ensure_ascii=False, indent=2)

    @property
    def curl(self) -> str:
        """A command line that posts it to one contact; the token stays in the environment."""
        channel = self.one_channel
        contact = {"contactable_type": channel.contactable_type, "contactable_id": "CONTACT_ID"}
        body = json.dumps(contact | self.payload, ensure_ascii=False, indent=2)
        return CURL % {
            "base": settings.FIRSTLINE_API_BASE,
            "token": f"{settings.FIRSTLINE_AUTH_SCHEME} $FIRSTLINE_API_TOKEN".strip(),
            "body": body.replace("'", "'\\''"),
        }

    @property
    def live(self) -> dict[str, Any]:
        """What the page's scripts put beside fields and tabs after each keystroke.

        The `channel` that is drawn; `counts` by field, `42/60`, without those that are blank;
        `states` where near or over the limit; `units` where they are not what people call
        characters; `required` are the placeholders without a default.
        """
        counted = {name: counter for name, counter in self._counters().items() if counter["count"]}
        return {
            "channel": self.channel,
            "counts": {name: checking.figure(counter) for name, counter in counted.items()},
            "states": {name: said for name, each in counted.items() if (said := each["state"])},
            "units": {
                name: unit
                for name, each in counted.items()
                if (unit := each["unit"]) in checking.UNITS
            },
            "required": ",".join(placeholders.required(self.payload)),
            "verdicts": {group.channel: group.verdict for group in self.said if group.channel},
        }

    def _counters(self) -> dict[str, Counter]:
        """On all channels, the fullest figure of each field."""
        asked = channels.ALL.values() if self.is_all else [channels.ALL[self.channel]]
        fullest: dict[str, Counter] = {}
        for channel in asked:
            for name, counter in notices.counters(self.reading, channel).items():
                if name not in fullest or _fullness(counter) > _fullness(fullest[name]):
                    fullest[name] = counter
        return fullest


def _fullness(counter: Counter) -> float:
    return counter["count"] / counter["max"] if counter["max"] else 0


def shown(kind: str, content: Content, chosen: QueryDict) -> Shown:
    """As the page's pickers ask for it; a forged pick falls back to the plainest."""
    channel = chosen.get("channel", "")
    known, beside = chosen.get("known"), chosen.get("beside")
    return Shown(
        kind,
        content,
        channel=channel if channel in {ALL, *channels.ALL} else next(iter(channels.ALL)),
        values=_values(chosen.get("values", "")),
        known=frozenset(known.split(",")) if known else None,
        look="dark" if chosen.get("look") == "dark" else "light",
        size="narrow" if chosen.get("size") == "narrow" else "",
        beside=beside if beside in BESIDE else BESIDE[0],
        today=timezone.localdate(),
    )


def _values(text: str) -> dict[str, str]:
    """The chosen contact's values; anything but an object of texts is nobody's."""
    try:
        values = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(values, dict):
        return {}
    return {_whole(name): _whole(text) for name, text in values.items() if isinstance(text, str)}


def _whole(text: str) -> str:
    """JSON can name half a character, which no page can hold."""
    return text.encode(errors="replace").decode()
