"""What came back by the minute, as a broadcast's page draws it."""

from datetime import UTC, datetime, timedelta

import pytest

from push import books, broadcasts, minutes
from push.minutes import Point, Series
from push.models import Minute, Outcome
from tests.push.test_broadcasts import make_broadcast, post

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def record(broadcast, *outcomes):
    """As if a worker had posted the first few."""
    keys = list(broadcast.deliveries.order_by("pk").values_list("pk", flat=True))
    broadcast.chunks.update(sending=len(outcomes), waiting=0)
    page = books.Page(broadcast.chunks.get())
    for key, outcome in zip(keys, outcomes, strict=True):
        page.record([key], outcome.value, reason="")
    page.write()
    return keys


def came_back(broadcast, **counts):
    """So many were sent at so many minutes after noon."""
    chunk = broadcast.chunks.get()
    start = int(NOON.timestamp()) // 60
    for after, sent in counts.items():
        minute = start + int(after.removeprefix("m"))
        Minute.objects.create(broadcast=broadcast, chunk=chunk, minute=minute, sent=sent)


def test_the_minutes_add_up_to_what_came_back():
    broadcast = make_broadcast(contacts=5)

    record(broadcast, Outcome.SENT, Outcome.SENT, Outcome.HELD, Outcome.FAILED, Outcome.UNCERTAIN)

    [point] = minutes.series(broadcast).points
    tally = broadcasts.tally(broadcast)
    assert (point.sent, point.held, point.failed, point.uncertain) == (2, 1, 1, 1)
    assert (tally.sent, tally.held, tally.failed, tally.uncertain) == (2, 1, 1, 1)
    assert timedelta() <= datetime.now(UTC) - point.at < timedelta(minutes=2)


def test_a_minute_is_one_row_for_each_chunk_and_counts_on():
    broadcast = make_broadcast(contacts=2)
    chunk = broadcast.chunks.get()

    for _ in range(3):
        minutes.add(chunk, {"sent": 2, "held": 1}, now=NOON)

    assert sum(point.sent for point in minutes.series(broadcast).points) == 6
    assert Minute.objects.get().minute == NOON.timestamp() // 60


def test_what_comes_late_is_counted_when_it_comes():
    broadcast = make_broadcast(contacts=1)
    [key] = record(broadcast, Outcome.UNCERTAIN)

    page = books.Page(broadcast.chunks.get())
    page.record([key], Outcome.SENT.value, reason="")
    page.record([key], Outcome.SENT.value, reason="")
    page.write()

    points = minutes.series(broadcast).points
    assert sum(point.sent for point in points) == sum(point.uncertain for point in points) == 1


def test_what_people_settle_came_back_of_nothing():
    broadcast = make_broadcast(contacts=1)
    post(broadcast, Outcome.UNCERTAIN)

    page = books.Page(broadcast.chunks.get())
    page.move(broadcast.deliveries.all(), "uncertain", "sent", outcome=Outcome.SENT)
    page.write()

    assert minutes.series(broadcast) == Series(timedelta(minutes=1), [])


def test_series_has_no_gaps():
    broadcast = make_broadcast(contacts=1)
    came_back(broadcast, m0=3, m2=1)

    assert minutes.series(broadcast) == Series(
        timedelta(minutes=1),
        [
            Point(NOON, sent=3),
            Point(NOON + timedelta(minutes=1)),
            Point(NOON + timedelta(minutes=2), sent=1),
        ],
    )
    assert minutes.series(broadcast).highest == 3


@pytest.mark.parametrize(
    ("length", "step", "points"),
    [(1, 1, 1), (59, 1, 59), (60, 2, 30), (290, 5, 58), (1_440, 30, 48), (100_000, 2_880, 36)],
)
def test_series_has_as_many_points_as_fit(length, step, points):
    broadcast = make_broadcast(contacts=1)
    came_back(broadcast, **{"m0": 3, f"m{length - 1}": 4} if length > 1 else {"m0": 7})

    found = minutes.series(broadcast)

    assert found.step == timedelta(minutes=step)
    assert len(found.points) - points in (0, 1)
    assert sum(point.sent for point in found.points) == 7


def test_series_is_two_queries(django_assert_num_queries):
    broadcast = make_broadcast(contacts=1)
    came_back(broadcast, m0=3, m2=1)

    with django_assert_num_queries(2):
        minutes.series(broadcast)
