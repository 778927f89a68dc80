"""How a broadcast goes: its account as the page shows it, its pace, and what is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from push import broadcasts, outcomes, pacing, quiet, schedule, spans
from push.broadcasts import Tally
from push.minutes import COUNTED
from push.models import Broadcast, Minute
from push.planned import Waves

State = Broadcast.State

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
class Progress:
    """A broadcast's account and pace at one moment.

    `lately` is what came back a minute of late, `because` a word for why nothing moves.
    """

    broadcast: Broadcast
    tally: Tally
    now: datetime
    lately: int | None = None
    because: str = ""

    @property
    def template(self) -> str:
        """The panel that says how it goes, or when it will."""
        is_planned = self.broadcast.state == State.SCHEDULED
        return f"push/_broadcast_{'plan' if is_planned else 'run'}.html"

    @property
    def parts(self) -> list[Part]:
        return [
            Part(name, str(label), str(hint), getattr(self.tally, name))
            for name, label, hint in PARTS
        ]

    @property
    def is_moving(self) -> bool:
        """Something changes by itself."""
        return self.broadcast.state in schedule.MOVING or self.tally.sending > 0 or self.is_closing

    @property
    def is_watched(self) -> bool:
        """Worth asking again: it moves, begins by itself, or somebody may resume it."""
        return self.is_moving or self.broadcast.state in (State.PAUSED, State.SCHEDULED)

    @property
    def is_closing(self) -> bool:
        return self.broadcast.state == State.CANCELLED and self.tally.waiting > 0

    @property
    def trouble(self) -> str:
        """Why nothing moves though it should, in words, or nothing.

        Before its time, and in quiet hours, only a missing worker matters.
        """
        is_waiting = self.opens_at or self.is_before_its_time
        is_named = not is_waiting or self.because == "no_worker"
        return outcomes.reason_text(self.because) if is_named else ""

    @property
    def has_time_left(self) -> bool:
        """Whether a finish can be promised: only while posts leave, and go on leaving until then.

        Not beyond the hour at which the quiet hours stop it.
        """
        closes, is_going = self.broadcast.not_after, self.broadcast.state == State.RUNNING
        stands = bool(self.opens_at or self.because)
        is_work_left = self.waves.coming + self.tally.sending > 0
        reaches_quiet = closes is not None and self.done_at > closes
        return is_going and is_work_left and not stands and not reaches_quiet

    @property
    def later(self) -> int:
        """How many wait for a batch that a person has yet to start."""
        return self.tally.waiting - self.waves.coming

    @property
    def waves(self) -> Waves:
        return Waves(self.broadcast, self.tally)

    @property
    def opens_at(self) -> datetime | None:
        """When it goes on by itself: until then it keeps the quiet hours, or may be taken back."""
        at, is_going = self.broadcast.not_before, self.broadcast.state in schedule.MOVING
        return at if is_going and at and at > self.now else None

    @property
    def is_before_its_time(self) -> bool:
        at = self.broadcast.start_at
        return self.broadcast.state == State.SCHEDULED and at is not None and at > self.now

    @property
    def is_quiet(self) -> bool:
        return self.broadcast.keeps_quiet_hours and self.opens_at is not None

    @property
    def quiet_hours(self) -> str:
        return quiet.in_words()

    @property
    def is_late(self) -> bool:
        return self.broadcast.paused_because in (schedule.LATE, schedule.ARCHIVED)

    @property
    def never_began(self) -> bool:
        """Nobody is in its audience yet, which is fixed when it begins."""
        return self.is_late and not self.tally.audience

    @property
    def has_left(self) -> bool:
        """A message has left, or may have."""
        return self.answered + self.tally.sending > 0

    @property
    def never_sent(self) -> int:
        """Of a cancelled one: who surely did not get it, also where that is still being noted."""
        tally = self.tally
        return tally.cancelled + tally.waiting + tally.held + tally.failed

    @property
    def begins_in(self) -> str:
        """How long until its time, in words."""
        at = self.broadcast.start_at
        return spans.in_words(max(at - self.now, timedelta())) if at else ""

    @property
    def leaves_at(self) -> datetime | None:
        """When the first messages leave, where the quiet hours put them off."""
        at = self.broadcast.start_at
        put_off = at and self.broadcast.keeps_quiet_hours and quiet.contains(at)
        return quiet.allowed(at) if at and put_off else None

    @property
    def can_pause(self) -> bool:
        return self.broadcast.state in schedule.MOVING

    @property
    def can_resume(self) -> bool:
        return self.broadcast.state == State.PAUSED

    @property
    def can_cancel(self) -> bool:
        return self.can_pause or self.can_resume or self.broadcast.state == State.SCHEDULED

    @property
    def can_retry(self) -> bool:
        return self.broadcast.state != State.CANCELLED and self.broadcast.erased_at is None

    @property
    def answered(self) -> int:
        """How many posts came to an end; a post without an answer did too."""
        return self.tally.sent + self.tally.held + self.tally.failed + self.tally.uncertain

    @property
    def percent(self) -> int:
        """Sent, of the audience: 100 only when every contact was sent it."""
        return 100 * self.tally.sent // max(self.tally.audience, 1)

    @property
    def undecided(self) -> int:
        """Who waits for a person; held contacts do not while they are tried again by themselves."""
        if not self.can_retry:
            return self.tally.uncertain
        held = 0 if self.broadcast.held_again_at else self.tally.held
        return held + self.tally.failed + self.tally.uncertain

    @property
    def unsent(self) -> int:
        return self.tally.held + self.tally.failed + self.tally.uncertain

    @property
    def elapsed(self) -> timedelta:
        begun = self.broadcast.started_at or self.broadcast.created_at
        return max((self.broadcast.finished_at or self.now) - begun, timedelta())

    @property
    def limit(self) -> int:
        """Posts a minute at most, by its own pace and the tokens'."""
        return pacing.limit(self.broadcast.rate_per_minute)

    @property
    def pace(self) -> int:
        """Posts a minute, never above the limit: of late while it runs, since the start after."""
        if self.because or self.opens_at:
            return 0
        if self.lately is not None:
            return min(self.lately, self.limit)
        return min(round(60 * self.answered / max(self.elapsed.total_seconds(), 1)), self.limit)

    @property
    def left(self) -> timedelta:
        """Until what may leave now has left: by the pace so far, by the set pace at first."""
        pace = self.pace if self.answered >= 20 else 0
        count = self.waves.coming + self.tally.sending
        return timedelta(minutes=count / (pace or self.limit))

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
        said = gettext("%(state)s, %(percent)s percent sent") % {
            "state": self.broadcast.get_state_display(),
            "percent": self.percent // 10 * 10,
        }
        return f"{said}. {self.trouble}" if self.trouble else said


def of(broadcast: Broadcast, *, now: datetime) -> Progress:
    tally, because = broadcasts.tally(broadcast), broadcasts.trouble(broadcast)
    return Progress(broadcast, tally, now, _lately(broadcast, now), because)


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
