"""A broadcast stops by itself when too much does not go through, and says why."""

import pytest

from push import alarm, broadcasts, outcomes, pump
from push.alarm import Alarm
from push.broadcasts import Tally
from tests.push.test_broadcasts import make_broadcast
from tests.push.turns import limits


@pytest.fixture(autouse=True)
def quick(settings):
    settings.FIRSTLINE_RATE_PER_MINUTE = 600_000
    settings.FIRSTLINE_CONCURRENCY = 4


def heard(*failures):
    """What an alarm says in the end, and after how many."""
    listening = Alarm()
    for count, is_failure in enumerate(failures, 1):
        if because := listening.hear(is_failure=is_failure):
            return because, count
    return "", len(failures)


@pytest.mark.parametrize(
    ("failures", "because"),
    [
        ([True] * 40, ("run_of_failures", 25)),
        ([True] * 24 + [False] + [True] * 24, ("", 49)),
        ([True, False] * 100, ("share_of_failures", 100)),
        ([False] * 100 + [True, False] * 100, ("share_of_failures", 199)),
        ([True, False, False] * 200, ("", 600)),
        ([True, False] * 49, ("", 98)),
    ],
    ids=["in a row", "interrupted", "half", "half of late", "a third", "too few to tell"],
)
def test_an_alarm_hears_what_is_too_much(failures, because):
    assert heard(*failures) == because


def test_an_alarm_says_it_once():
    listening = Alarm()

    said = [listening.hear(is_failure=True) for _ in range(30)]

    assert [because for because in said if because] == ["run_of_failures"]


@pytest.mark.django_db(transaction=True)
def test_a_share_of_failures_pauses_and_says_so(fake_firstline):
    broadcast = make_broadcast(contacts=150)
    for _ in range(75):
        fake_firstline.answer(400)
        fake_firstline.answer(200)

    pump.run(limits())

    broadcast.refresh_from_db()
    assert (broadcast.state, broadcast.paused_because) == ("paused", "share_of_failures")
    assert 49 <= broadcasts.tally(broadcast).failed < 60
    assert "Half of the last hundred" in outcomes.reason_text(broadcast.paused_because)


@pytest.mark.django_db(transaction=True)
def test_resuming_begins_a_new_count_in_every_process(fake_firstline):
    broadcast = make_broadcast(contacts=60)
    other_process = alarm.of(broadcast.pk, broadcast.created_at)
    for _ in range(24):
        other_process.hear(is_failure=True)
    broadcasts.pause(broadcast, by=None)
    broadcasts.resume(broadcast, by=None)
    for _ in range(24):
        fake_firstline.answer(400)

    pump.run(limits())

    assert broadcasts.tally(broadcast) == Tally(60, sent=36, failed=24)
