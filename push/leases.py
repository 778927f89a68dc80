"""One worker at a time has a chunk: taken with a new epoch, kept by renewing, lost by silence.

Nobody posts a delivery at or below the `claimed_to` that was found when leasing; a worker that
lost its lease may still say what came back, and posts nothing new.
"""

import logging
import os
import secrets
import socket
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now

from composer.vocabulary.placeholders import is_blank
from push import books, clock, missing_values, schedule, statements
from push.books import Page
from push.isolation import Isolated, isolate
from push.models import Broadcast, Chunk, Delivery, Outcome

logger = logging.getLogger(__name__)

# The share of a lease after which a post that has not left any more stays.
SAFE = 0.8
# No lease ends so many leases from now.
BEYOND = 10
# One lease in so many goes to those who are tried again while others never had a turn.
AGAIN = 4
# What a step needs of a chunk's own columns.
OWN = ("id", "broadcast_id", "round", "claimed_to", "state", "epoch")


@dataclass(frozen=True)
class Row:
    """What posting one delivery takes."""

    key: int
    contactable_id: str
    values: dict[str, str] | None


@dataclass
class Lease:
    """A chunk in this worker's hands, by its epoch; `safe_until` is by `clock`."""

    chunk: int
    epoch: int
    broadcast: Broadcast
    is_forced: bool
    rows: list[Row]
    safe_until: float

    def renewed(self, began: float) -> None:
        """After the commit of a renewal that began then."""
        self.safe_until = _safe_until(began)


def take() -> Lease | None:
    """A chunk of the broadcast that waited longest, or None when there is nothing to post."""
    while True:
        with isolate() as step:
            return _take(step)


def _take(step: Isolated) -> Lease | None:
    began = clock.now()
    with transaction.atomic():
        chunk = _next()
        if chunk is None:
            return None
        step.broadcast = chunk.broadcast_id
        broadcast = Broadcast.objects.select_related("version").get(pk=chunk.broadcast_id)
        page = Page(chunk)
        rows = _unclaimed(page, broadcast)
        page.write(
            if_epoch=chunk.epoch,
            epoch=chunk.epoch + 1,
            state=Chunk.State.LEASED,
            owner=f"{socket.gethostname()}:{os.getpid()}"[:64],
            lease_until=_until(page.now),
        )
    Broadcast.objects.filter(pk=chunk.broadcast_id).update(pumped_at=Now())
    return Lease(chunk.pk, chunk.epoch + 1, broadcast, chunk.is_forced, rows, _safe_until(began))


def _next() -> Chunk | None:
    """Neither who never had a turn nor who is tried again waits until there is no other."""
    ready = (
        Chunk.objects.filter(
            books.may_leave(), state=Chunk.State.READY, broadcast__state=Broadcast.State.RUNNING
        )
        .exclude(broadcast__in=schedule.missed())
        .annotate(now=Now(), is_first_turn=Q(round=0))
    )
    turn = "-is_first_turn" if secrets.randbelow(AGAIN) else "is_first_turn"
    longest_first = F("broadcast__pumped_at").asc(nulls_first=True)
    locked = ready.select_for_update(skip_locked=True, of=("self",))
    return locked.order_by(longest_first, "broadcast", turn, "round", "pk").first()


def _unclaimed(page: Page, broadcast: Broadcast) -> list[Row]:
    """What may be posted next.

    Who is not to be disturbed since it began is left out for good, and so is who lacks a value
    that nobody decided about.
    """
    required = missing_values.undecided(broadcast.version.payload, broadcast.fallback_values)
    rows = books.of(page.chunk).filter(outcome=Outcome.PENDING, pk__gt=page.chunk.claimed_to)
    wanted = ("contact__do_not_disturb", "pk", "contact__contactable_id", "values")
    found = list(rows.order_by("pk").values_list(*wanted))
    left_out: dict[str, list[int]] = {"do_not_disturb": [], "blank_value": []}
    postable = []
    for is_silent, *each in found:
        row = Row(*each)
        if is_silent:
            left_out["do_not_disturb"].append(row.key)
        elif required and any(is_blank((row.values or {}).get(name)) for name in required):
            left_out["blank_value"].append(row.key)
        else:
            postable.append(row)
    for reason, keys in left_out.items():
        if keys:
            cancelled = {"outcome": Outcome.CANCELLED, "reason": reason}
            page.move(rows.filter(pk__in=keys), "waiting", "cancelled", **cancelled)
    return postable


def is_work_left() -> bool:
    """Whether a chunk waits that somebody should post, or whose books want closing."""
    to_post = Q(broadcast__state=Broadcast.State.RUNNING) & books.may_leave()
    to_close = Q(broadcast__state=Broadcast.State.CANCELLED, broadcast__paused_because="")
    return Chunk.objects.filter(to_post | to_close, state=Chunk.State.READY).exists()


