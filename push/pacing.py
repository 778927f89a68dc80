"""The pace: when each post may leave, reserved in the transaction that claims the post.

All clocks are the database's, so machines whose clocks differ still keep one pace.
"""

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models.functions import Now

from push.models import Broadcast, Pace

logger = logging.getLogger(__name__)

# Posts are claimed at most so far ahead of their time, so that a pause takes effect soon.
HORIZON = timedelta(seconds=1)
# So much of a moment missed may be made up for; the API counts by the minute.
SLACK = timedelta(seconds=0.25)
LONGEST = timedelta(minutes=1)

Rates = Mapping[str, int]


@dataclass(frozen=True)
class Slots:
    """When posts may leave, in seconds from now, and in how many seconds to ask for more.

    `is_probe`: the API was in trouble, and one post is let through to see.
    """

    delays: tuple[float, ...]
    wait: float
    is_probe: bool = False


NO_SLOTS = Slots(delays=(), wait=0.0)


def token() -> str:
    """The token's row, which everything that is posted with it shares; not the token itself."""
    return "token:" + hashlib.sha256(settings.FIRSTLINE_API_TOKEN.encode()).hexdigest()[:16]


def rates(broadcast: Broadcast) -> Rates:
    """Posts a minute: the token's, and the broadcast's own where it has one."""
    own = {f"broadcast:{broadcast.pk}": broadcast.rate_per_minute or 0}
    return {token(): settings.FIRSTLINE_RATE_PER_MINUTE} | {
        key: own[key] for key in own if own[key]
    }


def reserve(wanted: Rates, count: int) -> Slots:
    """Up to so many moments that nobody else gets; part of the caller's transaction."""
    rows, now = _locked(*wanted)
    steps = [timedelta(minutes=1) / wanted[row.key] for row in rows]
    is_probe = any(row.troubles for row in rows)
    starts = [max(row.next_at, now if is_probe else now - SLACK) for row in rows]
    moments = _moments(starts, steps, until=now + HORIZON, count=1 if is_probe else count)
    if moments:
        for row, step in zip(rows, steps, strict=True):
            row.next_at = moments[-1] + (_backoff(row.troubles) if row.troubles else step)
            row.save(update_fields=["next_at"])
    following = max(row.next_at for row in rows)
    return Slots(
        delays=tuple((moment - now).total_seconds() for moment in moments),
        wait=(following - HORIZON - now).total_seconds(),
        is_probe=is_probe,
    )


def throttle(seconds: float | None, reason: str) -> None:
    """Everybody waits: as long as was asked for, or twice as long each time, up to a minute."""
    [row], now = _locked(token())
    if not row.troubles:
        logger.warning("nothing is posted for now (%s): trying again by itself", reason)
    if row.next_at <= now + HORIZON:
        row.troubles += 1
    row.reason = reason
    wait = _backoff(row.troubles) if seconds is None else timedelta(seconds=seconds)
    row.next_at = max(row.next_at, now + wait)
    row.save(update_fields=["next_at", "troubles", "reason"])


def recover() -> None:
    """The API answers again."""
    troubled = Pace.objects.filter(key=token(), troubles__gt=0)
    if troubled.update(troubles=0, reason="", next_at=Now()):
        logger.info("posts are taken again")


def trouble() -> str:
    """Why nothing is posted just now, or nothing."""
    return Pace.objects.filter(key=token()).values_list("reason", flat=True).first() or ""


def _moments(
    starts: list[datetime], steps: list[timedelta], *, until: datetime, count: int
) -> list[datetime]:
    found: list[datetime] = []
    for index in range(count):
        moment = max(start + index * step for start, step in zip(starts, steps, strict=True))
        if moment > until:
            break
        found.append(moment)
    return found


def _backoff(troubles: int) -> timedelta:
    return min(timedelta(seconds=2 ** min(troubles, 6)), LONGEST)


def _locked(*keys: str) -> tuple[list[Pace], datetime]:
    """The rows, held until the transaction ends, the token's first for everybody; and the time."""
    found = [_row(key) for key in sorted(keys, reverse=True)]
    return [row for row, _now in found], found[0][1]


def _row(key: str) -> tuple[Pace, datetime]:
    rows = Pace.objects.annotate(now=Now()).filter(key=key)
    row = rows.select_for_update().first()
    if row is None:
        Pace.objects.get_or_create(key=key, defaults={"next_at": Now()})
        row = rows.select_for_update().get()
    return row, row.now
