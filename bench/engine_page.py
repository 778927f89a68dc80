"""How long the page of a finished broadcast takes."""

import statistics
import time
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Count, F
from django.test import Client
from django.utils import timezone

from composer.models import Version
from push import books, broadcasts, engine
from push.audience import Audience
from push.models import Broadcast, Chunk, Delivery, Minute, Outcome
from push.pump import Limits

TIMES, WARM_UP = 40, 5
# Of a hundred deliveries one each: the page says why, and lists whom.
RARE: dict[int, dict[str, Any]] = {
    7: {"outcome": Outcome.HELD, "reason": "agent_talking", "status": 409},
    29: {"outcome": Outcome.FAILED, "reason": "not_found", "status": 404},
    83: {"outcome": Outcome.UNCERTAIN, "reason": "no_answer", "status": None},
}
MINUTES = 60


def milliseconds() -> float:
    made = broadcasts.start(
        Version.objects.get(), audience=Audience("line", everyone=True), by=None, press=uuid4()
    )
    engine.prepare(Limits(engine.stopping, until=float("inf")))
    finish(made)
    return statistics.median(visits(f"/broadcasts/{made.pk}/"))


def finish(broadcast: Broadcast) -> None:
    """As a worker leaves it after an hour."""
    ended = timezone.now()
    rows = Delivery.objects.filter(broadcast=broadcast)
    rows.update(outcome=Outcome.SENT, status=200, at=ended)
    numbered = rows.annotate(number=F("pk") % 100)
    for number, said in RARE.items():
        numbered.filter(number=number).update(**said)
    minute = int(ended.timestamp()) // 60
    for index, chunk in enumerate(Chunk.objects.filter(broadcast=broadcast)):
        close(chunk, minute=minute - index % MINUTES)
    # A small one took its hour as well, so that both pages draw the same chart.
    first = Chunk.objects.filter(broadcast=broadcast).earliest("pk")
    Minute.objects.create(broadcast=broadcast, chunk=first, minute=minute - MINUTES)
    begun = ended - timedelta(minutes=MINUTES)
    Broadcast.objects.filter(pk=broadcast.pk).update(
        state=Broadcast.State.DONE, started_at=begun, finished_at=ended
    )
    with connection.cursor() as cursor:
        # As PostgreSQL's own daemon would soon do.
        cursor.execute("ANALYZE")


def close(chunk: Chunk, *, minute: int) -> None:
    """Counters as the deliveries are."""
    rows = books.of(chunk).order_by().values_list("outcome")
    counts = {str(outcome): count for outcome, count in rows.annotate(Count("pk"))}
    done = {"waiting": 0, "claimed_to": chunk.last, "state": Chunk.State.DONE}
    Chunk.objects.filter(pk=chunk.pk).update(**done, **counts)
    Minute.objects.create(broadcast=chunk.broadcast, chunk=chunk, minute=minute, **counts)


def visits(address: str) -> list[float]:
    """As an administrator who keeps the page open; the first visits warm up."""
    boss = User.objects.create_superuser("bench")
    client = Client(SERVER_NAME="127.0.0.1", headers={"accept-language": "en"})
    client.force_login(boss)
    spans = []
    for _time in range(WARM_UP + TIMES):
        began = time.perf_counter()
        answer = client.get(address)
        spans.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200
    return spans[WARM_UP:]
