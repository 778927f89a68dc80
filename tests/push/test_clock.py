"""The clock that leases are kept by goes on while the machine sleeps."""

import threading
import time

import pytest
from django.db import OperationalError

from push import clock, engine, leases, patience
from push.models import Chunk
from push.outcomes import Reply, Trouble
from push.pump import Run
from push.senders import Post, Senders
from tests.push.test_broadcasts import make_broadcast
from tests.push.turns import let_leases_run_out, limits


@pytest.fixture
def sleep(monkeypatch):
    """As if the machine had slept: only the clock that counts sleep has gone on."""
    real, slept = time.clock_gettime, []

    def clock_gettime(which):
        counts = which == time.CLOCK_BOOTTIME
        return real(which) + (sum(slept) if counts else 0)

    monkeypatch.setattr(time, "clock_gettime", clock_gettime)
    return slept.append


def test_the_clock_counts_sleep(sleep):
    before, awake = clock.now(), time.monotonic()

    sleep(3_600)

    assert clock.now() - before > 3_600
    assert time.monotonic() - awake < 3_600


@pytest.mark.django_db(transaction=True)
def test_whose_lease_ran_out_while_the_database_was_lost_gets_time_to_renew(sleep):
    make_broadcast(contacts=3)
    leases.take()
    let_leases_run_out()
    waiting = patience.Patience(threading.Event())

    waiting.wait(OperationalError("the connection is closed"))
    engine.sweep()
    at_once = Chunk.objects.get().state
    sleep(patience.SETTLED_AFTER)
    engine.sweep()

    assert (at_once, Chunk.objects.get().state) == (Chunk.State.LEASED, Chunk.State.READY)


@pytest.mark.django_db(transaction=True)
def test_a_lost_queue_says_nothing_of_leases():
    waiting = patience.Patience(threading.Event())

    waiting.wait(ConnectionError("no Redis"))

    assert patience.is_settled()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quick")
def test_a_machine_that_slept_longer_than_its_lease_posts_nothing(sleep, settings, fake_firstline):
    make_broadcast(contacts=1)
    run = Run(leases.take(), Senders(1), limits())
    sleep(settings.ENGINE_LEASE)

    now = clock.now()
    run.senders.send(Post(run.rows[0], run.envelope, run.lease, now, now + 60, token=None))
    [(_post, reply)] = run.senders.answers(timeout=10)

    assert reply == Reply(trouble=Trouble.HALTED)
    assert fake_firstline.posts == []
