"""The quiet hours, by the clock in Taipei, over midnight and within a day."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from push import quiet
from push.quiet import Hours

TAIPEI = ZoneInfo("Asia/Taipei")


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=TAIPEI)


@pytest.fixture(autouse=True)
def night(settings):
    settings.QUIET_HOURS = time(22), time(8)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        (at(20, 21, 59), at(20, 21, 59)),
        (at(20, 22), at(21, 8)),
        (at(20, 23, 30), at(21, 8)),
        (at(21, 0), at(21, 8)),
        (at(21, 7, 59), at(21, 8)),
        (at(21, 8), at(21, 8)),
    ],
)
def test_allowed_is_the_end_of_the_quiet_hours(moment, allowed):
    assert quiet.allowed(moment) == allowed
    assert quiet.contains(moment) is (moment != allowed)


def test_allowed_by_day(settings):
    settings.QUIET_HOURS = time(12), time(13, 30)

    found = [quiet.allowed(at(20, hour)) for hour in (11, 12, 13, 14)]

    assert found == [at(20, 11), at(20, 13, 30), at(20, 13, 30), at(20, 14)]


def test_hours_are_open_by_day_and_open_next_by_night():
    assert quiet.hours(at(20, 12)) == Hours(None, at(20, 22))
    assert quiet.hours(at(20, 22)) == Hours(at(21, 8), at(21, 22))
    assert quiet.hours(at(20, 3)) == Hours(at(20, 8), at(20, 22))


def test_without_quiet_hours_everything_is_allowed(settings):
    settings.QUIET_HOURS = None

    assert (quiet.allowed(at(20, 3)), quiet.hours(at(20, 3))) == (at(20, 3), Hours())
    assert quiet.in_words() == ""


def test_in_words():
    assert quiet.in_words() == "22:00–08:00"
