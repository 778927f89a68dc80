"""Beginning at a time, keeping the quiet hours, and being held when it is too late."""

import re
from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from composer.models import Template
from people.models import Entry
from push import broadcasts, engine, heartbeat, outcomes, schedule
from push.audience import Audience
from push.broadcasts import Tally
from push.errors import NotPossible
from push.models import Broadcast, Chunk, Tag
from push.schedule import Plan
from tests.makers import make_contact, make_template, make_user
from tests.push.test_broadcasts import EVERYONE, make_broadcast
from tests.push.turns import taken

pytestmark = pytest.mark.django_db(transaction=True)
State = Broadcast.State


@pytest.fixture(autouse=True)
def quick(settings):
    settings.FIRSTLINE_RATE_PER_MINUTE = 600_000


def soon(minutes=60):
    return timezone.now() + timedelta(minutes=minutes)


def make_scheduled(*, at=None, by=None, **plan):
    plan = Plan(at=at or soon(), **plan)
    version = make_template(f"範本{uuid4()}").latest
    return broadcasts.start(version, audience=EVERYONE, by=by, press=uuid4(), plan=plan)


def overdue(broadcast, *, minutes=1):
    """As if its time had come so long ago."""
    Broadcast.objects.filter(pk=broadcast.pk).update(start_at=soon(-minutes))


def hours_around(now, *, quiet):
    """Quiet hours that hold this moment, or begin in an hour."""
    local = timezone.localtime(now)
    begin = local - timedelta(hours=1) if quiet else local + timedelta(hours=1)
    end = begin + timedelta(hours=2)
    return time(begin.hour, begin.minute), time(end.hour, end.minute)


def work(broadcast):
    engine.sweep()
    engine.turn()
    broadcast.refresh_from_db()
    return broadcasts.tally(broadcast)


def test_nothing_happens_before_its_time(fake_firstline):
    make_contact()
    broadcast = make_scheduled()

    tally = work(broadcast)

    assert (broadcast.state, tally, engine.is_work_left()) == (State.SCHEDULED, Tally(), False)
    heartbeat.beat()
    assert broadcasts.trouble(broadcast) == ""
    assert [entry.verb for entry in Entry.objects.all()] == ["scheduled"]


def test_it_begins_by_itself_with_who_matches_then(fake_firstline):
    make_contact("小明")
    broadcast = make_scheduled()
    make_contact("後來的人")
    overdue(broadcast)

    assert engine.is_work_left()
    tally = work(broadcast)

    assert (broadcast.state, tally) == (State.DONE, Tally(2, sent=2))
    assert [entry.verb for entry in Entry.objects.order_by("pk")] == ["scheduled", "began"]


def test_it_begins_once(fake_firstline):
    make_contact()
    broadcast = make_scheduled()
    overdue(broadcast)

    assert [schedule.start_due(), schedule.start_due()] == [1, 0]
    assert schedule._start(broadcast.pk) == 0
    work(broadcast)
    assert (schedule.start_due(), len(fake_firstline.posts)) == (0, 1)


def test_too_late_is_held_until_a_person_resumes(fake_firstline):
    make_contact()
    broadcast = make_scheduled()
    overdue(broadcast, minutes=31)
    tally = work(broadcast)
    assert (broadcast.state, broadcast.paused_because, tally) == (State.PAUSED, "late", Tally())
    make_contact("後來的人")

    broadcasts.resume(broadcast, by=None)

    assert broadcast.state == State.EXPANDING
    assert (work(broadcast), broadcast.state) == (Tally(2, sent=2), State.DONE)
    assert [entry.verb for entry in Entry.objects.order_by("pk")] == [
        "scheduled",
        "paused",
        "resumed",
    ]


def test_one_whose_template_was_archived_is_held(fake_firstline):
    make_contact()
    broadcast = make_scheduled()
    Template.objects.update(state=Template.State.ARCHIVED)
    overdue(broadcast)

    tally = work(broadcast)

    assert (broadcast.state, broadcast.paused_because, tally) == ("paused", "archived", Tally())
    assert "was archived" in outcomes.reason_text("archived")
    broadcasts.resume(broadcast, by=None)
    assert work(broadcast) == Tally(1, sent=1)


def test_one_whose_tag_was_renamed_is_held(fake_firstline):
    make_contact(tags=["vip"])
    audience = Audience("line", tag="vip")
    version = make_template().latest
    broadcast = broadcasts.start(
        version, audience=audience, by=None, press=uuid4(), plan=Plan(at=soon())
    )
    Tag.objects.update(name="VIP 客戶")
    overdue(broadcast)

    tally = work(broadcast)

    assert (broadcast.state, broadcast.paused_because, tally) == ("paused", "nobody", Tally())
    assert "nobody was left" in outcomes.reason_text("nobody")
    Tag.objects.update(name="vip")
    broadcasts.resume(broadcast, by=None)
    assert work(broadcast) == Tally(1, sent=1)


@pytest.mark.parametrize("kept", [[], {}, "x", {"channel": "line", "more": 1}, {"ids": 5}])
def test_one_whose_audience_cannot_be_read_is_held_alone(fake_firstline, kept):
    make_contact()
    broken, good = make_scheduled(), make_scheduled()
    Broadcast.objects.filter(pk=broken.pk).update(audience=kept)
    overdue(broken)
    overdue(good)

    work(broken)

    assert (broken.state, broken.paused_because) == ("paused", "internal_error")
    assert work(good) == Tally(1, sent=1)


