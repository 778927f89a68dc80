"""Worker heartbeats, and what a page says when nothing moves."""

from datetime import timedelta
from socket import socketpair
from uuid import uuid4

import pytest
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from people import rights
from push import attempts, broadcasts, clock, heartbeat, pacing, tasks
from push.attempts import Attempt, Watch
from push.audience import Audience
from push.models import Outcome, Worker
from push.schedule import Plan
from tests.makers import make_template, make_user
from tests.runs import make_run

pytestmark = pytest.mark.django_db

NOT_RUNNING = "The background worker is not running"
NOT_ANSWERING = "FIRST LINE is not answering"
NOT_REACHED = "FIRST LINE could not be reached"


def worker(name="host:1", *, seen=0.0, silent=None):
    """As a worker process left it so many seconds ago."""
    ago = {"seen_at": Now() - timedelta(seconds=seen)}
    ago["silent_since"] = None if silent is None else Now() - timedelta(seconds=silent)
    return Worker.objects.create(name=name, **ago)


def in_flight(broadcast, count=1):
    broadcast.chunks.update(sending=count, waiting=0)


def sign_in(client):
    client.force_login(make_user("佩珊", rights=[rights.SEND]))


def page(client, broadcast):
    return client.get(reverse("broadcast", args=[broadcast.pk])).text


def test_beat_keeps_one_row_for_a_process():
    heartbeat.beat()
    heartbeat.beat()

    assert [each.name for each in Worker.objects.all()] == [heartbeat.worker_name()]
    assert heartbeat.is_worker_alive()
    assert heartbeat.last_seen() < timedelta(minutes=1)


def test_stop_removes_only_this_process():
    heartbeat.beat()
    worker("another:1")

    heartbeat.stop()

    assert [each.name for each in Worker.objects.all()] == ["another:1"]


def test_last_seen_is_that_of_the_latest():
    assert heartbeat.last_seen() is None

    worker("host:1", seen=7200)
    worker("host:2", seen=3600)

    assert timedelta(minutes=60) <= heartbeat.last_seen() < timedelta(minutes=61)


def test_rows_of_killed_workers_are_deleted_after_a_day():
    worker("host:1", seen=25 * 3600)
    worker("host:2", seen=23 * 3600)

    heartbeat.delete_old()

    assert [each.name for each in Worker.objects.all()] == ["host:2"]


def test_a_queue_worker_of_another_program_is_seen_too():
    tasks.pump.func()

    assert heartbeat.is_worker_alive()


@pytest.mark.parametrize(("seen", "alive"), [(0, True), (4, True), (7, False), (3600, False)])
def test_a_worker_counts_as_stopped_after_three_beats(seen, alive):
    worker(seen=seen)

    assert heartbeat.is_worker_alive() is alive


def test_stopped_worker_is_named_for_whatever_waits_for_it():
    running = make_run(Outcome.SENT, waiting=1)
    paused, done = make_run(waiting=1, state="paused"), make_run(Outcome.SENT)
    planned = broadcasts.start(
        make_template("明天").latest,
        audience=Audience("line", everyone=True),
        by=None,
        press=uuid4(),
        plan=Plan(at=timezone.now() + timedelta(days=1)),
    )

    found = [broadcasts.trouble(each) for each in (running, planned, paused, done)]

    assert found == ["no_worker", "no_worker", "", ""]


def test_silent_api_is_named_only_while_posts_are_on_their_way():
    broadcast = make_run(Outcome.SENT, waiting=1)
    worker(silent=7)
    quiet = broadcasts.trouble(broadcast)

    in_flight(broadcast)

    assert (quiet, broadcasts.trouble(broadcast)) == ("", "no_answers")


@pytest.mark.parametrize(
    ("workers", "silent"),
    [
        ([{"silent": 7}], True),
        ([{"silent": 3}], False),
        ([{"silent": None}], False),
        ([{"silent": 60}, {"silent": 1}], False),
        ([{"silent": 60, "seen": 60}], False),
        ([{"silent": 60, "seen": 60}, {"silent": 8}], True),
    ],
    ids=["silent", "briefly", "idle", "one hears", "dead", "one dead"],
)
def test_api_is_silent_when_no_worker_hears_from_it(workers, silent):
    for number, each in enumerate(workers):
        worker(f"host:{number}", **each)

    assert heartbeat.is_api_silent() is silent


