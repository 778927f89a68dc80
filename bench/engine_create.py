"""What creating a broadcast costs beside one bare INSERT … SELECT into the same table."""

import statistics
import time
from collections.abc import Callable
from uuid import uuid4

from django.db import connection

from composer.models import Version
from push import broadcasts, engine
from push.audience import Audience
from push.models import Broadcast, Chunk, Delivery
from push.pump import Limits

ROUNDS = 3
INSERT = """
INSERT INTO push_delivery (broadcast_id, contact_id, outcome, round, reason, answer, "values")
SELECT %s, id, 'pending', 0, '', '', {values} FROM push_contact
WHERE channel = 'line' AND NOT do_not_disturb ORDER BY id
"""
VALUES = {"sqlite": "JSON_OBJECT('name', name)", "postgresql": "JSONB_BUILD_OBJECT('name', name)"}
EMPTY = {
    "sqlite": ["DELETE FROM push_delivery", "DELETE FROM push_chunk"],
    "postgresql": ["TRUNCATE push_delivery, push_chunk CASCADE"],
}


def times() -> tuple[float, float]:
    """Seconds, bare and ours, in turns, each into empty tables."""
    bare, ours = [], []
    for _round in range(ROUNDS):
        bare.append(timed(insert))
        ours.append(timed(create))
    return statistics.median(bare), statistics.median(ours)


def timed(deed: Callable[[], None]) -> float:
    with connection.cursor() as cursor:
        for query in EMPTY[connection.vendor]:
            cursor.execute(query)
    began = time.monotonic()
    deed()
    return time.monotonic() - began


def insert() -> None:
    done = Broadcast.objects.create(
        version=Version.objects.get(), channel="line", state=Broadcast.State.DONE
    )
    with connection.cursor() as cursor:
        cursor.execute(INSERT.format(values=VALUES[connection.vendor]), [done.pk])


def create() -> None:
    """Until the first post might leave."""
    audience = Audience("line", everyone=True)
    made = broadcasts.start(Version.objects.get(), audience=audience, by=None, press=uuid4())
    engine.prepare(Limits(engine.stopping, until=float("inf")))
    made.refresh_from_db()
    assert made.state == Broadcast.State.RUNNING, made.state
    assert Delivery.objects.filter(broadcast=made).count() == made.size
    assert sum(Chunk.objects.values_list("waiting", flat=True)) == made.size
