"""What waited out the quiet hours and had no worker when they were over is held, not fired."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from people.models import Entry
from push import broadcasts, engine, leases, schedule
from push.broadcasts import Tally
from push.models import Broadcast
from tests.makers import make_contact
from tests.push.test_schedule import make_scheduled, overdue, soon, work

pytestmark = pytest.mark.django_db(transaction=True)
State = Broadcast.State


@pytest.fixture(autouse=True)
def night(settings):
    """Quiet hours that ended three hours ago, after an hour."""
    settings.FIRSTLINE_RATE_PER_MINUTE = 600_000
    local = timezone.localtime(soon(-240))
    begin, end = local, local + timedelta(hours=1)
    settings.QUIET_HOURS = time(begin.hour, begin.minute), time(end.hour, end.minute)


@pytest.fixture
def waiting(fake_firstline):
    """Begun, prepared, and not yet taken up."""
    make_contact()
    broadcast = make_scheduled()
    overdue(broadcast)
    schedule.start_due()
    engine.prepare(engine.Limits(engine.stopping, until=float("inf")))
    return broadcast


def nobody_since(*, minutes, pumped=600, **fields):
    """As if its hours had opened so long ago, and no worker had come since."""
    fields = {"not_before": soon(-minutes), "pumped_at": soon(-pumped)} | fields
    Broadcast.objects.update(**fields)


def test_it_is_held_until_a_person_resumes(waiting, fake_firstline):
    nobody_since(minutes=31)

    tally = work(waiting)

    assert (waiting.state, waiting.paused_because, tally) == ("paused", "late", Tally(1, waiting=1))
    assert fake_firstline.posts == []
    assert [entry.verb for entry in Entry.objects.order_by("pk")][-1] == "paused"
    broadcasts.resume(waiting, by=None)
    assert (work(waiting), waiting.state) == (Tally(1, sent=1), State.DONE)


@pytest.mark.parametrize("fields", [{"minutes": 29}, {"minutes": 31, "pumped": 30}])
def test_who_is_in_time_or_had_a_worker_goes_on(waiting, fields):
    nobody_since(**fields)

    assert work(waiting) == Tally(1, sent=1)


def test_how_late_is_the_same_setting(waiting, settings):
    settings.LATE_AFTER_MINUTES = 60
    nobody_since(minutes=31)

    assert work(waiting) == Tally(1, sent=1)


def test_a_worker_that_wakes_up_in_the_middle_takes_nothing_that_is_late(waiting):
    nobody_since(minutes=31)

    assert leases.take() is None


def test_a_run_that_was_stopped_by_the_night_is_held_too(waiting):
    nobody_since(minutes=900, pumped=300, not_after=soon(-240))

    tally = work(waiting)

    assert (waiting.state, waiting.paused_because, tally) == ("paused", "late", Tally(1, waiting=1))
    assert waiting.not_after > timezone.now()
    broadcasts.resume(waiting, by=None)
    assert work(waiting) == Tally(1, sent=1)


def test_a_whole_day_missed_is_held_in_the_next_night(waiting, settings):
    local = timezone.localtime(soon(-30))
    settings.QUIET_HOURS = local.time(), timezone.localtime(soon(90)).time()
    nobody_since(minutes=5_000, pumped=3_000, not_after=soon(-30 - 24 * 60))

    work(waiting)

    assert (waiting.state, waiting.paused_because) == ("paused", "late")
    assert waiting.not_before > timezone.now()


def test_a_person_who_resumed_in_the_night_meant_it(waiting):
    nobody_since(minutes=31)
    work(waiting)
    broadcasts.resume(waiting, by=None)

    assert work(waiting) == Tally(1, sent=1)


def test_what_is_tried_again_days_later_is_not_late(waiting, fake_firstline):
    fake_firstline.answer(422)
    assert work(waiting) == Tally(1, failed=1)
    nobody_since(minutes=3_000, pumped=2_990, not_after=soon(-240))

    broadcasts.retry_failed(waiting, by=None)
    work(waiting)

    assert work(waiting) == Tally(1, sent=1)


def test_what_does_not_keep_the_hours_is_never_late_for_them(waiting):
    nobody_since(minutes=31, keeps_quiet_hours=False)

    assert work(waiting) == Tally(1, sent=1)
