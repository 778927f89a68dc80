"""Which broadcasts need a decision, however much was ever sent."""

import pytest
from django.db import connection
from django.utils import timezone

from push import listing, progress
from push.models import Outcome
from tests.runs import make_run

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["paused", "cancelled"])
def test_who_is_uncertain_needs_a_decision_whoever_stopped_it(state):
    make_run(Outcome.SENT, Outcome.FAILED, state=state)
    make_run(Outcome.UNCERTAIN, state=state, is_test=True)
    undecided = make_run(Outcome.UNCERTAIN, Outcome.HELD, Outcome.FAILED, waiting=1, state=state)

    [shown] = progress.of_many(listing.undecided(), now=timezone.now())

    assert shown.broadcast == undecided
    assert shown.undecided == {"paused": 3, "cancelled": 1}[state]
    assert undecided not in listing.running()


def test_what_needs_a_decision_is_looked_up_and_not_sought_among_all_chunks():
    make_run(Outcome.SENT)
    undecided = make_run(Outcome.SENT, Outcome.FAILED)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")

    found = listing.undecided()

    assert list(found) == [undecided]
    assert "chunks_to_decide" in found.explain()
    assert "chunks_with_held" in found.explain()
