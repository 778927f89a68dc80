"""The books: a delivery's outcome never changes without the counters of its chunk.

Locks are always taken in this order: broadcast, chunk, deliveries, pace.
"""

import time
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now

from people import record
from push import minutes
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


class Page:
    """What one transaction changes in the books of one chunk; its counters take one UPDATE."""

    def __init__(self, chunk: Chunk) -> None:
        self.chunk = chunk
        self._changes: Counter[str] = Counter()
        self._came_back: Counter[str] = Counter()

    def move(self, rows: QuerySet[Delivery], before: str, after: str, **now: Any) -> int:
        """Gives the rows new fields and moves as many from one counter to another."""
        moved = rows.update(**now)
        self.change(before, after, moved)
        return moved

    def change(self, before: str, after: str, count: int) -> None:
        self._changes[before] -= count
        self._changes[after] += count

    def take_out(self, rows: QuerySet[Delivery], counter: str, *, into: int) -> int:
        """Makes the rows wait in another round; `open_round` then puts them into its chunks."""
        taken = rows.update(
            outcome=Outcome.PENDING, round=into, reason="", status=None, answer="", at=None
        )
        self._changes[counter] -= taken
        return taken

    def record(self, keys: Collection[int], outcome: str, **said: Any) -> None:
        """What came back of deliveries that were claimed; what is final stays as it is."""
        rows = Delivery.objects.filter(pk__in=keys, round=self.chunk.round)
        said |= {"outcome": outcome, "at": Now()}
        moved = self.move(rows.filter(outcome=Outcome.PENDING), "sending", outcome, **said)
        if moved < len(keys) and outcome != Outcome.UNCERTAIN:
            late = rows.filter(outcome=Outcome.UNCERTAIN)
            moved += self.move(late, "uncertain", outcome, **said)
        self._came_back[outcome] += moved

    def write(self, *, if_epoch: int | None = None, **fields: Any) -> bool:
        """Puts counters and fields down; with an epoch only while it is still the chunk's."""
        counters = {name: F(name) + by for name, by in self._changes.items() if by}
        self._changes.clear()
        if any(self._came_back.values()):
            minutes.add(self.chunk, self._came_back)
            self._came_back.clear()
        if not (counters or fields):
            return True
        rows = Chunk.objects.filter(pk=self.chunk.pk)
        if if_epoch is not None:
            rows = rows.filter(epoch=if_epoch)
        return bool(rows.update(**counters, **fields))


def open_round(broadcast: Broadcast, number: int, *, is_forced: bool) -> None:
    """Chunks for what waits in this new round of a broadcast that the caller has locked."""
    if broadcast.state == Broadcast.State.DONE:
        broadcast.state, broadcast.finished_at = Broadcast.State.RUNNING, None
    broadcast.rounds = number
    broadcast.save(update_fields=["rounds", "state", "finished_at"])
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


def close_cancelled(*, until: float) -> None:
    """Closes the books of cancelled broadcasts, chunk by chunk, as far as the time goes."""
    left = Chunk.objects.filter(state=Chunk.State.READY, broadcast__state=Broadcast.State.CANCELLED)
    for chunk in list(left.values_list("pk", flat=True)):
        if time.monotonic() > until:
            return
        close(chunk)


def close(chunk: int) -> None:
    """What was never claimed of a cancelled broadcast's chunk becomes cancelled."""
    with transaction.atomic():
        ready = Chunk.objects.filter(
            pk=chunk, state=Chunk.State.READY, broadcast__state=Broadcast.State.CANCELLED
        )
        for found in locked(ready):
            page = Page(found)
            rest = of(found).filter(outcome=Outcome.PENDING, pk__gt=found.claimed_to)
            page.move(rest, "waiting", "cancelled", outcome=Outcome.CANCELLED, reason="cancelled")
            page.write(state=Chunk.State.DONE)


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
    """Running broadcasts, or this one, that have nothing left to do are done.

    Looks for what is left only once the broadcast is locked: a retry may just be adding to it.
    """
    running = Broadcast.objects.filter(state=Broadcast.State.RUNNING)
    if broadcast is not None:
        running = running.filter(pk=broadcast)
    for key in list(running.values_list("pk", flat=True)):
        with transaction.atomic():
            locked_one = running.filter(pk=key).select_for_update().first()
            left = Chunk.objects.filter(broadcast=key).exclude(state=Chunk.State.DONE)
            if locked_one is not None and not left.exists():
                running.filter(pk=key).update(state=Broadcast.State.DONE, finished_at=Now())


def _batches(keys: Iterator[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for key in keys:
        batch.append(key)
        if len(batch) == CHUNK:
            yield batch
            batch = []
    if batch:
        yield batch
