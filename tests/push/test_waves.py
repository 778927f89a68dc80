"""Waves: read as people write them, cut into chunks, one at a time, each on a person's word."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people.models import Entry
from push import books, broadcasts, engine, leases, outcomes, waves
from push.broadcasts import Tally
from push.models import Broadcast, Chunk
from push.planned import Waves
from push.schedule import Plan
from push.waves import Cut
from tests.push.test_broadcasts import books_balance, make_broadcast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quick(settings):
    settings.FIRSTLINE_RATE_PER_MINUTE = 600_000
    settings.FIRSTLINE_CONCURRENCY = 4


@pytest.mark.parametrize(
    ("text", "sizes"),
    [("1, 5, 50", (1, 5, 50)), ("1 → 5→50", (1, 5, 50)), ("3、4；5", (3, 4, 5)), ("", ())],
)
def test_read_takes_what_people_write(text, sizes):
    assert waves.read(text) == sizes


@pytest.mark.parametrize("text", ["0", "1, x", "1, 2000000", ",".join("1" * 13), "½", "1.5"])
def test_read_refuses_what_is_no_wave(text):
    with pytest.raises(ValueError, match=r"\w"):
        waves.read(text)


def test_cuts_end_at_waves_and_at_chunks():
    found = list(waves.cuts(0, 20, (1, 5), chunk=6))

    assert found == [Cut(1, 0), Cut(6, 1), Cut(12, 2), Cut(18, 2), Cut(20, 2)]


def test_cuts_go_on_in_the_middle_of_a_wave():
    assert list(waves.cuts(4, 10, (1, 5), chunk=6)) == [Cut(2, 1), Cut(8, 2), Cut(10, 2)]


def test_expansion_cuts_at_waves_whatever_the_steps_are(monkeypatch):
    monkeypatch.setattr("push.expansion.STEP", 4)

    broadcast = make_broadcast(contacts=9, plan=Plan(waves=(1, 5)))

    assert [(chunk.wave, chunk.waiting) for chunk in broadcast.chunks.all()] == [
        (0, 1),
        (1, 3),
        (1, 2),
        (2, 2),
        (2, 1),
    ]
    assert broadcasts.tally(broadcast) == Tally(audience=9, waiting=9)


def work(broadcast):
    engine.turn()
    broadcast.refresh_from_db()
    return broadcasts.tally(broadcast).sent


def coming(broadcast):
    """How many the broadcast's page says are next."""
    return Waves(broadcast, broadcasts.tally(broadcast)).coming


def test_each_wave_waits_for_a_persons_word(fake_firstline):
    broadcast = make_broadcast(contacts=9, plan=Plan(waves=(1, 5)))

    sent = [work(broadcast)]
    while broadcast.state == Broadcast.State.PAUSED:
        assert broadcast.paused_because == "wave"
        assert not engine.is_work_left()
        expected = coming(broadcast)
        broadcasts.resume(broadcast, by=None)
        sent.append(work(broadcast))
        assert sent[-1] - sent[-2] == expected

    assert (sent, broadcast.state) == ([1, 6, 9], Broadcast.State.DONE)
    assert len(fake_firstline.posts) == 9
    assert "Look at how it went" in outcomes.reason_text("wave")
    assert [entry.verb for entry in Entry.objects.order_by("pk")] == [
        "sent",
        *["paused", "resumed"] * 2,
    ]


def test_an_audience_within_the_first_wave_is_not_asked_about(fake_firstline):
    broadcast = make_broadcast(contacts=2, plan=Plan(waves=(5, 50)))

    assert (work(broadcast), broadcast.state) == (2, Broadcast.State.DONE)


def test_a_retry_between_waves_goes_on_and_asks_again(fake_firstline):
    fake_firstline.answer(404)
    broadcast = make_broadcast(contacts=9, plan=Plan(waves=(2, 3)))
    work(broadcast)
    assert broadcasts.tally(broadcast) == Tally(9, waiting=7, sent=1, failed=1)

    broadcasts.retry_failed(broadcast, by=None)
    sent = work(broadcast)

    assert (sent, broadcast.state, broadcast.paused_because) == (2, "paused", "wave")
    assert coming(broadcast) == 3
    broadcasts.resume(broadcast, by=None)
    assert work(broadcast) == 5
    assert books_balance(broadcast)


def test_pause_within_a_wave_does_not_open_the_next(fake_firstline):
    broadcast = make_broadcast(contacts=9, plan=Plan(waves=(2,)))
    broadcasts.pause(broadcast, by=None)
    before = coming(broadcast)
    broadcasts.resume(broadcast, by=None)

    sent = work(broadcast)

    assert (before, sent) == (2, 2)


def test_a_wave_is_over_when_its_dead_worker_is_swept_away():
    broadcast = make_broadcast(contacts=3, plan=Plan(waves=(1,)))
    lease = leases.take()
    past = timezone.now() - timedelta(seconds=1)
    first = Chunk.objects.filter(pk=lease.chunk)
    first.update(lease_until=past, claimed_to=lease.rows[0].key, waiting=0, sending=1)

    engine.sweep()
    engine.sweep()

    broadcast.refresh_from_db()
    assert (broadcast.state, broadcast.paused_because) == ("paused", "wave")
    assert broadcasts.tally(broadcast) == Tally(3, waiting=2, uncertain=1)
    assert leases.take() is None


def test_cancel_between_waves_closes_every_wave(fake_firstline):
    broadcast = make_broadcast(contacts=9, plan=Plan(waves=(1, 5)))
    work(broadcast)

    broadcasts.cancel(broadcast, by=None)

    assert broadcasts.tally(broadcast) == Tally(9, sent=1, cancelled=8)
    assert books_balance(broadcast)


def test_next_wave_of_one_that_waits_for_none_is_its_own():
    broadcast = make_broadcast(contacts=3, plan=Plan(waves=(1,)))

    assert books.next_wave(broadcast) == 0
