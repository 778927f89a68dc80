"""The engine's loop in this process, step by step, against a server that really answers."""

import time
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import F

from people.models import Entry
from push import books, broadcasts, engine, leases, outcomes, pacing, tasks
from push.broadcasts import Tally
from push.models import Broadcast, Chunk, Pace
from tests.makers import make_contact, make_template
from tests.push.test_broadcasts import EVERYONE, books_balance, make_broadcast
from tests.push.turns import come_home, taken, work
from tests.servers import free_port

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick")]


def test_run_posts_each_once_and_finishes(fake_firstline):
    broadcast = make_broadcast(contacts=30)

    work()

    broadcast.refresh_from_db()
    assert broadcast.state == Broadcast.State.DONE
    assert broadcasts.tally(broadcast) == Tally(audience=30, sent=30)
    assert sorted(post.json["message"] for post in fake_firstline.posts) == sorted(
        f"嗨 小明{number}" for number in range(30)
    )
    assert books_balance(broadcast)


def test_run_keeps_what_the_server_said(fake_firstline):
    broadcast = make_broadcast(contacts=1)
    fake_firstline.answer(422, '{"errors": {"type": ["The type is invalid."]}}')

    work()

    delivery = broadcast.deliveries.get()
    assert (delivery.outcome, delivery.reason, delivery.status, delivery.answer) == (
        "failed",
        "invalid",
        422,
        "type: The type is invalid.",
    )
    assert "did not accept" in outcomes.reason_text(delivery.reason)


def test_run_waits_as_long_as_the_server_asks(fake_firstline):
    broadcast = make_broadcast(contacts=6)
    fake_firstline.answer(429, "", Retry_After="1")
    began = time.monotonic()

    work()

    assert time.monotonic() - began > 1.0
    assert broadcasts.tally(broadcast) == Tally(audience=6, sent=6)
    assert len(fake_firstline.posts) == 7
    assert Pace.objects.get().troubles == 0


def test_run_goes_on_when_the_server_is_back(fake_firstline, settings):
    broadcast = make_broadcast(contacts=6)
    url, settings.FIRSTLINE_API_BASE = fake_firstline.url, f"http://127.0.0.1:{free_port()}"
    run = taken()
    run.step()
    come_home(run)
    run.is_ending = True
    run.step()
    run.leave()
    assert (broadcasts.tally(broadcast), Pace.objects.get().troubles) == (Tally(6, waiting=6), 1)

    settings.FIRSTLINE_API_BASE = url
    work()

    assert broadcasts.tally(broadcast) == Tally(audience=6, sent=6)
    assert len(fake_firstline.posts) == 6
    assert books_balance(broadcast)


def test_a_refused_token_pauses_and_loses_nothing(fake_firstline):
    broadcast = make_broadcast(contacts=20)
    for _ in range(8):
        fake_firstline.answer(401)
    work()
    refused = len(fake_firstline.posts)
    broadcast.refresh_from_db()
    assert (broadcast.state, broadcast.paused_because) == ("paused", "token_refused")
    assert broadcasts.tally(broadcast).waiting >= 8
    fake_firstline._answers.clear()

    broadcasts.resume(broadcast, by=None)
    work()

    assert broadcasts.tally(broadcast) == Tally(audience=20, sent=20)
    assert len(fake_firstline.posts) - 20 <= min(refused, 8)
    assert books_balance(broadcast)


def test_held_contacts_are_tried_again_by_force(fake_firstline):
    broadcast = make_broadcast(contacts=1)
    fake_firstline.answer(409)
    work()
    assert broadcasts.tally(broadcast) == Tally(audience=1, held=1)

    broadcasts.retry_held(broadcast, by=None, forced=True, reason="recall")
    work()

    assert broadcasts.tally(broadcast) == Tally(audience=1, sent=1)
    assert [post.json.get("is_force") for post in fake_firstline.posts] == [None, 1]


def test_what_is_uncertain_is_never_posted_again(fake_firstline):
    broadcast = make_broadcast(contacts=3)
    fake_firstline.answer(500)
    work()
    assert broadcasts.tally(broadcast) == Tally(audience=3, sent=2, uncertain=1)

    assert broadcasts.retry_failed(broadcast, by=None) == 0
    engine.sweep()
    work()

    assert len(fake_firstline.posts) == 3


def test_a_run_of_failures_pauses_and_says_so(fake_firstline):
    broadcast = make_broadcast(contacts=60)
    for _ in range(60):
        fake_firstline.answer(400)

    work()

    broadcast.refresh_from_db()
    assert (broadcast.state, broadcast.paused_because) == ("paused", "run_of_failures")
    assert 25 <= broadcasts.tally(broadcast).failed < 60
    assert Entry.objects.first().detail == {"because": "run_of_failures"}


def test_pause_lets_what_is_on_its_way_come_home(fake_firstline):
    broadcast = make_broadcast(contacts=30)
    run = taken()
    run.step()

    broadcasts.pause(broadcast, by=None)
    run.work()

    tally = broadcasts.tally(broadcast)
    assert (tally.waiting, tally.sending, tally.sent) == (30 - run.window, 0, run.window)
    assert Chunk.objects.get().state == Chunk.State.READY
    broadcasts.resume(broadcast, by=None)
    work()
    assert len(fake_firstline.posts) == 30


