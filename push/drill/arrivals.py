"""One post as it came in: what it was answered, and how it looks on the phone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.formats import date_format, time_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _

from composer import kinds, preview
from composer.vocabulary import message
from composer.vocabulary.gist import gist
from composer.vocabulary.message import Malformed
from push.drill import index
from push.drill.journal import NO_ANSWER

OUTCOMES = {200: "sent", 0: "uncertain", 409: "held", 429: "waiting", 503: "waiting"}
ANSWERS = {"held": _("Held"), "waiting": _("Not now")}
SILENCES = {
    "hang": _("The drill server kept silent until the sender gave up."),
    "reset": _("The connection broke before the answer."),
    "cut": _("The answer broke off in the middle."),
    "garbage": _("Something came back that was not HTTP."),
}


@dataclass(frozen=True)
class Arrival:
    """A post and its answer, from the index."""

    number: int
    at: datetime
    channel: str
    status: int
    body: Mapping[str, Any]
    answer: Mapping[str, Any]
    shop: str = ""

    @property
    def outcome(self) -> str:
        return OUTCOMES.get(self.status, "failed")

    @property
    def answered(self) -> str:
        """The answer in a word and its status, such as "Held 409"."""
        if self.is_in_phone:
            return str(_("Arrived") if self.status else _("Arrived, no answer"))
        word = _("Server error") if self.status >= 500 else _("Refused")
        return f"{ANSWERS.get(self.outcome, word)} {self.status}"

    @property
    def is_in_phone(self) -> bool:
        """The customer has it, whatever the sender was told."""
        return self.status in index.ARRIVED

    @property
    def is_forced(self) -> bool:
        return "is_force" in self.body

    @property
    def reason(self) -> str:
        """What the answer said; for a post without an answer, how it failed to come."""
        said = str(self.answer.get("message", ""))
        return str(SILENCES.get(said, said)) if self.status == NO_ANSWER else said

    @property
    def errors(self) -> list[tuple[str, str]]:
        found = self.answer.get("errors", {})
        return [(field, " ".join(reasons)) for field, reasons in found.items()]

    @property
    def json(self) -> str:
        return json.dumps(self.body, ensure_ascii=False, indent=2)

    @property
    def label(self) -> str:
        """What people call its kind; empty for a kind that there is not."""
        kind = self.body.get("type")
        return kinds.MESSAGES[kind].label if isinstance(kind, str) and kind in kinds.NAMES else ""

    @cached_property
    def shown(self) -> preview.Preview | None:
        """None for what is no message of ours: that was refused, and is shown as JSON."""
        try:
            said = kinds.read({name: self.body.get(name) for name in ("type", "message")})
        except Malformed:
            return None
        return preview.draw(
            message.payload(said), channel=self.channel, shop=self.shop, clock=self.clock
        )

    @property
    def clock(self) -> str:
        return time_format(localtime(self.at), "H:i")

    @property
    def when(self) -> str:
        """The time, with the day when that is not today."""
        at = localtime(self.at)
        return self.clock if at.date() == localdate() else f"{date_format(at, 'm-d')} {self.clock}"

    @property
    def gist(self) -> str:
        """The first words of it, for a list."""
        return gist(self.body.get("message"), length=80)
