"""The audience becomes deliveries: ten thousand at a time, each step whole or not at all."""

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import F, Max, QuerySet
from django.db.models.functions import Now

from composer.vocabulary import placeholders
from push import books, values, waves
from push.audience import Audience
from push.models import Broadcast, Contact, Delivery, Outcome

STEP = 10_000

INSERT = """
INSERT INTO push_delivery (broadcast_id, contact_id, outcome, round, reason, answer, "values")
SELECT %s, picked.contact, %s, 0, '', '', {said} FROM ({contacts}) AS picked
WHERE true ORDER BY picked.contact LIMIT {limit}
ON CONFLICT DO NOTHING
"""


def step(broadcast_id: int) -> bool:
    """The next ten thousand; false when there is nothing to prepare."""
    with transaction.atomic():
        broadcast = _locked(broadcast_id)
        if broadcast is None:
            return False
        done, until = broadcast.expanded_to, broadcast.expand_until
        assert until is not None
        rest = Audience.from_json(broadcast.audience).between(done, until)
        before = Delivery.objects.aggregate(last=Max("pk"))["last"] or 0
        count = _insert(broadcast, rest)
        _open_chunks(broadcast, count, after=before)
        _advance(broadcast, to=_end(broadcast, rest, count) or until, by=count)
    return True


def _locked(broadcast_id: int) -> Broadcast | None:
    expanding = Broadcast.objects.filter(pk=broadcast_id, state=Broadcast.State.EXPANDING)
    return expanding.select_related("version").select_for_update(of=("self",), no_key=True).first()


def _insert(broadcast: Broadcast, contacts: QuerySet[Contact]) -> int:
    """Deliveries for the first ten thousand; gives how many."""
    names = placeholders.names(broadcast.version.payload)
    said = {"said": values.all_of(names, broadcast.fallback_values)} if names else {}
    picked = contacts.order_by().values(contact=F("pk"), **said)
    try:
        chosen, params = picked.query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT.format(
                contacts=chosen, said="picked.said" if names else "NULL", limit=int(STEP)
            ),
            [broadcast.pk, Outcome.PENDING.value, *params],
        )
        return cursor.rowcount


def _end(broadcast: Broadcast, rest: QuerySet[Contact], count: int) -> int | None:
    """The last contact of a step, if there may be more."""
    if count < STEP:
        return rest.values_list("pk", flat=True)[STEP - 1 : STEP].first()
    last = Delivery.objects.filter(broadcast=broadcast).order_by("-contact")
    return last.values_list("contact", flat=True).first()


def _open_chunks(broadcast: Broadcast, count: int, *, after: int) -> None:
    """Chunks for the deliveries of this step: so many, with keys beyond those of all before."""
    new = Delivery.objects.filter(
        broadcast=broadcast, outcome=Outcome.PENDING, round=0, pk__gt=after
    )
    cuts = waves.cuts(broadcast.size, count, broadcast.waves, chunk=books.CHUNK)
    books.open_chunks(broadcast, new, cuts, number=0, is_forced=broadcast.is_forced)


def _advance(broadcast: Broadcast, *, to: int, by: int) -> None:
    broadcast.expanded_to, broadcast.size = to, broadcast.size + by
    fields = ["expanded_to", "size"]
    if to == broadcast.expand_until:
        broadcast.state, broadcast.started_at = Broadcast.State.RUNNING, Now()
        fields += ["state", "started_at"]
    broadcast.save(update_fields=fields)
