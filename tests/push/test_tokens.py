"""Several employees' tokens: who they are, which are refused, and what people see of it."""

import pytest
from django.db import transaction

from people.models import Entry
from push import broadcasts, pacing, pump, tokens
from push.broadcasts import Tally
from push.models import Broadcast, Pace
from push.tokens import Standing
from tests.makers import make_user
from tests.push.test_broadcasts import books_balance, make_broadcast
from tests.push.turns import limits

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def two_tokens(settings):
    settings.FIRSTLINE_API_TOKEN = "first-s3cret, second-s3cret"
    settings.FIRSTLINE_RATE_PER_MINUTE = 600_000
    settings.FIRSTLINE_TIMEOUT = (1.0, 1.0)
    settings.FIRSTLINE_CONCURRENCY = 4


def aside(*numbers):
    with transaction.atomic():
        tokens.set_aside({token.key for token in tokens.known() if token.number in numbers})


def used(server):
    """The tokens that taken posts carried."""
    return {post.headers["Authorization"].removeprefix("Bearer ") for post in server.posts}


def refuse(server, *secrets):
    """Answers 401 to these, as FIRST LINE does once a token was made anew."""
    take = server.take

    def choosy(post):
        if post.headers["Authorization"].removeprefix("Bearer ") in secrets:
            server.refused += 1
            return 401, '{"message": "Unauthenticated."}', {}
        return take(post)

    server.take, server.refused = choosy, 0


@pytest.mark.parametrize(
    ("listed", "secrets"),
    [("", [""]), ("a", ["a"]), (" a ,b,, a", ["a", "b"]), (",", [""])],
    ids=["none", "one", "twice the same", "nothing but a comma"],
)
def test_known_are_those_in_the_setting(settings, listed, secrets):
    settings.FIRSTLINE_API_TOKEN = listed

    assert [token.secret for token in tokens.known()] == secrets
    assert [token.number for token in tokens.known()] == list(range(1, len(secrets) + 1))


def test_nothing_shows_a_token_or_a_part_of_it():
    said = f"{tokens.known()} {tokens.standings()} {tokens.standings()[0].label} {tokens.keys()}"

    assert "s3cret" not in said
    assert "first" not in said


def test_all_tokens_share_a_broadcasts_work(fake_firstline):
    broadcast = make_broadcast(contacts=40)

    pump.run(limits())

    assert broadcasts.tally(broadcast) == Tally(40, sent=40)
    assert used(fake_firstline) == {"first-s3cret", "second-s3cret"}


def test_a_refused_token_is_set_aside_and_the_others_go_on(fake_firstline):
    refuse(fake_firstline, "first-s3cret")
    broadcast = make_broadcast(contacts=40)

    pump.run(limits())

    broadcast.refresh_from_db()
    assert (broadcast.state, broadcasts.tally(broadcast)) == ("done", Tally(40, sent=40))
    assert used(fake_firstline) == {"second-s3cret"}
    assert [standing.is_set_aside for standing in tokens.standings()] == [True, False]
    assert "renew it" in tokens.standings()[0].text
    assert [(entry.verb, entry.target) for entry in Entry.objects.filter(by=None)][:1] == [
        ("token_refused", "1")
    ]
    assert books_balance(broadcast)


def test_a_set_aside_token_is_left_alone_by_the_next_worker(fake_firstline):
    refuse(fake_firstline, "first-s3cret")
    aside(1)
    make_broadcast(contacts=10)

    pump.run(limits())

    assert fake_firstline.refused == 0


def test_only_when_every_token_is_refused_the_broadcast_pauses(fake_firstline):
    refuse(fake_firstline, "first-s3cret", "second-s3cret")
    broadcast = make_broadcast(contacts=40)

    pump.run(limits())

    broadcast.refresh_from_db()
    assert (broadcast.state, broadcast.paused_because) == ("paused", "token_refused")
    assert broadcasts.tally(broadcast) == Tally(40, waiting=40)
    assert books_balance(broadcast)
    assert pacing.trouble() == "token_refused"


def test_resuming_tries_refused_tokens_again_with_one_post_each(fake_firstline):
    aside(1, 2)
    refuse(fake_firstline, "first-s3cret")
    broadcast = make_broadcast(contacts=20)
    broadcasts.pause(broadcast, by=None)

    broadcasts.resume(broadcast, by=None)
    pump.run(limits())

    broadcast.refresh_from_db()
    assert (broadcast.state, broadcasts.tally(broadcast)) == ("done", Tally(20, sent=20))
    assert fake_firstline.refused == 1
    assert [standing.is_set_aside for standing in tokens.standings()] == [True, False]


def test_try_again_gives_the_refused_another_chance_and_is_recorded():
    aside(2)
    person = make_user()

    tried = [tokens.try_again(by=person), tokens.try_again(by=person)]

    assert tried == [1, 0]
    assert tokens.standings() == [Standing(1), Standing(2)]
    assert [entry.detail for entry in Entry.objects.filter(by=person)] == [{"tokens": 1}]


def test_standings_of_tokens_that_never_posted_are_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = tokens.standings()

    assert [(each.label, each.text) for each in found] == [("Token 1", ""), ("Token 2", "")]


def test_a_throttled_token_waits_and_says_so(fake_firstline):
    fake_firstline.answer(429, "", Retry_After="1")
    broadcast = make_broadcast(contacts=40)

    pump.run(limits())

    assert broadcasts.tally(broadcast) == Tally(40, sent=40)
    assert Pace.objects.filter(key__startswith="token:").count() == 2
    assert Broadcast.objects.get().state == Broadcast.State.DONE
