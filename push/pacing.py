"""The pace: when each post may leave and with which token, reserved in the claim's transaction.

All clocks are the database's, so machines whose clocks differ still keep one pace. FIRST LINE
counts by user, so each token has a pace of its own, and a broadcast's posts are dealt out to
whichever token's moment comes first.
"""

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from push import statements, tokens
from push.errors import NotPossible
from push.models import Pace

logger = logging.getLogger(__name__)

# Posts are claimed at most so far ahead of their time (seconds), so that a pause takes effect
# soon; and so much of a moment missed may be made up for.
HORIZON = 0.5
SLACK = 0.25
# A post that has not left so long after its moment stays, and gets another moment. This bounds
# what leaves in any minute, whichever process stumbles: the pace, 0.84 % of it, and one.
LATEST = 0.5
# While the API is out of reach or asks to wait, one post of each token tries after 2, 4, 8 … 60 of
# these (seconds); no wait that the API asks for is shorter than one of them.
UNIT = 1.0
LONGEST = 60
# The longest wait that is granted to who asks for one (seconds).
FARTHEST = 3_600.0
# More than a timestamp is rounded by (seconds).
JITTER = 0.01
# Posts a minute; far above what any server takes.
FASTEST = 1_000_000


@dataclass(frozen=True)
class Slot:
    """When a post may leave, in seconds from now, and with the token of which key.

    A probe is the one post that tries whether the API takes this token's posts again.
    """

    delay: float
    token: str
    is_probe: bool = False


@dataclass(frozen=True)
class Slots:
    """Moments that nobody else gets, and in how many seconds to ask for more.

    `is_refused`: there is no token left to post with.
    """

    slots: tuple[Slot, ...] = ()
    wait: float = 0.0
    is_refused: bool = False


NO_SLOTS = Slots()


def limit(own: int | None = None) -> int:
    """The most posts a minute that a broadcast may reach, with a pace of its own or without."""
    every = len(tokens.known()) * settings.FIRSTLINE_RATE_PER_MINUTE
    return min(own, every) if own else every


def refuse_nonsense(rate: int | None) -> None:
    """Raises NotPossible for a pace that no broadcast can have."""
    if rate is not None and rate < 1:
        raise NotPossible(_("The pace must be at least one post a minute."))
    if rate is not None and rate > FASTEST:
        raise NotPossible(_("The pace can be at most %(most)s posts a minute.") % {"most": FASTEST})


class Lane:
    """The moments of one row, in seconds from now; each that is taken moves the next one on.

    Nothing but trouble puts a moment off for longer than a step: one that seems so was put down
    at a slower pace, or by a clock that has been set back since, and is forgotten. The time is
    read once more for that: `now` is as of before the wait for the row, in which others may have
    taken many moments that must not be given away twice.
    """

    def __init__(
        self,
        row: Pace,
        rate: int,
        now: datetime,
        read_time: Callable[[], datetime] = statements.now,
    ) -> None:
        self.row, self._now = row, now
        # No second probe before the first one has come back, or its worker is surely dead.
        self.step = sum(settings.FIRSTLINE_TIMEOUT) + 1 if row.troubles else 60 / rate
        ahead = (row.next_at - now).total_seconds()
        farthest = FARTHEST if row.troubles else HORIZON + self.step + JITTER
        limit = timedelta(seconds=farthest)
        is_impossible = ahead > farthest and row.next_at - read_time() > limit
        self.next = 0.0 if is_impossible else max(ahead, 0.0 if row.troubles else -SLACK)
        self.is_taken = False

    def take(self, moment: float) -> None:
        self.next, self.is_taken = moment + self.step, True

    def save(self) -> None:
        if self.is_taken:
            until = self._now + timedelta(seconds=self.next)
            statements.update(Pace, where={"id": self.row.pk}, put={"next_at": until})


