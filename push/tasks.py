"""Hints: that a broadcast wants preparing, that someone should pump. Losing one is harmless."""

import logging
import time
from typing import Any

from django.db import DatabaseError
from django_tasks import task
from django_tasks.base import Task
from redis.exceptions import RedisError

from push import books, expansion

logger = logging.getLogger(__name__)

# A task gives way after so many seconds, so that a small broadcast is never stuck behind a large
# one; what is left gets a new hint.
BUDGET = 10.0


@task()
def expand(broadcast: int) -> None:
    """Prepares a broadcast: its audience becomes deliveries."""
    until = time.monotonic() + BUDGET
    while expansion.step(broadcast):
        if time.monotonic() > until:
            hint(expand, broadcast)
            return
    books.complete(broadcast)
    hint(pump)


@task()
def pump() -> None:
    """Posts whatever waits, of whichever broadcast has waited longest."""


def hint(what: Task, *args: Any) -> None:
    """Asks the queue for a task; where it is out of reach, a worker finds the work by itself."""
    try:
        what.enqueue(*args)
    except (RedisError, DatabaseError, OSError) as error:
        logger.warning("a hint was lost (%s): the next sweep makes up for it", error)