def test_how_late_is_too_late_is_a_setting(settings):
    settings.LATE_AFTER_MINUTES = 60
    make_contact()
    broadcast = make_scheduled()
    overdue(broadcast, minutes=31)

    assert schedule.start_due() == 1


def test_it_waits_for_the_end_of_the_quiet_hours_and_goes_on_by_itself(fake_firstline, settings):
    settings.QUIET_HOURS = hours_around(timezone.now(), quiet=True)
    make_contact()
    broadcast = make_scheduled()
    overdue(broadcast)

    tally = work(broadcast)

    assert (broadcast.state, tally) == (State.RUNNING, Tally(1, waiting=1))
    assert timezone.now() < broadcast.not_before < broadcast.not_after
    assert not engine.is_work_left()
    Broadcast.objects.update(not_before=soon(-1))
    assert engine.is_work_left()
    assert work(broadcast) == Tally(1, sent=1)


def test_a_run_that_reaches_the_quiet_hours_stops_there(fake_firstline, settings):
    settings.QUIET_HOURS = hours_around(timezone.now(), quiet=False)
    make_contact()
    broadcast = make_scheduled()
    overdue(broadcast)
    schedule.start_due()
    Broadcast.objects.update(not_after=soon(-1))
    settings.QUIET_HOURS = hours_around(timezone.now(), quiet=True)

    engine.turn()
    assert fake_firstline.posts == []
    schedule.keep_hours()

    broadcast.refresh_from_db()
    assert broadcast.not_before > timezone.now()


def test_a_worker_in_the_middle_stops_with_the_hours(fake_firstline):
    broadcast = make_broadcast(contacts=30)
    run = taken()
    run.step()
    Broadcast.objects.update(not_after=soon(-1))

    run.work()

    assert broadcasts.tally(broadcast) == Tally(30, waiting=30 - run.window, sent=run.window)
    assert Chunk.objects.get().state == Chunk.State.READY


def test_the_hours_are_renewed_each_day(settings):
    settings.QUIET_HOURS = hours_around(timezone.now(), quiet=False)
    make_contact()
    broadcast = make_scheduled()
    overdue(broadcast)
    schedule.start_due()
    Broadcast.objects.update(not_before=soon(-900), not_after=soon(-1))

    schedule.keep_hours()

    broadcast.refresh_from_db()
    assert broadcast.not_before is None
    assert broadcast.not_after > timezone.now()


def test_a_person_may_let_it_go_on_in_the_quiet_hours(fake_firstline, settings):
    settings.QUIET_HOURS = hours_around(timezone.now(), quiet=True)
    make_contact()
    broadcast = make_scheduled()
    overdue(broadcast)
    work(broadcast)

    changed = [schedule.go_on_now(broadcast, by=make_user(name)) for name in ("佩珊", "志豪")]

    assert changed == [True, False]
    assert work(broadcast) == Tally(1, sent=1)
    assert Entry.objects.filter(verb="disturbed").count() == 1


def test_quiet_hours_do_not_hold_up_what_may_disturb(fake_firstline, settings):
    settings.QUIET_HOURS = hours_around(timezone.now(), quiet=True)
    make_contact()
    broadcast = make_scheduled(keeps_quiet_hours=False)
    overdue(broadcast)

    assert work(broadcast) == Tally(1, sent=1)


def test_quiet_hours_do_not_hold_up_an_immediate_send(fake_firstline, settings):
    settings.QUIET_HOURS = hours_around(timezone.now(), quiet=True)
    broadcast = make_broadcast(contacts=1)

    assert work(broadcast) == Tally(1, sent=1)


def test_the_time_can_be_changed_until_it_begins():
    broadcast, by = make_scheduled(), make_user()
    later = soon(120)

    schedule.change_time(broadcast, at=later, keeps_quiet_hours=False, by=by)
    assert (broadcast.start_at, broadcast.keeps_quiet_hours) == (later, False)
    overdue(broadcast)
    schedule.start_due()

    with pytest.raises(NotPossible, match="not waiting"):
        schedule.change_time(broadcast, at=later, keeps_quiet_hours=False, by=by)


def test_a_quiet_time_needs_to_be_said(settings):
    settings.QUIET_HOURS = time(22), time(8)
    broadcast, by = make_scheduled(), make_user()
    midnight = timezone.localtime(soon(24 * 60)).replace(hour=0, minute=0)
    said = f"22:00–08:00. The next time that is allowed: {midnight:%Y-%m-%d} 08:00."

    with pytest.raises(NotPossible, match=re.escape(said)):
        schedule.change_time(broadcast, at=midnight, keeps_quiet_hours=True, by=by)
    schedule.change_time(broadcast, at=midnight, keeps_quiet_hours=False, by=by)

    assert broadcast.start_at == midnight


def test_cancel_before_its_time_sends_nothing(fake_firstline):
    make_contact()
    broadcast = make_scheduled()

    assert broadcasts.cancel(broadcast, by=None)
    overdue(broadcast)

    assert work(broadcast) == Tally()
    assert (broadcast.state, fake_firstline.posts) == (State.CANCELLED, [])


def test_what_can_be_taken_back_does_not_leave_at_once(fake_firstline):
    broadcast = make_broadcast(contacts=2, plan=Plan(can_be_taken_back=True))

    assert work(broadcast) == Tally(2, waiting=2)
    assert timezone.now() < broadcast.not_before < soon(1)
    assert not engine.is_work_left()
    Broadcast.objects.update(not_before=timezone.now())

    assert work(broadcast) == Tally(2, sent=2)
    assert not Chunk.objects.exclude(state=Chunk.State.DONE).exists()
