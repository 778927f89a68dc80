"""The engine's loop in this process, against a server that really answers."""

import threading
import time
from uuid import uuid4

import pytest

from push import broadcasts, leases, outcomes, pacing, pump
from push.audience import Audience
from push.broadcasts import Tally
from push.models import Broadcast, Chunk, Pace
from push.pump import Limits
from tests.makers import make_contact
from tests.push.test_broadcasts import books_balance, make_broadcast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quick(settings):
    settings.FIRSTLINE_RATE_PER_MINUTE = 600_000
    settings.FIRSTLINE_TIMEOUT = (1.0, 1.0)
    settings.FIRSTLINE_CONCURRENCY = 4


def work(*, seconds=30.0):
    pump.run(Limits(threading.Event(), until=time.monotonic() + seconds))


def test_pump_posts_each_once_and_finishes(fake_firstline):
    broadcast = make_broadcast(contacts=30)

    work()

    broadcast.refresh_from_db()
    assert broadcast.state == Broadcast.State.DONE
    assert broadcasts.tally(broadcast) == Tally(audience=30, sent=30)
    assert sorted(post.json["message"] for post in fake_firstline.posts) == sorted(
        f"嗨 小明{number}" for number in range(30)
    )
    assert books_balance(broadcast)
