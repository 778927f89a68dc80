"""Which broadcasts need a decision, however much was ever sent."""

import pytest
from django.db import connection

from push import listing
from push.models import Outcome
from tests.runs import make_run

pytestmark = pytest.mark.django_db


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
