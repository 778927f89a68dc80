"""Contacts who are marked do-not-disturb after a broadcast began: nothing more goes to them."""

import pytest

from push import broadcasts, contacts, engine, leases
from push.broadcasts import Tally
from push.models import Broadcast, Contact, Outcome
from tests.makers import make_user
from tests.push.test_broadcasts import books_balance, make_broadcast
from tests.push.test_schedule import soon
from tests.runs import make_run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quick(settings):
    settings.FIRSTLINE_RATE_PER_MINUTE = 600_000


def silence(*names):
    for contact in Contact.objects.filter(name__in=names):
        contacts.disturb(contact, allowed=False, by=make_user())


def left_out(broadcast):
    gone = broadcast.deliveries.filter(outcome=Outcome.CANCELLED, reason="do_not_disturb")
    return list(gone.values_list("contact__name", flat=True))


def test_who_still_waits_is_left_out(fake_firstline):
    broadcast = make_broadcast(contacts=3)
    silence("小明1")

    engine.turn()

    assert {post.json["message"] for post in fake_firstline.posts} == {"嗨 小明0", "嗨 小明2"}
    assert (broadcasts.tally(broadcast), left_out(broadcast)) == (
        Tally(3, sent=2, cancelled=1),
        ["小明1"],
    )
    assert books_balance(broadcast)


def test_a_worker_that_gives_its_chunk_up_and_takes_it_again_leaves_them_out(fake_firstline):
    broadcast = make_broadcast(contacts=2)
    leases.leave(leases.take(), is_done=False)
    silence("小明0")

    lease = leases.take()

    assert [row.values["name"] for row in lease.rows] == ["小明1"]
    assert broadcasts.tally(broadcast) == Tally(2, waiting=1, cancelled=1)


def test_when_nobody_is_left_it_is_done(client, fake_firstline):
    broadcast = make_broadcast(contacts=1)
    silence("小明0")

    engine.turn()

    broadcast.refresh_from_db()
    client.force_login(make_user("志豪"))
    assert (broadcast.state, fake_firstline.posts) == ("done", [])
    page = client.get(f"/broadcasts/{broadcast.pk}/").text
    assert "Everybody got it." not in page
    assert "0 sent. Left out after it began: 1. The list below says why." in page


def test_who_is_held_is_not_tried_again(fake_firstline):
    fake_firstline.answer(409)
    broadcast = make_broadcast(contacts=1)
    engine.turn()
    engine.sweep()
    silence("小明0")
    Broadcast.objects.update(held_again_at=soon(-1))

    for _round in range(2):
        engine.sweep()
        engine.turn()

    assert len(fake_firstline.posts) == 1
    assert (broadcasts.tally(broadcast), left_out(broadcast)) == (Tally(1, cancelled=1), ["小明0"])


@pytest.mark.parametrize("is_forced", [True, False], ids=["forced", "not forced"])
def test_who_is_tried_again_by_hand_is_left_out(fake_firstline, is_forced):
    broadcast = make_run(Outcome.HELD, Outcome.HELD)
    silence("小明0")

    broadcasts.retry_held(broadcast, by=None, forced=is_forced, reason="recall")
    engine.turn()

    assert [post.json["message"] for post in fake_firstline.posts] == ["嗨 小明1"]
    assert left_out(broadcast) == ["小明0"]
