"""The pace, as reserved; how it is kept by whole processes is in tests/engine."""

from bisect import bisect_left
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from push import pacing, tokens
from push.models import Pace
from push.pacing import Lane

pytestmark = pytest.mark.django_db
BEGINNING = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(autouse=True)
def a_token(settings):
    settings.FIRSTLINE_API_TOKEN = "s3cret"
    settings.FIRSTLINE_RATE_PER_MINUTE = 600


def reserve(count, *, own=None):
    with transaction.atomic():
        return pacing.reserve(count, broadcast=1, rate=own)


def delays(slots):
    return [slot.delay for slot in slots.slots]


def gaps(slots):
    found = delays(slots)
    return [after - before for before, after in pairwise(found)]


def dealt(slots):
    """How many posts each token got, by its number."""
    numbers = {token.key: token.number for token in tokens.known()}
    return Counter(numbers[slot.token] for slot in slots.slots)


def throttle(*args, **kwargs):
    with transaction.atomic():
        pacing.throttle(*args, **kwargs)


def test_reserve_spaces_posts_evenly():
    assert gaps(reserve(3)) == pytest.approx([0.1, 0.1])


def test_reserve_goes_on_where_others_stopped():
    reserve(3)
    free = Pace.objects.get().next_at
    reserve(1)

    after = Pace.objects.get().next_at - free
    assert after.total_seconds() == pytest.approx(0.1, abs=0.002)


def test_reserve_goes_no_further_ahead_than_half_a_second(settings):
    settings.FIRSTLINE_RATE_PER_MINUTE = 240

    slots = reserve(100)

    assert len(slots.slots) in (3, 4)
    assert delays(slots)[-1] <= 0.5
    assert 0 < slots.wait <= 0.25


def test_reserve_gives_nobody_a_moment_further_ahead(settings):
    settings.FIRSTLINE_RATE_PER_MINUTE = 20

    reserve(1)
    slots = reserve(1)

    assert slots.slots == ()
    assert 0 < slots.wait <= 2.5


def test_reserve_keeps_the_slower_of_two_paces(settings):
    settings.FIRSTLINE_RATE_PER_MINUTE = 6_000

    slots = reserve(10, own=180)

    assert gaps(slots) == pytest.approx([60 / 180] * (len(slots.slots) - 1), abs=0.001)
    assert len(slots.slots) in (2, 3)


@pytest.mark.parametrize("processes", [1, 4])
@pytest.mark.parametrize("rate", [30, 240, 1_200, 2_400])
def test_no_minute_holds_more_than_the_pace_allows_whatever_stumbles(rate, processes):
    """Each process stalls by itself, with moments in its hands; what is too late stays."""
    dice, now, row = Random(rate), 0.0, Pace(next_at=BEGINNING)
    left, awake = [], [0.0] * processes
    while now < 600:
        number = min(range(processes), key=awake.__getitem__)
        now = max(now, awake[number])
        lane = Lane(row, rate, BEGINNING + timedelta(seconds=now))
        slots = list(pacing._dealt([lane], [], dice.randint(1, 12)))
        row.next_at = BEGINNING + timedelta(seconds=now + lane.next)
        awake[number] = now + dice.choice([0.01] * 50 + [0.3, 1.0, 7.0])
        moments = [(now + slot.delay, max(now + slot.delay, awake[number])) for slot in slots]
        left += [at for moment, at in moments if at <= moment + pacing.LATEST]

    left.sort()
    most = max(bisect_left(left, at + 60) - index for index, at in enumerate(left))
    assert most <= rate * 1.0084 + 1


def test_moments_that_were_taken_while_one_waited_for_the_row_are_not_given_twice():
    """The database's time is that of before the wait."""
    row, asked = Pace(next_at=BEGINNING + timedelta(seconds=2)), BEGINNING
    came = BEGINNING + timedelta(seconds=1.9)

    assert Lane(row, 600, asked, lambda: came).next == 2.0


def test_posts_go_to_whichever_token_is_free_first(settings):
    settings.FIRSTLINE_API_TOKEN = "one, two,three"

    slots = reserve(12)

    assert dealt(slots) == {1: 4, 2: 4, 3: 4}
    assert delays(slots) == sorted(delays(slots))
    assert delays(slots)[-1] - delays(slots)[0] == pytest.approx(0.3, abs=0.05)


def test_a_token_that_waits_leaves_the_work_to_the_others(settings):
    settings.FIRSTLINE_API_TOKEN = "one,two"
    one, two = tokens.keys()

    throttle(30.0, "throttled", only=[one])

    assert dealt(reserve(4)) == {2: 4}
    assert pacing.trouble() == ""
    throttle(30.0, "throttled", only=[two])
    assert (reserve(4).slots, pacing.trouble()) == ((), "throttled")


def test_a_pace_of_its_own_is_shared_by_the_tokens(settings):
    settings.FIRSTLINE_API_TOKEN = "one,two"
    settings.FIRSTLINE_RATE_PER_MINUTE = 240

    slots = reserve(9, own=600)

    assert gaps(slots)[:4] == pytest.approx([0.1] * 4, abs=0.06)
    assert dealt(slots)[1] in (dealt(slots)[2], dealt(slots)[2] + 1)


def test_a_clock_that_is_set_back_holds_nothing_up():
    reserve(1)
    Pace.objects.update(next_at=F("next_at") + timedelta(hours=1))

    slots = reserve(3)

    assert delays(slots) == pytest.approx([0.0, 0.1, 0.2], abs=0.01)


def test_throttle_makes_everybody_wait_and_then_lets_one_try():
    throttle(30.0, "throttled")

    waiting = reserve(5)
    Pace.objects.update(next_at=Now())
    probing = reserve(5)
    others = reserve(5)
    with transaction.atomic():
        pacing.recover(tokens.keys())
    usual = reserve(5)

    assert (waiting.slots, waiting.wait) == ((), pytest.approx(29.5, abs=0.1))
    assert [slot.is_probe for slot in probing.slots] == [True]
    assert others.slots == ()
    assert [slot.is_probe for slot in usual.slots] == [False] * 5


def test_no_second_probe_leaves_before_the_first_has_surely_come_back(settings):
    settings.FIRSTLINE_TIMEOUT = (5.0, 30.0)
    throttle(None, "unreachable")
    Pace.objects.update(next_at=Now())

    assert len(reserve(5).slots) == 1
    assert reserve(5).wait + pacing.HORIZON == pytest.approx(36, abs=0.1)


def test_a_wait_that_is_asked_for_is_never_nothing():
    throttle(0.0, "throttled")

    assert reserve(1).wait + pacing.HORIZON == pytest.approx(1, abs=0.1)


def test_a_wait_is_never_shorter_than_the_pace(settings):
    settings.FIRSTLINE_RATE_PER_MINUTE = 4

    throttle(2.0, "throttled")

    assert reserve(1).wait + pacing.HORIZON == pytest.approx(15, abs=0.1)


def test_throttle_by_many_at_once_counts_once():
    for _ in range(8):
        throttle(None, "unreachable")

    assert Pace.objects.get().troubles == 1


def test_the_token_is_not_kept():
    throttle(None, "unreachable")

    assert "s3cret" not in Pace.objects.get().key


@pytest.mark.parametrize(
    ("listed", "own", "most"), [("", None, 600), ("a,b", None, 1_200), ("a,b", 90, 90)]
)
def test_limit_is_what_a_broadcast_may_reach(settings, listed, own, most):
    settings.FIRSTLINE_API_TOKEN = listed

    assert pacing.limit(own) == most
