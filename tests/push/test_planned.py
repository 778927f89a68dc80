"""Waves as a broadcast's page tells them, and who comes next."""

import pytest

from push import books, broadcasts
from push.models import Broadcast
from push.planned import Waves
from push.schedule import Plan
from tests.runs import make_run

pytestmark = pytest.mark.django_db


def waves_of(broadcast):
    broadcast.refresh_from_db()
    return Waves(broadcast, broadcasts.tally(broadcast))


def told(broadcast):
    return [(wave.size, wave.state) for wave in waves_of(broadcast).all]


def go_out(broadcast):
    """As if a worker had posted the wave that may leave."""
    for chunk in broadcast.chunks.filter(wave=broadcast.wave):
        page = books.Page(chunk)
        page.move(books.of(chunk), "waiting", "sent", outcome="sent")
        page.write(state="done")
    books.complete(broadcast.pk)
    broadcast.refresh_from_db()


def test_without_waves_everybody_comes_next():
    broadcast = make_run(waiting=3)

    assert (told(broadcast), waves_of(broadcast).coming) == ([], 3)


def test_waves_go_out_one_after_the_other():
    broadcast = make_run(waiting=6, plan=Plan(waves=(1, 2)))
    steps = [(told(broadcast), waves_of(broadcast).coming)]

    for _wave in range(3):
        go_out(broadcast)
        steps.append((told(broadcast), waves_of(broadcast).coming))
        broadcasts.resume(broadcast, by=None)

    assert steps == [
        ([(1, "now"), (2, "next"), (3, "next")], 1),
        ([(1, "done"), (2, "next"), (3, "next")], 2),
        ([(1, "done"), (2, "done"), (3, "next")], 3),
        ([(1, "done"), (2, "done"), (3, "done")], 0),
    ]


def test_a_pause_within_a_wave_keeps_later_ones_out():
    broadcast = make_run(waiting=6, plan=Plan(waves=(4,)))
    broadcasts.pause(broadcast, by=None)

    assert (told(broadcast), waves_of(broadcast).coming) == ([(4, "now"), (2, "next")], 4)


@pytest.mark.parametrize(
    ("audience", "sizes"), [(1, [1]), (2, [1, 1]), (3, [1, 2]), (4, [1, 2, 1])]
)
def test_a_small_audience_fills_only_the_first_waves(audience, sizes):
    broadcast = make_run(waiting=audience, plan=Plan(waves=(1, 2)))

    assert [size for size, _state in told(broadcast)] == sizes


def test_before_the_audience_is_known_the_rest_has_no_size():
    broadcast = make_run(plan=Plan(waves=(1, 5)))
    Broadcast.objects.update(state="scheduled")

    assert told(broadcast) == [(1, "next"), (5, "next"), (None, "next")]
