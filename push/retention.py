"""Erasing by age: values and bodies of deliveries, old contacts, old entries of the record.

Off unless `RETENTION_DAYS` is set. Sums stay: no delivery and no counter is deleted.
"""

from collections import Counter
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from people import append_only, record
from people.models import Entry
from push import clock, erasure
from push.models import Broadcast, Contact, Delivery

BATCH = 1_000
# How long one run may take, and the pause once nothing is left to do.
SECONDS = 5.0
PAUSE = 3_600.0

HOLDS_SOMETHING = Q(values__isnull=False) | ~Q(answer="")


class Retention:
    """Runs in the worker's sweeper: a few seconds at a time, then hourly."""

    def __init__(self) -> None:
        self._next_at = 0.0

    def sweep(self, now: datetime) -> None:
        finish_erased(now)
        if settings.RETENTION_DAYS and clock.now() >= self._next_at:
            is_done = run(now, until=clock.now() + SECONDS)
            self._next_at = clock.now() + PAUSE if is_done else 0.0


def run(now: datetime, *, until: float) -> bool:
    """Erases what is older than the setting says; false when the time was over before the end."""
    before = now - timedelta(days=settings.RETENTION_DAYS)
    counts: Counter[str] = Counter()
    is_done = (
        _erase_deliveries(before, counts, now=now, until=until)
        and _erase_contacts(before, counts, until=until)
        and _delete_entries(before, counts, until=until)
    )
    if any(counts.values()):
        record.note(None, "erased by age", **counts)
    return is_done


def finish_erased(now: datetime) -> None:
    """What came of a broadcast that was under way when its contact was erased."""
    lately = Contact.objects.filter(channel="", updated_at__gt=now - timedelta(days=1))
    erased = lately.order_by().values("pk")
    left = Delivery.objects.filter(HOLDS_SOMETHING, contact__in=erased)
    left.update(values=None, answer="")


def _erase_deliveries(
    before: datetime, counts: Counter[str], *, now: datetime, until: float
) -> bool:
    """Of broadcasts that ended before then, and whose held contacts are no longer retried."""
    ended = Broadcast.objects.filter(finished_at__lt=before, held_again_at=None, erased_at=None)
    for broadcast in ended.order_by("pk"):
        # Those of later rounds lie within the first round's chunks too.
        for first, last in broadcast.chunks.filter(round=0).values_list("first", "last"):
            if clock.now() > until:
                return False
            own = Delivery.objects.filter(broadcast=broadcast, pk__gte=first, pk__lte=last)
            counts["deliveries"] += own.filter(HOLDS_SOMETHING).update(values=None, answer="")
        Broadcast.objects.filter(pk=broadcast.pk).update(erased_at=now)
        counts["broadcasts"] += 1
    return True


def _erase_contacts(before: datetime, counts: Counter[str], *, until: float) -> bool:
    """Neither changed nor written to since then. Who must not be disturbed stays remembered."""
    sent_to = Delivery.objects.filter(contact=OuterRef("pk"))
    old = Contact.objects.exclude(channel="").filter(
        ~Exists(sent_to.filter(broadcast__erased_at=None)),
        updated_at__lt=before,
        do_not_disturb=False,
    )
    while clock.now() <= until:
        batch = list(old.order_by("pk")[:BATCH])
        if not batch:
            return True
        for contact in batch:
            erasure.erase_by_age(contact)
        counts["contacts"] += len(batch)
    return False


def _delete_entries(before: datetime, counts: Counter[str], *, until: float) -> bool:
    while clock.now() <= until:
        with append_only.allow_changes():
            keys = list(Entry.objects.filter(at__lt=before).values_list("pk", flat=True)[:BATCH])
            counts["entries"] += Entry.objects.filter(pk__in=keys).delete()[0]
        if not keys:
            return True
    return False
