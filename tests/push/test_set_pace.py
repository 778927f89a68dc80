"""A broadcast's own pace, changed while it runs."""

import threading

import pytest
from django.db import OperationalError, connection

from people.models import Entry
from push import broadcasts, clock, pump
from push.errors import NotPossible
from push.models import Broadcast
from push.pump import Limits
from tests.makers import make_user
from tests.push.test_broadcasts import make_broadcast
from tests.servers import wait_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("rate", [0, -1, 1_000_001])
def test_a_pace_that_is_nonsense_is_refused(rate):
    broadcast = make_broadcast(contacts=1)

    with pytest.raises(NotPossible, match="pace"):
        broadcasts.set_pace(broadcast, rate, by=None)

    assert Broadcast.objects.get().rate_per_minute is None


@pytest.mark.parametrize("state", ["done", "cancelled"])
def test_what_has_ended_has_no_pace(state):
    broadcast = make_broadcast(contacts=1)
    Broadcast.objects.update(state=state)

    with pytest.raises(NotPossible, match="ended"):
        broadcasts.set_pace(broadcast, 60, by=None)


def test_set_pace_is_recorded():
    broadcast, person = make_broadcast(contacts=1), make_user()

    broadcasts.set_pace(broadcast, 60, by=person)
    broadcasts.set_pace(broadcast, None, by=person)

    assert broadcast.rate_per_minute is None
    assert [(entry.verb, entry.detail) for entry in Entry.objects.filter(by=person)] == [
        ("paced", {"rate": None}),
        ("paced", {"rate": 60}),
    ]


def test_a_new_pace_takes_effect_while_the_broadcast_runs(fake_firstline, settings):
    settings.FIRSTLINE_RATE_PER_MINUTE = 600_000
    broadcast = make_broadcast(contacts=40)
    broadcasts.set_pace(broadcast, 1, by=None)
    change = threading.Thread(target=speed_up, args=(broadcast, fake_firstline))
    change.start()

    pump.run(Limits(threading.Event(), until=clock.now() + 20))

    change.join()
    assert broadcasts.tally(broadcast).sent == 40


def speed_up(broadcast, server):
    wait_for(lambda: server.posts, what="the first post at the slow pace")
    wait_for(lambda: is_faster(broadcast), what="a moment when nobody writes")
    connection.close()


def is_faster(broadcast):
    """SQLite in memory lets nobody wait for a lock."""
    try:
        broadcasts.set_pace(broadcast, 60_000, by=None)
    except OperationalError:
        return False
    return True
