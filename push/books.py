"""The books: a delivery's outcome never changes without the counters of its chunk.

Locks are always taken in this order: broadcast, chunk, deliveries, pace.
"""

from collections.abc import Collection, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Now

from people import record
from push.models import Broadcast, Chunk, Delivery, Outcome

CHUNK = 1_000


def of(chunk: Chunk) -> QuerySet[Delivery]:
    """The chunk's own deliveries: no other chunk has them."""
    return Delivery.objects.filter(
        broadcast=chunk.broadcast_id,
        round=chunk.round,
        pk__gte=chunk.first,
        pk__lte=chunk.last,
    )


def locked(chunks: QuerySet[Chunk]) -> QuerySet[Chunk]:
    """The chunks, each held until the transaction ends, in the order everybody takes them."""
    return chunks.select_for_update(of=("self",)).order_by("pk")


def move(rows: QuerySet[Delivery], *, chunk: int, counters: tuple[str, str], **now: Any) -> int:
    """Gives the rows new fields and moves as many from one counter of the chunk to the other."""
    moved = rows.update(**now)
    if moved:
        before, after = counters
        Chunk.objects.filter(pk=chunk).update(
            **{before: F(before) - moved, after: F(after) + moved}
        )
    return moved


def take_out(rows: QuerySet[Delivery], *, chunk: int, counter: str, into: int) -> int:
    """Makes the rows wait in another round; `open_round` then puts them into chunks of it."""
    taken = rows.update(
        outcome=Outcome.PENDING, round=into, reason="", status=None, answer="", at=None
    )
    if taken:
        Chunk.objects.filter(pk=chunk).update(**{counter: F(counter) - taken})
    return taken


def open_round(broadcast: Broadcast, number: int, *, is_forced: bool) -> None:
    """Chunks for what waits in this round."""
    waiting = Delivery.objects.filter(
        broadcast=broadcast, outcome=Outcome.PENDING, round=number
    ).order_by("pk")
    Chunk.objects.bulk_create(
        chunks(broadcast, waiting.values_list("pk", flat=True).iterator(), number, is_forced)
    )


def chunks(
    broadcast: Broadcast, keys: Iterator[int], number: int, is_forced: bool
) -> Iterator[Chunk]:
    """New chunks of about a thousand for deliveries in ascending order."""
    for batch in _batches(keys):
        yield Chunk(
            broadcast=broadcast,
            round=number,
            is_forced=is_forced,
            first=batch[0],
            last=batch[-1],
            claimed_to=batch[0] - 1,
            waiting=len(batch),
        )


def close(chunk: int) -> None:
    """What was never claimed of a cancelled broadcast's chunk becomes cancelled."""
    with transaction.atomic():
        ready = Chunk.objects.filter(
            pk=chunk, state=Chunk.State.READY, broadcast__state=Broadcast.State.CANCELLED
        )
        for found in locked(ready):
            rest = of(found).filter(outcome=Outcome.PENDING, pk__gt=found.claimed_to)
            move(
                rest,
                chunk=found.pk,
                counters=("waiting", "cancelled"),
                outcome=Outcome.CANCELLED,
                reason="cancelled",
            )
            Chunk.objects.filter(pk=found.pk).update(state=Chunk.State.DONE)


def pause(broadcast: int, because: str) -> bool:
    """Stops what is being sent; false when nothing was."""
    active = Broadcast.objects.filter(
        pk=broadcast, state__in=[Broadcast.State.EXPANDING, Broadcast.State.RUNNING]
    )
    return bool(active.update(state=Broadcast.State.PAUSED, paused_because=because[:400]))


def pause_itself(broadcast: int, because: str) -> None:
    """As `pause`, when no person asked for it."""
    with transaction.atomic():
        if pause(broadcast, because):
            record.note(None, "paused", target=f"#{broadcast}", because=because)


def complete(broadcast: int | None = None) -> None:
    """Running broadcasts, or this one, that have nothing left to do are done."""
    left = Chunk.objects.filter(broadcast=OuterRef("pk")).exclude(state=Chunk.State.DONE)
    running = Broadcast.objects.filter(state=Broadcast.State.RUNNING)
    if broadcast is not None:
        running = running.filter(pk=broadcast)
    running.filter(~Exists(left)).update(state=Broadcast.State.DONE, finished_at=Now())


def only(rows: QuerySet[Delivery], keys: Collection[int] | None) -> QuerySet[Delivery]:
    return rows if keys is None else rows.filter(pk__in=keys)


def _batches(keys: Iterator[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for key in keys:
        batch.append(key)
        if len(batch) == CHUNK:
            yield batch
            batch = []
    if batch:
        yield batch
