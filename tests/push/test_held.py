"""Contacts who were talking with an agent: tried again by themselves, in rounds, for a day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people import rights
from people.models import Entry
from push import broadcasts, engine, held
from push.broadcasts import Tally
from push.models import Broadcast
from push.planned import Waves
from push.schedule import Plan
from tests.journeys.pages import do, page_of
from tests.makers import make_user
from tests.push.test_broadcasts import books_balance, make_broadcast
from tests.push.test_schedule import hours_around, soon

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quick(settings):
    settings.FIRSTLINE_RATE_PER_MINUTE = 600_000


@pytest.fixture
def talking(fake_firstline):
    """Two contacts, both talking with an agent."""
    fake_firstline.answer(409)
    fake_firstline.answer(409)
    broadcast = make_broadcast(contacts=2)
    work(broadcast)
    return broadcast


def work(broadcast):
    engine.turn()
    engine.sweep()
    broadcast.refresh_from_db()
    return broadcasts.tally(broadcast)


def time_passes(**fields):
    """As if these moments had come."""
    Broadcast.objects.update(**{name: soon(-1) for name in fields or {"held_again_at": None}})


def verbs():
    return [entry.verb for entry in Entry.objects.order_by("pk")]


def test_they_wait_their_time(talking, fake_firstline):
    assert work(talking) == Tally(2, held=2)
    assert soon(9) < talking.held_again_at < soon(11)
    assert soon(60 * 24 - 1) < talking.held_until
    assert len(fake_firstline.posts) == 2


def test_they_are_tried_again_by_themselves(talking, fake_firstline):
    fake_firstline.answer(409)
    time_passes()
    engine.sweep()
    first = work(talking)
    time_passes()
    engine.sweep()
    second = work(talking)

    assert (first, second) == (Tally(2, sent=1, held=1), Tally(2, sent=2))
    assert (talking.state, len(fake_firstline.posts)) == ("done", 5)
    assert verbs() == ["sent", "waits for held"]
    assert books_balance(talking)


def test_a_day_later_they_are_given_up_and_that_is_said_once(talking, fake_firstline):
    time_passes(held_again_at=None, held_until=None)

    work(talking)
    work(talking)

    assert (talking.held_again_at, len(fake_firstline.posts)) == (None, 2)
    assert verbs() == ["sent", "waits for held", "gave up held"]
    assert Entry.objects.first().detail == {"contacts": 2}
    broadcasts.retry_held(talking, by=None)
    assert work(talking) == Tally(2, sent=2)


def test_the_day_begins_anew_while_others_have_had_no_turn(talking):
    before = talking.held_until
    talking.chunks.update(state="ready")
    Broadcast.objects.update(state="running", held_again_at=soon(-1))

    held.try_again()

    talking.refresh_from_db()
    assert talking.held_until > before


def test_rounds_keep_the_quiet_hours(talking, settings):
    settings.QUIET_HOURS = hours_around(timezone.now(), quiet=True)
    Broadcast.objects.update(created_at=soon(-180))
    time_passes()

    tally = work(talking)

    assert tally == Tally(2, held=2)
    assert soon(55) < talking.held_again_at < soon(65)


def test_the_quiet_hours_are_not_taken_off_the_day(talking, settings):
    settings.QUIET_HOURS = hours_around(timezone.now(), quiet=True)
    Broadcast.objects.update(created_at=soon(-180), held_again_at=soon(-1), held_until=soon(30))

    work(talking)

    assert talking.held_until - talking.held_again_at > timedelta(minutes=29)


def test_hours_without_a_worker_are_not_taken_off_the_day(talking, fake_firstline):
    Broadcast.objects.update(held_again_at=soon(-600), held_until=soon(-60))

    engine.sweep()
    work(talking)

    assert len(fake_firstline.posts) == 4


def test_days_between_two_waves_are_not_taken_off_the_day(fake_firstline):
    fake_firstline.answer(409)
    broadcast = make_broadcast(contacts=2, plan=Plan(waves=(1,)))
    Broadcast.objects.update(held_again_at=soon(-600), held_until=soon(-60))
    work(broadcast)
    assert broadcast.paused_because == "wave"

    broadcasts.resume(broadcast, by=None)

    broadcast.refresh_from_db()
    assert soon(9) < broadcast.held_again_at < soon(11)
    assert soon(60 * 24 - 1) < broadcast.held_until


def test_rounds_of_what_was_sent_in_the_quiet_hours_do_not(talking, settings):
    settings.QUIET_HOURS = hours_around(timezone.now(), quiet=True)
    time_passes()
    engine.sweep()

    assert work(talking) == Tally(2, sent=2)


@pytest.mark.parametrize(("keeps", "sent"), [(True, 0), (False, 2)])
def test_rounds_of_what_was_scheduled_do_as_it_does(talking, settings, keeps, sent):
    settings.QUIET_HOURS = hours_around(timezone.now(), quiet=True)
    Broadcast.objects.update(start_at=soon(-180), keeps_quiet_hours=keeps)
    time_passes()
    engine.sweep()

    assert work(talking).sent == sent


def test_nobody_is_tried_while_it_is_paused_or_cancelled(talking, fake_firstline):
    for state in ("paused", "cancelled"):
        Broadcast.objects.update(state=state, held_again_at=soon(-1))
        work(talking)

    assert len(fake_firstline.posts) == 2


def test_resume_posts_what_the_receipt_says_and_the_held_later(talking, fake_firstline):
    Broadcast.objects.update(state="paused", held_again_at=soon(-1))
    talking.refresh_from_db()
    expected = Waves(talking, broadcasts.tally(talking)).coming

    broadcasts.resume(talking, by=None)
    engine.sweep()
    work(talking)

    assert (expected, len(fake_firstline.posts)) == (0, 2)
    assert talking.held_again_at > soon(9)


def test_a_person_stops_it_when_all_else_is_done(client, talking, fake_firstline):
    by = make_user(rights=[rights.SEND, rights.MANAGE_BROADCASTS])
    client.force_login(by)
    assert 'id="do-stop-held"' in page_of(client, talking).text

    stopped = do(client, "stop_held", talking)
    time_passes(held_until=None)
    tally = work(talking)

    assert "Held contacts are not tried by themselves any more." in stopped.text
    assert 'id="do-stop-held"' not in stopped.text
    assert (tally, talking.held_again_at, len(fake_firstline.posts)) == (Tally(2, held=2), None, 2)
    [entry] = Entry.objects.filter(verb="stopped held")
    assert (entry.by, entry.detail) == (by, {"contacts": 2})
    assert "They were not tried by themselves." in do(client, "stop_held", talking).text


def test_a_person_stops_it_while_a_round_is_under_way(talking, fake_firstline):
    fake_firstline.answer(409)
    time_passes()
    engine.sweep()

    stopped = held.stop(talking, by=make_user())
    work(talking)
    engine.sweep()

    assert (stopped, work(talking)) == (True, Tally(2, sent=1, held=1))
    assert (talking.state, talking.held_again_at) == ("done", None)


def test_a_cancelled_broadcast_has_nothing_to_stop(talking):
    Broadcast.objects.update(state="cancelled")

    assert held.stop(talking, by=make_user()) is False


def test_none_are_tried_where_the_setting_says_never(settings, fake_firstline):
    settings.HELD_FOR_HOURS = 0
    fake_firstline.answer(409)
    broadcast = make_broadcast(contacts=1)

    work(broadcast)

    assert (broadcast.held_again_at, verbs()) == (None, ["sent"])


def test_when_all_were_sent_nothing_is_waited_for(talking, fake_firstline):
    broadcasts.retry_held(talking, by=None, forced=True, reason="recall")
    work(talking)
    time_passes()

    work(talking)

    assert (talking.held_again_at, talking.held_until) == (None, None)
    assert fake_firstline.posts[-1].json["is_force"] == 1
