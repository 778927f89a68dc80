"""The books: a delivery's outcome never changes without the counters of its chunk.

Locks are always taken in this order: broadcast, chunk, deliveries, pace.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Now, RowNumber

from people import record
from push import clock, minutes, statements, waves
from push.isolation import isolate
from push.models import Broadcast, Chunk, Delivery, Outcome
from push.waves import Cut

CHUNK = 1_000
# Why a broadcast waits between two waves: a word for `outcomes.reason_text`.
WAVE = "wave"

State = Broadcast.State


def of(chunk: Chunk) -> QuerySet[Delivery]:
    """The chunk's own deliveries: no other chunk has them."""
    return _own(chunk.broadcast_id, chunk.round, chunk.first, chunk.last)


def _own(broadcast: int, number: Any, first: Any, last: Any) -> QuerySet[Delivery]:
    return Delivery.objects.filter(broadcast=broadcast, round=number, pk__gte=first, pk__lte=last)


def locked(chunks: QuerySet[Chunk]) -> QuerySet[Chunk]:
    """The chunks, each held until the transaction ends, in the order everybody takes them."""
    return chunks.select_for_update(of=("self",)).order_by("pk")


class Page:
    """What one transaction changes in the books of one chunk; its counters take one UPDATE."""

    def __init__(self, chunk: Chunk, *, now: datetime | None = None) -> None:
        self.chunk, self._now = chunk, now
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
        said |= {"outcome": outcome, "at": self.now}
        moved = self._record(keys, Outcome.PENDING, "sending", said)
        if moved < len(keys) and outcome != Outcome.UNCERTAIN:
            moved += self._record(keys, Outcome.UNCERTAIN, "uncertain", said)
        self.came_back(outcome, moved)

    def came_back(self, outcome: str, count: int) -> None:
        """So many more in this minute."""
        self._came_back[outcome] += count

    def _record(
        self, keys: Collection[int], before: Outcome, counter: str, said: Mapping[str, Any]
    ) -> int:
        where = {"outcome": before.value, "round": self.chunk.round, "id": list(keys)}
        moved = statements.update(Delivery, where=where, put=said)
        self.change(counter, said["outcome"], moved)
        return moved

    @cached_property
    def now(self) -> datetime:
        """The database's time, as of the lock where that told it."""
        return self._now or statements.now()

    def write(self, *, if_epoch: int | None = None, **fields: Any) -> bool:
        """Puts counters and fields down; with an epoch only while it is still the chunk's."""
        counters = {name: by for name, by in self._changes.items() if by}
        self._changes.clear()
        if any(self._came_back.values()):
            minutes.add(self.chunk, self._came_back, now=self.now)
            self._came_back.clear()
        if not (counters or fields):
            return True
        where = {"id": self.chunk.pk} | ({} if if_epoch is None else {"epoch": if_epoch})
        return bool(statements.update(Chunk, where=where, put=fields, add=counters))


def open_round(broadcast: Broadcast, number: int, *, is_forced: bool) -> None:
    """Chunks for what waits in this new round of a broadcast that the caller has locked.

    One that has ended, or only waits for its next wave, goes on: taken up at this moment.
    """
    fields: dict[str, Any] = {"rounds": number}
    if broadcast.state == State.DONE or broadcast.paused_because == WAVE:
        fields |= {"state": State.RUNNING, "finished_at": None, "paused_because": ""}
        fields["pumped_at"] = Now()
    Broadcast.objects.filter(pk=broadcast.pk).update(**fields)
    waiting = Delivery.objects.filter(broadcast=broadcast, outcome=Outcome.PENDING, round=number)
    cuts = waves.cuts(0, waiting.count(), (), chunk=CHUNK)
    open_chunks(broadcast, waiting, cuts, number=number, is_forced=is_forced)


def open_chunks(
    broadcast: Broadcast,
    waiting: QuerySet[Delivery],
    cuts: Iterable[Cut],
    *,
    number: int,
    is_forced: bool,
) -> None:
    """Chunks for these deliveries, cut there; only the keys at the cuts leave the database."""
    ends = {cut.end: cut.wave for cut in cuts}
    ranked = waiting.annotate(rank=Window(RowNumber(), order_by="pk"))
    marks = dict(ranked.filter(rank__in=[1, *ends]).values_list("rank", "pk"))
    begun, first = 0, marks.get(1, 0)
    opened = []
    for end, wave in ends.items():
        chunk = Chunk(broadcast=broadcast, round=number, wave=wave, is_forced=is_forced)
        chunk.first, chunk.last, chunk.claimed_to = first, marks[end], first - 1
        chunk.waiting = end - begun
        opened.append(chunk)
        begun, first = end, marks[end] + 1
    Chunk.objects.bulk_create(opened)


