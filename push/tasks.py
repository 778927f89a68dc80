"""Hints: a task only says that there is work. Losing, repeating or sticking one is harmless."""

import logging

from django.db import DatabaseError, InterfaceError
from django_tasks import task
from redis.exceptions import RedisError

from push import engine, heartbeat

logger = logging.getLogger(__name__)


@task()
def pump() -> None:
    """Wakes the worker's engine; in another queue worker, which has none, does a turn itself."""
    if engine.Engine.running is not None:
        engine.Engine.running.wake.set()
        return
    heartbeat.beat()
    engine.sweep()
    engine.turn()
    if engine.is_work_left():
        hint()


def hint() -> None:
    """Asks the queue; where that is out of reach, an engine soon finds the work by itself."""
    try:
        pump.enqueue()
    except (DatabaseError, InterfaceError, RedisError, OSError) as error:
        logger.warning("a hint was lost, the work is not: %s", error)
