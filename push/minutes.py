"""What came back in each minute: kept with the books, drawn as a broadcast's chart.

A minute counts events: what failed, was tried again and then sent is in it twice, each at its time.
What a worker that died had claimed became uncertain when that was found out. What people settle
is not in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import F, Max, Min, Sum

from push.models import Broadcast, Chunk, Minute

COUNTED = ("sent", "held", "failed", "uncertain")
# How many minutes one point of a chart may stand for, up to a day; then whole days.
STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1_440)

ADD = """
INSERT INTO push_minute (broadcast_id, chunk_id, minute, sent, held, failed, uncertain)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (chunk_id, minute) DO UPDATE SET
    sent = push_minute.sent + excluded.sent, held = push_minute.held + excluded.held,
    failed = push_minute.failed + excluded.failed,
    uncertain = push_minute.uncertain + excluded.uncertain
"""


@dataclass(frozen=True)
class Point:
    """What came back from `at` until the next point."""

    at: datetime
    sent: int = 0
    held: int = 0
    failed: int = 0
    uncertain: int = 0

    @property
    def total(self) -> int:
        return self.sent + self.held + self.failed + self.uncertain


@dataclass(frozen=True)
class Series:
    """Points at equal distances from the first answer to the last, without a gap."""

    step: timedelta
    points: list[Point]

    @property
    def highest(self) -> int:
        """The largest total of a point; 0 of an empty series."""
        return max((point.total for point in self.points), default=0)


def add(chunk: Chunk, counts: Mapping[str, int], *, now: datetime) -> None:
    """Counts what came back of a chunk that the caller has locked, in this minute."""
    minute = int(now.timestamp()) // 60
    with connection.cursor() as cursor:
        known = [chunk.broadcast_id, chunk.pk, minute]
        cursor.execute(ADD, [*known, *(counts.get(name, 0) for name in COUNTED)])


def series(broadcast: Broadcast, *, most: int = 60) -> Series:
    """As many points as fit, each of a round number of minutes."""
    minutes = Minute.objects.filter(broadcast=broadcast)
    ends = minutes.aggregate(first=Min("minute"), last=Max("minute"))
    if ends["first"] is None:
        return Series(timedelta(minutes=1), [])
    step = _step(ends["last"] - ends["first"] + 1, most)
    first, last = ends["first"] // step, ends["last"] // step
    sums = {f"{name}_sum": Sum(name) for name in COUNTED}
    rows = minutes.values(slot=F("minute") / step).annotate(**sums).values_list("slot", *sums)
    found: dict[int, list[int]] = {slot: counts for slot, *counts in rows}
    return Series(
        timedelta(minutes=step),
        [_point(slot * step, found.get(slot, [])) for slot in range(first, last + 1)],
    )


def _step(minutes: int, most: int) -> int:
    """The shortest that makes no more than so many points, two of which may be begun only."""
    whole = most - 2
    days = -(-minutes // (whole * 1_440))
    return next((step for step in STEPS if (minutes - 1) // step <= whole), days * 1_440)


def _point(minute: int, counts: list[int]) -> Point:
    return Point(datetime.fromtimestamp(60 * minute, UTC), *counts)