@dataclass(frozen=True)
class Which:
    """Deliveries with one outcome: all of them, those with these keys, or with this reason."""

    outcome: Outcome
    keys: Collection[int] | None = None
    reason: str = ""

    def of(self, deliveries: QuerySet[Delivery]) -> QuerySet[Delivery]:
        found = deliveries.filter(outcome=self.outcome)
        if self.reason:
            found = found.filter(reason=self.reason)
        return found if self.keys is None else found.filter(pk__in=self.keys)


def again(broadcast: Broadcast, which: Which, *, is_forced: bool) -> int:
    """These deliveries wait again, in a round of their own; gives how many.

    The caller has locked the broadcast.
    """
    number, taken = broadcast.rounds + 1, 0
    for page in pages(broadcast, which):
        rows = which.of(of(page.chunk))
        taken += page.take_out(rows, which.outcome.value, into=number)
        page.write()
    if taken:
        open_round(broadcast, number, is_forced=is_forced)
    return taken


def pages(broadcast: Broadcast, which: Which) -> list[Page]:
    """The books of the chunks that have such deliveries, locked."""
    counted = {f"{which.outcome.value}__gt": 0}
    chunks = Chunk.objects.filter(broadcast=broadcast, **counted)
    if which.reason:
        own = _own(broadcast.pk, OuterRef("round"), OuterRef("first"), OuterRef("last"))
        chunks = chunks.filter(Exists(which.of(own)))
    return [Page(chunk) for chunk in locked(chunks)]


def next_wave(paused: Broadcast) -> int:
    """The wave that is open once this broadcast goes on."""
    if paused.paused_because != WAVE:
        return paused.wave
    left = Chunk.objects.filter(broadcast=paused).exclude(state=Chunk.State.DONE)
    first: int | None = left.aggregate(first=Min("wave"))["first"]
    return paused.wave if first is None else first


def may_leave() -> Q:
    """Which chunks may be posted from at this moment: in an open wave, within the hours."""
    return (
        Q(wave__lte=F("broadcast__wave"))
        & (Q(broadcast__not_before=None) | Q(broadcast__not_before__lte=Now()))
        & (Q(broadcast__not_after=None) | Q(broadcast__not_after__gt=Now()))
    )


def close_cancelled(*, until: float) -> None:
    """Closes the books of cancelled broadcasts, chunk by chunk, as far as the time goes."""
    left = Chunk.objects.filter(state=Chunk.State.READY, broadcast__state=State.CANCELLED)
    for chunk, broadcast in list(left.values_list("pk", "broadcast")):
        if clock.now() > until:
            return
        with isolate(broadcast):
            close(chunk)


def close(chunk: int) -> None:
    """What was never claimed of a cancelled broadcast's chunk becomes cancelled."""
    with transaction.atomic():
        ready = Chunk.objects.filter(
            pk=chunk, state=Chunk.State.READY, broadcast__state=State.CANCELLED
        )
        for found in locked(ready):
            page = Page(found)
            rest = of(found).filter(outcome=Outcome.PENDING, pk__gt=found.claimed_to)
            page.move(rest, "waiting", "cancelled", outcome=Outcome.CANCELLED, reason="cancelled")
            page.write(state=Chunk.State.DONE)
            Broadcast.objects.filter(pk=found.broadcast_id, state=State.CANCELLED).update(
                paused_because=""
            )


def pause(broadcast: int, because: str) -> bool:
    """Stops what is being sent; false when nothing was."""
    active = Broadcast.objects.filter(pk=broadcast, state__in=[State.EXPANDING, State.RUNNING])
    return bool(active.update(state=State.PAUSED, paused_because=because[:400]))


def pause_itself(broadcast: int, because: str) -> None:
    """As `pause`, when no person asked for it."""
    with transaction.atomic():
        if pause(broadcast, because):
            record.note(None, "paused", target=f"#{broadcast}", because=because)


def complete(broadcast: int | None = None) -> None:
    """Running broadcasts, or this one, that have nothing left to do are done, or ask to go on.

    Looks for what is left only once the broadcast is locked: a retry may just be adding to it.
    """
    running = Broadcast.objects.filter(state=State.RUNNING)
    if broadcast is not None:
        running = running.filter(pk=broadcast)
    for key in list(running.values_list("pk", flat=True)):
        with isolate(key), transaction.atomic():
            locked_one = running.filter(pk=key).select_for_update(no_key=True).first()
            if locked_one is not None:
                _complete(locked_one)


def _complete(broadcast: Broadcast) -> None:
    left = Chunk.objects.filter(broadcast=broadcast).exclude(state=Chunk.State.DONE)
    if left.filter(wave__lte=broadcast.wave).exists():
        return
    if left.exists():
        pause_itself(broadcast.pk, WAVE)
    else:
        Broadcast.objects.filter(pk=broadcast.pk).update(state=State.DONE, finished_at=Now())