@dataclass(frozen=True)
class Locked:
    """A chunk as far as a step needs it, held until the transaction ends.

    `now` is the database's time, `may_go_on` whether more of it may leave, `rate` its broadcast's
    own pace.
    """

    chunk: Chunk
    rate: int | None
    now: datetime
    may_go_on: bool

    @property
    def page(self) -> Page:
        return Page(self.chunk, now=self.now)


def lock(lease: Lease) -> Locked:
    [row] = statements.rows(_locked, lease.chunk)
    *own, rate, now, may_go_on = row
    chunk = Chunk.from_db("default", OWN, own)
    return Locked(chunk, rate, statements.moment(now), bool(may_go_on))


def _locked(key: int) -> QuerySet[Any, Any]:
    """Nothing is joined: whoever locks rows locks all that are."""
    running = Chunk.objects.filter(books.may_leave(), broadcast__state=Broadcast.State.RUNNING)
    rate = Broadcast.objects.filter(pk=OuterRef("broadcast")).values("rate_per_minute")
    may_go_on = Exists(running.filter(pk=OuterRef("pk")))
    chunk = Chunk.objects.filter(pk=key).select_for_update()
    return chunk.values_list(*OWN, Subquery(rate), Now(), may_go_on)


def is_held(lease: Lease, chunk: Chunk) -> bool:
    return chunk.epoch == lease.epoch and chunk.state == Chunk.State.LEASED


def claim(page: Page, rows: Collection[Row], lease: Lease) -> None:
    """Moves the watermark over these rows and renews; nothing may leave before the commit.

    It only grows, whatever the rows are.
    """
    chunk = page.chunk
    new = [row.key for row in rows if row.key > chunk.claimed_to]
    page.change("waiting", "sending", len(new))
    to = max(new, default=chunk.claimed_to)
    page.write(if_epoch=lease.epoch, claimed_to=to, lease_until=_until(page.now))


def leave(lease: Lease, *, is_done: bool) -> None:
    """Gives the chunk up: done, or ready for the next worker from the watermark on."""
    mine = Chunk.objects.filter(pk=lease.chunk, epoch=lease.epoch, state=Chunk.State.LEASED)
    if is_done:
        mine.update(state=Chunk.State.DONE, claimed_to=F("last"), owner="")
    else:
        mine.update(state=Chunk.State.READY, owner="")


def give_back(lease: Lease, keys: Collection[int]) -> None:
    """Deliveries that were claimed and surely not sent wait again, in a round of their own."""
    with transaction.atomic():
        broadcast = Broadcast.objects.select_for_update(no_key=True).get(pk=lease.broadcast.pk)
        page = lock(lease).page
        number = broadcast.rounds + 1
        rows = Delivery.objects.filter(pk__in=keys, round=page.chunk.round)
        taken = sum(
            page.take_out(rows.filter(outcome=outcome), counter, into=number)
            for outcome, counter in (
                (Outcome.PENDING, "sending"),
                (Outcome.UNCERTAIN, "uncertain"),
            )
        )
        page.write()
        if taken:
            books.open_round(broadcast, number, is_forced=lease.is_forced)


def reap() -> int:
    """Takes chunks from workers that fell silent; what they had claimed is uncertain.

    A lease that seems to end far ahead was taken before somebody set the clock back.
    """
    impossible = Now() + timedelta(seconds=BEYOND * settings.ENGINE_LEASE)
    is_over = Q(lease_until__lt=Now()) | Q(lease_until__gt=impossible)
    silent = Chunk.objects.filter(is_over, state=Chunk.State.LEASED)
    reaped = 0
    for key, broadcast in list(silent.values_list("pk", "broadcast")):
        with isolate(broadcast), transaction.atomic():
            still = silent.filter(pk=key).select_for_update(skip_locked=True)
            reaped += sum(_reap(chunk) for chunk in still)
    return reaped


def _reap(chunk: Chunk) -> int:
    page = Page(chunk)
    claimed = books.of(chunk).filter(outcome=Outcome.PENDING, pk__lte=chunk.claimed_to)
    uncertain = page.move(
        claimed,
        "sending",
        "uncertain",
        outcome=Outcome.UNCERTAIN,
        reason="worker_died",
        at=Now(),
    )
    page.came_back(Outcome.UNCERTAIN, uncertain)
    is_done = chunk.claimed_to >= chunk.last
    page.write(
        if_epoch=chunk.epoch,
        epoch=chunk.epoch + 1,
        state=Chunk.State.DONE if is_done else Chunk.State.READY,
        owner="",
    )
    logger.warning(
        "chunk %s of broadcast %s: worker %s fell silent, %s uncertain",
        chunk.pk,
        chunk.broadcast_id,
        chunk.owner,
        uncertain,
    )
    return 1


def _until(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.ENGINE_LEASE)


def _safe_until(began: float) -> float:
    return began + SAFE * settings.ENGINE_LEASE
