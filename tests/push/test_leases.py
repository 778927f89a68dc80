"""Who holds a chunk may post from it and nobody else: lost leases, and commits nobody heard of."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from push import books, broadcasts, leases, minutes
from push.broadcasts import Tally
from push.models import Chunk, Delivery, Outcome
from tests.push.test_broadcasts import books_balance, make_broadcast
from tests.push.turns import come_home, fell_silent, taken, work

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick")]


def test_the_watermark_is_on_disk_before_anything_leaves(fake_firstline):
    make_broadcast(contacts=30)
    run = taken()
    keys = [row.key for row in run.rows]

    run.step()

    assert Chunk.objects.get().claimed_to == keys[run.window - 1]
    assert run.flying == run.window
    run.work()


def test_the_watermark_only_grows(fake_firstline):
    make_broadcast(contacts=30)
    run = taken()
    first = list(run.rows)
    run.step()
    before = Chunk.objects.get().claimed_to

    leases.claim(books.Page(Chunk.objects.get()), first[:2], run.lease)

    chunk = Chunk.objects.get()
    assert (chunk.claimed_to, chunk.sending) == (before, run.window)
    run.work()


def test_a_zombie_says_what_came_back_and_posts_nothing_new(fake_firstline):
    broadcast = make_broadcast(contacts=30)
    zombie = taken()
    zombie.step()
    come_home(zombie)
    assert fell_silent(zombie.lease) == 1
    assert broadcasts.tally(broadcast).uncertain == zombie.window

    work()
    assert broadcasts.tally(broadcast) == Tally(
        30, sent=30 - zombie.window, uncertain=zombie.window
    )
    zombie.work()

    assert broadcasts.tally(broadcast) == Tally(30, sent=30)
    assert len(fake_firstline.posts) == 30
    assert books_balance(broadcast)
    points = minutes.series(broadcast).points
    assert sum(point.uncertain for point in points) == zombie.window
    assert sum(point.sent for point in points) == 30


def test_a_zombie_keeps_back_what_it_had_claimed_and_not_sent(fake_firstline, settings):
    settings.ENGINE_LEASE = 0
    broadcast = make_broadcast(contacts=10)
    zombie = taken()
    zombie.step()
    come_home(zombie)
    fell_silent(zombie.lease)
    assert fake_firstline.posts == []
    assert broadcasts.tally(broadcast) == Tally(10, waiting=4, uncertain=6)

    settings.ENGINE_LEASE = 30
    zombie.work()
    work()

    assert broadcasts.tally(broadcast) == Tally(10, sent=10)
    assert len(fake_firstline.posts) == 10
    assert books_balance(broadcast)


def test_a_lease_from_before_the_clock_was_set_back_is_taken_over():
    broadcast = make_broadcast(contacts=10)
    leases.take()

    Chunk.objects.update(lease_until=timezone.now() + timedelta(hours=1))

    assert leases.reap() == 1
    assert broadcasts.tally(broadcast) == Tally(10, waiting=10)


def test_nobody_posts_at_or_below_the_watermark_found(fake_firstline):
    make_broadcast(contacts=10)
    dead = leases.take()
    Chunk.objects.update(claimed_to=dead.rows[3].key, waiting=6, sending=4)
    fell_silent(dead)

    successor = leases.take()

    assert [row.key for row in successor.rows] == [row.key for row in dead.rows[4:]]
    assert successor.epoch == dead.epoch + 2


def test_a_final_outcome_is_never_taken_back():
    broadcast = make_broadcast(contacts=3)
    chunk = broadcast.chunks.get()
    keys = list(broadcast.deliveries.order_by("pk").values_list("pk", flat=True))
    finals = [Outcome.SENT, Outcome.FAILED, Outcome.UNCERTAIN]
    for key, outcome in zip(keys, finals, strict=True):
        Delivery.objects.filter(pk=key).update(outcome=outcome)
    Chunk.objects.update(waiting=0, sent=1, failed=1, uncertain=1)

    page = books.Page(chunk)
    page.record(keys, Outcome.UNCERTAIN, reason="lost")
    page.record(keys, Outcome.HELD, reason="agent_talking")
    page.write()

    assert [each.outcome for each in broadcast.deliveries.order_by("pk")] == [
        "sent",
        "failed",
        "held",
    ]
    assert books_balance(broadcast)


def test_a_step_whose_commit_was_not_heard_of_may_be_repeated(fake_firstline):
    broadcast = make_broadcast(contacts=10)
    run = taken()
    run.step()
    come_home(run)
    heard = list(run.answers)
    run.step()
    come_home(run)
    run.answers += heard

    run.work()

    assert broadcasts.tally(broadcast) == Tally(10, sent=10)
    assert books_balance(broadcast)


def test_what_a_commit_that_was_not_heard_of_claimed_waits_again(fake_firstline):
    broadcast = make_broadcast(contacts=10)
    run = taken()
    with transaction.atomic():
        leases.claim(leases.lock(run.lease).page, list(run.rows)[:3], run.lease)
    broadcasts.pause(broadcast, by=None)

    run.work()

    assert broadcasts.tally(broadcast) == Tally(10, waiting=10)
    broadcasts.resume(broadcast, by=None)
    work()
    assert broadcasts.tally(broadcast) == Tally(10, sent=10)
    assert (len(fake_firstline.posts), books_balance(broadcast)) == (10, True)