def reserve(count: int, *, broadcast: int, rate: int | None) -> Slots:
    """Up to so many moments, at the broadcast's own pace where it has one.

    Part of the caller's transaction.
    """
    own_key = f"broadcast:{broadcast}"
    rows, now = tokens.held(*[own_key] if rate else [])
    own = [Lane(row, rate, now) for row in rows if rate and row.key == own_key]
    lanes = [
        Lane(row, settings.FIRSTLINE_RATE_PER_MINUTE, now)
        for row in rows
        if row.key != own_key and row.refused_at is None
    ]
    if not lanes:
        return Slots(is_refused=True)
    slots = tuple(_dealt(lanes, own, count))
    for lane in lanes + own:
        lane.save()
    return Slots(
        slots,
        wait=max(_first(lanes).next, *(lane.next for lane in own), 0.0) - HORIZON,
    )


def _dealt(lanes: Collection[Lane], own: Collection[Lane], count: int) -> Iterable[Slot]:
    """Post by post to the token whose moment comes first, none sooner than the broadcast's own."""
    for _index in range(count):
        lane = _first(lanes)
        moment = max(lane.next, *(each.next for each in own)) if own else lane.next
        if moment > HORIZON:
            return
        for each in (lane, *own):
            each.take(moment)
        yield Slot(moment, lane.row.key, is_probe=lane.row.troubles > 0)


def _first(lanes: Collection[Lane]) -> Lane:
    return min(lanes, key=lambda lane: lane.next)


def throttle(
    seconds: float | None,
    reason: str,
    *,
    only: Collection[str] | None = None,
    probes: Collection[str] = (),
) -> None:
    """These tokens wait, or all: as long as was asked for, or twice as long each time.

    Each failed probe is one more trouble. Posts that were on their way when the trouble began
    fail one after another, and say nothing new.
    """
    rows, now = tokens.held()
    in_use = [row for row in rows if row.refused_at is None]
    if not any(row.troubles for row in in_use):
        logger.warning("nothing is posted for now (%s): trying again until it works", reason)
    for row in in_use:
        if only is None or row.key in only:
            _slow_down(row, now, seconds, reason, is_news=not row.troubles or row.key in probes)


def _slow_down(
    row: Pace, now: datetime, seconds: float | None, reason: str, *, is_news: bool
) -> None:
    # What a probe put off until it has come back is over now; the pace itself is kept.
    earliest = now if row.troubles and is_news else row.next_at
    row.troubles += is_news
    row.reason = reason
    wait = _backoff(row.troubles) if seconds is None else max(seconds, UNIT)
    if is_news:
        wait = max(wait, 60 / settings.FIRSTLINE_RATE_PER_MINUTE)
        row.next_at = max(earliest, now + timedelta(seconds=wait))
        logger.debug("try %s failed (%s): the next one in %g s", row.troubles, reason, wait)
    elif seconds is not None:
        row.next_at = max(row.next_at, now + timedelta(seconds=wait))
    row.save(update_fields=["next_at", "troubles", "reason"])


def probe_again(keys: Collection[str]) -> None:
    """The probes of these tokens came back without having left, so others may try."""
    Pace.objects.filter(key__in=keys, troubles__gt=0).update(next_at=Now())


def recover(keys: Collection[str]) -> None:
    """With these tokens the API answers again."""
    in_use = [row for row in tokens.held()[0] if row.refused_at is None and row.troubles]
    troubled = [row.pk for row in in_use if row.key in keys]
    if troubled:
        Pace.objects.filter(pk__in=troubled).update(troubles=0, reason="", next_at=Now())
        if len(troubled) == len(in_use):
            logger.info("posts are taken again")


def trouble() -> str:
    """Why nothing is posted just now, with any token, or nothing."""
    in_use = [each for each in tokens.standings() if not each.is_set_aside]
    if not in_use:
        return "token_refused"
    return min((each.reason for each in in_use), key=bool)


def _backoff(troubles: int) -> float:
    return UNIT * min(2 ** min(troubles, 6), LONGEST)