def test_trouble_names_one_cause_the_first_that_has_to_be_mended():
    broadcast = make_run(waiting=1)
    in_flight(broadcast)
    pacing.throttle(None, "unreachable")
    without_worker = broadcasts.trouble(broadcast)
    worker(silent=7)
    out_of_reach = broadcasts.trouble(broadcast)
    pacing.recover([each.key for each in pacing.tokens.known()])

    assert [without_worker, out_of_reach, broadcasts.trouble(broadcast)] == [
        "no_worker",
        "unreachable",
        "no_answers",
    ]


def test_page_and_home_name_what_stands_still_and_promise_no_time(client):
    sign_in(client)
    broadcast = make_run(*[Outcome.SENT] * 3, waiting=2)
    worker(seen=1)
    moving = page(client, broadcast)

    Worker.objects.all().delete()
    stopped, home = page(client, broadcast), client.get("/").text
    worker(silent=9)
    in_flight(broadcast, 2)
    silent, home_silent = page(client, broadcast), client.get("/").text
    pacing.throttle(None, "unreachable")
    unreachable = page(client, broadcast)

    assert ("Time left" in moving, NOT_RUNNING in moving) == (True, False)
    assert ("Time left" in stopped, NOT_RUNNING in stopped, NOT_RUNNING in home) == (
        False,
        True,
        True,
    )
    assert ("Time left" in silent, NOT_ANSWERING in silent, NOT_ANSWERING in home_silent) == (
        False,
        True,
        True,
    )
    assert ("Time left" in unreachable, NOT_REACHED in unreachable) == (False, True)


def test_home_asks_again_by_itself(client):
    sign_in(client)
    home = client.get("/").text
    url = reverse("home_trouble")
    before = client.get(url).text
    worker()

    after = client.get(url).text

    assert f'hx-get="{url}"' in home
    assert (NOT_RUNNING in before, NOT_RUNNING in after) == (True, False)
    assert f'hx-get="{url}"' in after


def test_planned_broadcast_says_that_nobody_would_begin_it(client):
    sign_in(client)
    broadcast = broadcasts.start(
        make_template("明天").latest,
        audience=Audience("line", everyone=True),
        by=None,
        press=uuid4(),
        plan=Plan(at=timezone.now() + timedelta(days=1)),
    )
    pacing.throttle(None, "unreachable")
    stopped = page(client, broadcast)
    worker()

    assert (NOT_RUNNING in stopped, NOT_REACHED in page(client, broadcast)) == (True, False)


def leave(watch, *, ago):
    attempt = Attempt(clock.now() + 60, leave_by=float("inf"))
    watch.over(attempt)
    attempt.leave(socketpair()[0])
    attempt.left_at -= ago
    return attempt


def test_silence_is_counted_from_the_first_post_without_an_answer():
    watch = Watch()
    idle = watch.silence()
    leave(watch, ago=20)
    leave(watch, ago=5)

    assert idle == 0
    assert round(watch.silence()) == 20


def test_silence_ends_with_an_answer_to_any_post():
    watch = Watch()
    leave(watch, ago=20)
    answered = leave(watch, ago=5)

    watch.done(answered, is_answered=True)

    assert round(watch.silence()) == 0


def test_silence_goes_on_through_posts_that_time_out():
    watch = Watch()
    watch.done(leave(watch, ago=30))
    leave(watch, ago=1)

    assert round(watch.silence()) == 30


def test_silence_of_an_earlier_run_is_forgotten():
    watch = Watch()
    watch.done(leave(watch, ago=3600))
    idle = watch.silence()
    leave(watch, ago=1)

    assert (idle, round(watch.silence())) == (0, 1)


def test_posts_that_have_not_left_are_no_silence():
    watch = Watch()
    watch.over(Attempt(clock.now() + 60, leave_by=float("inf")))

    assert watch.silence() == 0


def test_beat_records_the_silence():
    watch = attempts.watching()
    attempt = leave(watch, ago=30)
    try:
        heartbeat.beat()
        silent = heartbeat.is_api_silent()
    finally:
        watch.done(attempt, is_answered=True)
    heartbeat.beat()

    assert (silent, heartbeat.is_api_silent()) == (True, False)
