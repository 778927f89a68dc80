"""How a broadcast goes: its account as the page shows it, its pace, and what is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from push import broadcasts, outcomes, spans
from push.broadcasts import Tally
from push.minutes import COUNTED
from push.models import Broadcast, Delivery, Minute, Outcome

State = Broadcast.State
MOVING = (State.EXPANDING, State.RUNNING)

# Reasons are grouped over this many at most: counting all of a million would take seconds.
GROUPED = 20_000
# The pace is that of this minute and so many before it.
LATELY = timedelta(minutes=2)

PARTS: list[tuple[str, Promise, Promise]] = [
    ("sent", _("Sent"), _("FIRST LINE took it")),
    ("sending", _("Sending"), _("on the way")),
    ("waiting", _("Waiting"), _("not their turn yet")),
    ("held", _("Held"), _("talking with an agent")),
    ("failed", _("Failed"), _("refused; the reason is below")),
    ("uncertain", _("Uncertain"), _("no answer after it was sent")),
    ("cancelled", _("Cancelled"), _("never sent")),
]


@dataclass(frozen=True)
class Part:
    """One line of the account."""

    outcome: str
    label: str
    hint: str
    count: int

    @property
    def filter(self) -> str:
        """The deliveries' own word: in flight or in the queue, a delivery is pending."""
        return "pending" if self.outcome in ("sending", "waiting") else self.outcome


@dataclass(frozen=True)
class Reason:
    """Why some were not sent, in words that say what to do."""

    outcome: str
    reason: str
    text: str
    count: int


@dataclass(frozen=True)
class Progress:
    """A broadcast's account and pace at one moment; `lately` is what came back a minute of late."""

    broadcast: Broadcast
    tally: Tally
    now: datetime
    lately: int | None = None

    @property
    def parts(self) -> list[Part]:
        return [
            Part(name, str(label), str(hint), getattr(self.tally, name))
            for name, label, hint in PARTS
        ]

    @property
    def is_moving(self) -> bool:
        """Something changes by itself."""
        return self.broadcast.state in MOVING or self.tally.sending > 0 or self.is_closing

    @property
    def is_watched(self) -> bool:
        """Worth asking again: it moves, or somebody may resume it."""
        return self.is_moving or self.broadcast.state == State.PAUSED

    @property
    def is_closing(self) -> bool:
        return self.broadcast.state == State.CANCELLED and self.tally.waiting > 0

    @property
    def trouble(self) -> str:
        """Why nothing moves though it should, in words, or nothing."""
        return outcomes.reason_text(broadcasts.trouble(self.broadcast, now=self.now))

    @property
    def can_pause(self) -> bool:
        return self.broadcast.state in MOVING

    @property
    def can_resume(self) -> bool:
        return self.broadcast.state == State.PAUSED

    @property
    def can_cancel(self) -> bool:
        return self.can_pause or self.can_resume

    @property
    def can_retry(self) -> bool:
        return self.broadcast.state != State.CANCELLED

    @property
    def handled(self) -> int:
        return self.tally.audience - self.tally.waiting - self.tally.sending

    @property
    def undecided(self) -> int:
        return self.tally.held + self.tally.failed + self.tally.uncertain

    @property
    def elapsed(self) -> timedelta:
        begun = self.broadcast.started_at or self.broadcast.created_at
        return max((self.broadcast.finished_at or self.now) - begun, timedelta())

    @property
    def limit(self) -> int:
        return self.broadcast.rate_per_minute or settings.FIRSTLINE_RATE_PER_MINUTE

    @property
    def pace(self) -> int:
        """Posts a minute: of late while it runs, since the start once it does not."""
        if self.lately is not None:
            return self.lately
        return round(60 * self.handled / max(self.elapsed.total_seconds(), 1))

    @property
    def left(self) -> timedelta:
        """By the pace so far once there is one, by the set pace before."""
        pace = min(self.pace, self.limit) if self.handled >= 20 else 0
        return timedelta(minutes=(self.tally.waiting + self.tally.sending) / (pace or self.limit))

    @property
    def done_at(self) -> datetime:
        return self.now + self.left

    @property
    def elapsed_words(self) -> str:
        return spans.in_words(self.elapsed)

    @property
    def left_words(self) -> str:
        return spans.in_words(self.left)

    @property
    def announcement(self) -> str:
        """For those who listen: said again only when it changes, at every tenth."""
        tenth = 10 * self.handled // max(self.tally.audience, 1) * 10
        return gettext("%(state)s, %(percent)s percent done") % {
            "state": self.broadcast.get_state_display(),
            "percent": tenth,
        }


def of(broadcast: Broadcast, *, now: datetime) -> Progress:
    return Progress(broadcast, broadcasts.tally(broadcast), now, _lately(broadcast, now))


def _lately(broadcast: Broadcast, now: datetime) -> int | None:
    """Answers a minute in the last few; None of one that stands, or began this second."""
    if broadcast.state != State.RUNNING:
        return None
    begun = (broadcast.started_at, broadcast.resumed_at, now.replace(second=0) - LATELY)
    since = max(filter(None, begun))
    seconds = (now - since).total_seconds()
    rows = Minute.objects.filter(broadcast=broadcast, minute__gte=int(since.timestamp()) // 60)
    counted = rows.aggregate(**{f"{name}_sum": Sum(name, default=0) for name in COUNTED})
    return round(60 * sum(counted.values()) / seconds) if seconds >= 1 else None


def of_many(found: Iterable[Broadcast], *, now: datetime) -> list[Progress]:
    """In one query however many there are."""
    listed = list(found)
    tallies = broadcasts.tallies(broadcast.pk for broadcast in listed)
    return [Progress(each, tallies[each.pk], now) for each in listed]


def reasons(broadcast: Broadcast) -> list[Reason]:
    """Why the held, failed and uncertain ones were not sent, the most frequent first."""
    stuck = Delivery.objects.filter(
        broadcast=broadcast, outcome__in=[Outcome.HELD, Outcome.FAILED, Outcome.UNCERTAIN]
    )
    some = stuck.order_by("outcome", "pk").values("pk")[:GROUPED]
    rows = Delivery.objects.filter(pk__in=some).values_list("outcome", "reason")
    counted = rows.annotate(count=Count("pk")).order_by("-count", "outcome", "reason")
    return [
        Reason(outcome, reason, outcomes.reason_text(reason), count)
        for outcome, reason, count in counted
    ]
