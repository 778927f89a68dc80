"""Plain SQL for the engine's step: the same rows as the ORM would change and give."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from push import statements
from push.models import Chunk, Contact, Pace
from tests.makers import make_contact
from tests.push.test_broadcasts import make_broadcast

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, 0, 0, 250_000, tzinfo=UTC)
HURTS = "<b>'; DROP TABLE push_pace; -- %s {{ }} 嗨 👋"


def test_update_changes_just_those_rows():
    people = [make_contact(f"小明{number}") for number in range(3)]
    keys = [person.pk for person in people]

    changed = statements.update(
        Contact, where={"id": keys[:2], "channel": "line"}, put={"name": HURTS}
    )

    names = Contact.objects.order_by("pk").values_list("name", flat=True)
    assert (changed, list(names)) == (2, [HURTS, HURTS, "小明2"])


def test_update_adds_to_counters_and_keeps_times_and_states():
    chunk = make_broadcast(contacts=3).chunks.get()
    put = {"state": Chunk.State.LEASED, "lease_until": NOON}

    changed = statements.update(
        Chunk, where={"id": chunk.pk, "epoch": 0}, put=put, add={"waiting": -2, "sent": 2}
    )
    missed = statements.update(Chunk, where={"id": chunk.pk, "epoch": 7}, put=put)

    chunk.refresh_from_db()
    assert (changed, missed) == (1, 0)
    assert (chunk.state, chunk.lease_until, chunk.waiting, chunk.sent) == ("leased", NOON, 1, 2)


def by_key(*keys):
    return Pace.objects.filter(key__in=keys).order_by("key").values_list("key", "next_at")


@pytest.mark.parametrize("keys", [["b"], ["a", "c"], [HURTS]], ids=["one", "two", "hurts"])
def test_rows_are_those_of_the_queryset(keys):
    for key in ("a", "b", "c", HURTS):
        Pace.objects.create(key=key, next_at=NOON)

    for _ in range(2):
        found = [(key, statements.moment(at)) for key, at in statements.rows(by_key, *keys)]

        assert found == list(by_key(*keys))


def test_now_is_the_databases_time():
    assert abs(statements.now() - timezone.now()) < timedelta(minutes=1)
