"""Hints: that a broadcast wants preparing, that someone should pump. Losing one is harmless."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError
from django_tasks import task
from django_tasks.base import Task
from redis.exceptions import RedisError

from push import books, expansion, leases
from push import pump as engine
from push.models import Broadcast
from push.pump import Limits

logger = logging.getLogger(__name__)

# A task gives way after so many seconds, so that a small broadcast is never stuck behind a large
# one; what is left gets a new hint.
BUDGET = 10.0


# Set when the process is asked to end: what is on its way comes home, nothing new leaves.
stopping = threading.Event()
# Set while this process works: its sweeper then has no need to look for work.
working = threading.Event()


@contextmanager
def _work() -> Iterator[Limits]:
    working.set()
    try:
        yield Limits(stopping, until=time.monotonic() + BUDGET)
    finally:
        working.clear()


@task()
def expand(broadcast: int) -> None:
    """Prepares a broadcast: its audience becomes deliveries."""
    with _work() as limits:
        is_left = expansion.step(broadcast)
        while is_left and not limits.is_over():
            is_left = expansion.step(broadcast)
        books.complete(broadcast)
    hint(expand, broadcast) if is_left else hint(pump)


@task()
def pump() -> None:
    """Posts whatever waits, of whichever broadcast has waited longest."""
    with _work() as limits:
        books.close_cancelled(until=limits.until)
        engine.run(limits)
    if leases.is_work_left():
        hint(pump)


def sweep() -> None:
    """Makes good what dead workers and lost hints left behind; any process, any time."""
    leases.reap()
    books.complete()
    look_for_work()


def look_for_work() -> None:
    """An idle process asks for what waits without a hint."""
    if working.is_set():
        return
    for broadcast in Broadcast.objects.filter(state=Broadcast.State.EXPANDING):
        hint(expand, broadcast.pk)
    if leases.is_work_left():
        hint(pump)


def hint(what: Task, *args: Any) -> None:
    """Asks the queue for a task; where it is out of reach, a worker finds the work by itself."""
    try:
        what.enqueue(*args)
    except (RedisError, DatabaseError, OSError) as error:
        logger.warning("a hint was lost (%s): the next sweep makes up for it", error)
