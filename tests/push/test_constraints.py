"""What must be true of a broadcast and its chunks, the database itself keeps true."""

import pytest
from django.db import IntegrityError

from push.models import Broadcast, Chunk
from tests.push.test_broadcasts import make_broadcast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "fields", "rule"),
    [
        (Broadcast, {"rate_per_minute": 0}, "pace_goes_on"),
        (Broadcast, {"is_forced": True}, "force_has_a_reason"),
        (Chunk, {"claimed_to": -1}, "watermark_within"),
        (Chunk, {"claimed_to": 1_000_000}, "watermark_within"),
    ],
)
def test_nothing_that_makes_no_sense_is_kept(model, fields, rule):
    make_broadcast(contacts=3)

    with pytest.raises(IntegrityError, match=rule):
        model.objects.update(**fields)