def test_cancel_lets_what_is_on_its_way_come_home(fake_firstline):
    broadcast = make_broadcast(contacts=30)
    run = taken()
    run.step()

    broadcasts.cancel(broadcast, by=None)
    run.work()
    engine.turn()

    assert broadcasts.tally(broadcast) == Tally(30, sent=run.window, cancelled=30 - run.window)
    assert books_balance(broadcast)


def test_first_turns_and_those_tried_again_share_the_leases(monkeypatch):
    monkeypatch.setattr(books, "CHUNK", 1)
    broadcast = make_broadcast(contacts=120)
    again = broadcast.deliveries.filter(pk__in=broadcast.deliveries.order_by("pk")[:60])
    firsts = list(again.values_list("pk", flat=True))
    again.update(round=1)
    Chunk.objects.filter(first__in=firsts).update(round=1)

    taken = [leases.take() for _ in range(60)]

    rounds = Chunk.objects.filter(pk__in=[lease.chunk for lease in taken])
    assert set(rounds.values_list("round", flat=True)) == {0, 1}


def test_what_is_late_for_its_moment_gets_another_one(fake_firstline, monkeypatch):
    """As if the process had stood still for a while after its first claim."""
    broadcast = make_broadcast(contacts=30)
    run = taken()
    monkeypatch.setattr(pacing, "LATEST", -1.0)
    run.step()
    come_home(run)
    monkeypatch.setattr(pacing, "LATEST", 60.0)
    assert fake_firstline.posts == []

    run.work()

    assert broadcasts.tally(broadcast) == Tally(30, sent=30)
    assert len(fake_firstline.posts) == 30
    assert books_balance(broadcast)


def test_nothing_is_claimed_ahead_of_senders_that_wait_long_for_answers(fake_firstline):
    make_broadcast(contacts=1)
    run = taken()
    usual = run.window

    run.answer_takes = 0.3

    assert (usual, run.window) == (6, 4)


def test_posts_are_claimed_ahead_of_senders_while_moments_are_made_up_for(fake_firstline):
    make_broadcast(contacts=30)
    Pace.objects.update(next_at=F("next_at") - timedelta(hours=1))
    run = taken()
    for _ in range(4):
        run.step()
        come_home(run)

    assert run.answer_takes < 0.2
    assert run.window == 6


def test_commits_that_are_always_slow_are_waited_for_and_one_that_stalls_is_not(fake_firstline):
    make_broadcast(contacts=1)
    run = taken()
    for _ in range(20):
        run.note_commit(0.01)
    run.note_commit(7.0)
    after_one = run.commit_takes
    for _ in range(8):
        run.note_commit(7.0)

    assert after_one < 0.2
    assert run.commit_takes == 7.0


def nested(depth):
    found = []
    for _ in range(depth):
        found = [found]
    return found


@pytest.mark.parametrize(
    "row",
    [
        {"values": {"name": nested(100_000)}},
        {"values": 5},
        {"values": ["name"]},
        {"contactable_id": None},
        {"contactable_id": "\ud800"},
    ],
    ids=lambda row: str(row.keys()),
)
def test_a_delivery_that_cannot_be_written_fails_alone(row, fake_firstline):
    broadcast = make_broadcast(contacts=2)
    run = taken()
    run.rows[0] = replace(run.rows[0], **row)

    run.work()

    assert broadcasts.tally(broadcast) == Tally(2, sent=1, failed=1)
    assert broadcast.deliveries.get(outcome="failed").reason == "unsendable"
    assert len(fake_firstline.posts) == 1
    assert books_balance(broadcast)


def test_a_small_broadcast_is_not_stuck_behind_a_large_one(monkeypatch):
    monkeypatch.setattr(books, "CHUNK", 2)
    large = make_broadcast(contacts=6)
    first = leases.take()
    small = make_broadcast(contacts=1)

    order = [leases.take().broadcast.pk for _ in range(3)]

    assert first.broadcast == large
    assert order == [small.pk, large.pk, small.pk]


def test_misconfiguration_pauses_and_says_so(settings, fake_firstline):
    settings.FIRSTLINE_API_TOKEN = "密碼"
    broadcast = make_broadcast(contacts=1)

    work()

    broadcast.refresh_from_db()
    assert (broadcast.state, broadcast.paused_because) == ("paused", "misconfigured")
    assert broadcasts.tally(broadcast) == Tally(1, waiting=1)


def test_sweep_finishes_what_nobody_finished():
    broadcast = make_broadcast(contacts=1)
    Chunk.objects.update(state=Chunk.State.DONE)

    engine.sweep()

    broadcast.refresh_from_db()
    assert broadcast.state == Broadcast.State.DONE


def test_a_turn_prepares_and_posts(fake_firstline):
    make_contact("小明")
    broadcast = broadcasts.start(make_template().latest, audience=EVERYONE, by=None, press=uuid4())

    engine.turn()

    assert broadcasts.tally(broadcast) == Tally(1, sent=1)
    assert (len(fake_firstline.posts), engine.is_work_left()) == (1, False)


def test_a_hint_to_a_foreign_worker_does_a_turn(fake_firstline):
    make_broadcast(contacts=1)

    tasks.pump.call()

    assert len(fake_firstline.posts) == 1
