"""Contacts who were talking with an agent are tried again by themselves, round after round.

A round every ten minutes takes all who are held then, for a day after everybody had a turn. Rounds
keep the quiet hours, unless the broadcast itself was let into them. While a broadcast is paused
or once it is cancelled nobody is tried; what is waited out so is not taken off the day. The record
says when this begins, and when it is given up or a person stops it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Now

from people import record
from push import books, quiet
from push.books import Which
from push.isolation import isolate
from push.models import Broadcast, Chunk, Outcome

State = Broadcast.State


def try_again() -> None:
    """Any process, any time, as often as one likes."""
    if settings.HELD_FOR_HOURS:
        for key in list(_due().values_list("pk", flat=True)):
            with isolate(key):
                _look_after(key)


def stop(broadcast: Broadcast, *, by: User) -> bool:
    """No more rounds; false when there were to be none. Who is held stays so, to be tried by hand.

    What a round that is under way has taken up goes on: cancelling ends that too.
    """
    with transaction.atomic():
        trying = Broadcast.objects.filter(pk=broadcast.pk, held_again_at__isnull=False)
        stopped = trying.exclude(state=State.CANCELLED).update(held_again_at=None, held_until=Now())
        if stopped:
            record.note(by, "stopped held", target=broadcast, contacts=_count(broadcast))
    broadcast.refresh_from_db()
    return bool(stopped)


def put_off(broadcast: QuerySet[Broadcast]) -> None:
    """The next round comes a whole pause from now, as what never had a turn goes first."""
    trying = broadcast.filter(held_again_at__isnull=False)
    trying.update(held_again_at=Now() + _pause(), held_until=Now() + _long())


def _due() -> QuerySet[Broadcast]:
    held = Chunk.objects.filter(broadcast=OuterRef("pk"), held__gt=0)
    is_new = Q(held_until=None) & Exists(held)
    going = Broadcast.objects.filter(state__in=[State.RUNNING, State.DONE])
    return going.filter(is_new | Q(held_again_at__lte=Now()))


def _look_after(key: int) -> None:
    with transaction.atomic():
        for found in _due().filter(pk=key).select_for_update(no_key=True).annotate(now=Now()):
            until = _until(found, found.now)
            if until is None:
                _begin(found, found.now)
            elif until <= found.now:
                _give_up(found)
            else:
                _round(found, found.now, until)


def _begin(broadcast: Broadcast, now: datetime) -> None:
    _keep(broadcast, now + _pause(), now + _long())
    record.note(None, "waits for held", target=broadcast, contacts=_count(broadcast))


def _give_up(broadcast: Broadcast) -> None:
    _keep(broadcast, None, broadcast.held_until)
    record.note(None, "gave up held", target=broadcast, contacts=_count(broadcast))


def _round(broadcast: Broadcast, now: datetime, until: datetime) -> None:
    if quiet.contains(now) and not _may_disturb(broadcast):
        opens = quiet.allowed(now)
        _keep(broadcast, opens, until + (opens - now))
    elif books.again(broadcast, Which(Outcome.HELD), is_forced=broadcast.is_forced):
        _keep(broadcast, now + _pause(), until)
    else:
        _keep(broadcast, None, None)


def _until(broadcast: Broadcast, now: datetime) -> datetime | None:
    """The day begins anew as long as some have not had their first turn.

    Hours in which nobody looked do not count: it was paused, or no worker was there.
    """
    if broadcast.held_until is None or broadcast.held_again_at is None:
        return broadcast.held_until
    first_turns = Chunk.objects.filter(broadcast=broadcast, round=0)
    if first_turns.exclude(state=Chunk.State.DONE).exists():
        return now + _long()
    late = now - broadcast.held_again_at
    return broadcast.held_until + (late if late > _pause() else timedelta())


def _keep(broadcast: Broadcast, again_at: datetime | None, until: datetime | None) -> None:
    rows = Broadcast.objects.filter(pk=broadcast.pk)
    rows.update(held_again_at=again_at, held_until=until)


def _may_disturb(broadcast: Broadcast) -> bool:
    """Somebody said so, or sent it in the quiet hours."""
    if broadcast.start_at:
        return not broadcast.keeps_quiet_hours
    return quiet.contains(broadcast.created_at)


def _count(broadcast: Broadcast) -> int:
    chunks = Chunk.objects.filter(broadcast=broadcast, held__gt=0)
    return chunks.aggregate(held=Sum("held"))["held"] or 0


def _long() -> timedelta:
    return timedelta(hours=settings.HELD_FOR_HOURS)


def _pause() -> timedelta:
    return timedelta(minutes=settings.HELD_AGAIN_MINUTES)
