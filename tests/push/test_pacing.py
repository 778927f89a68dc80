"""The pace, as reserved; how it is kept by whole processes is in tests/engine."""

import pytest
from django.db import transaction

from push import pacing
from push.models import Pace

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_token(settings):
    settings.FIRSTLINE_API_TOKEN = "s3cret"


def reserve(count, **rates):
    with transaction.atomic():
        return pacing.reserve(rates or {"a": 240}, count)


def test_reserve_spaces_posts_evenly():
    slots = reserve(3, a=600)

    gaps = [after - before for before, after in zip(slots.delays, slots.delays[1:], strict=False)]
    assert gaps == pytest.approx([0.1, 0.1])


def test_reserve_goes_on_where_others_stopped():
    first = reserve(3, a=600)
    second = reserve(1, a=600)

    assert second.delays[0] - first.delays[-1] == pytest.approx(0.1, abs=0.05)


def test_reserve_goes_no_further_than_a_second_ahead():
    first = reserve(100, a=240)
    second = reserve(100, a=240)

    assert len(first.delays) in (5, 6)
    assert second.delays == ()
    assert 0 < second.wait <= 0.25


def test_reserve_keeps_the_slower_of_two_paces():
    slots = reserve(10, a=6000, b=90)

    assert len(slots.delays) == 2
    assert slots.delays[1] - slots.delays[0] == pytest.approx(60 / 90, abs=0.05)


def test_throttle_makes_everybody_wait_and_then_lets_one_try():
    with transaction.atomic():
        pacing.throttle(30.0, "throttled")

    waiting = reserve(5, **{pacing.token(): 600})
    Pace.objects.update(next_at=pacing.Now())
    probing = reserve(5, **{pacing.token(): 600})
    others = reserve(5, **{pacing.token(): 600})
    pacing.recover()
    usual = reserve(5, **{pacing.token(): 600})

    assert (waiting.delays, waiting.wait) == ((), pytest.approx(29.0, abs=0.1))
    assert (len(probing.delays), probing.is_probe) == (1, True)
    assert others.delays == ()
    assert (len(usual.delays), usual.is_probe) == (5, False)


def test_throttle_waits_twice_as_long_each_time_up_to_a_minute():
    waits = []
    for _ in range(8):
        Pace.objects.update(next_at=pacing.Now())
        with transaction.atomic():
            pacing.throttle(None, "unreachable")
        waits.append(round(reserve(1, **{pacing.token(): 600}).wait + 1))

    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]


def test_throttle_by_many_at_once_counts_once():
    for _ in range(8):
        with transaction.atomic():
            pacing.throttle(None, "unreachable")

    assert Pace.objects.get().troubles == 1


def test_the_token_is_not_kept():
    with transaction.atomic():
        pacing.throttle(None, "unreachable")

    assert "s3cret" not in Pace.objects.get().key
