"""The table of outcomes, each line against a server that really does it, down to the books."""

import pytest

from push import broadcasts
from push.models import Delivery, Pace
from push.outcomes import REASONS
from tests.push import rude
from tests.push.test_broadcasts import books_balance, make_broadcast
from tests.push.turns import come_home, taken
from tests.servers import free_port

pytestmark = pytest.mark.django_db(transaction=True)

SENT = [rude.answers(200), rude.answers_without_a_length, rude.answers_at_length]
HELD = [rude.answers(409)]
FAILED = {
    "refused": [rude.answers(400), rude.answers(405), rude.answers(410), rude.answers(419)],
    "not_found": [rude.answers(404)],
    "too_large": [rude.answers(413)],
    "invalid": [rude.answers(422)],
    "redirected": [
        rude.answers(301, "Location: /elsewhere"),
        rude.answers(307, "Location: /elsewhere"),
        rude.answers(308, "Location: http://127.0.0.1:9/"),
    ],
}
UNCERTAIN = {
    "server_error": [
        rude.answers(201),
        rude.answers(204),
        rude.answers(500),
        rude.answers(502, "Retry-After: 5"),
        rude.answers(503),
        rude.answers(503, "Retry-After: soon"),
        rude.answers(504),
    ],
    "lost": [rude.resets_after_reading, rude.closes_without_a_word, rude.sends_garbage],
    "unfinished": [rude.breaks_off, rude.breaks_off_a_chunk],
}
WAITS = {
    "throttled": [
        rude.answers(429),
        rude.answers(429, "Retry-After: 9"),
        rude.answers(503, "Retry-After: 9"),
    ],
}
SET_ASIDE = [rude.answers(401), rude.answers(403)]
NO_TLS = [rude.speaks_no_tls, rude.has_no_certificate]


ENDLESS = [rude.trickles_the_head, rude.trickles_the_body, rude.floods_for_ever]


@pytest.fixture(autouse=True)
def patient(settings):
    settings.FIRSTLINE_RATE_PER_MINUTE = 600_000
    settings.FIRSTLINE_TIMEOUT = (10.0, 10.0)


def post_once(settings, url):
    """One contact's post leaves at most once; what the books say then."""
    settings.FIRSTLINE_API_BASE = url
    broadcast = make_broadcast(contacts=1)
    run = taken()
    run.step()
    come_home(run)
    run.is_ending = True
    run.step()
    run.leave()
    assert books_balance(broadcast)
    delivery = Delivery.objects.get()
    return delivery.outcome, delivery.reason


def cases(table):
    return [
        pytest.param(behave, reason, id=f"{reason}: {behave.__name__}")
        for reason, behaviours in table.items()
        for behave in behaviours
    ]


def counted(behave, posts):
    def counting(connection):
        posts.append(connection)
        behave(connection)

    return counting


@pytest.mark.parametrize("behave", SENT, ids=lambda behave: behave.__name__)
def test_a_whole_answer_of_200_is_sent(settings, behave):
    with rude.server(behave) as url:
        assert post_once(settings, url) == ("sent", "")


@pytest.mark.parametrize("behave", HELD, ids=lambda behave: behave.__name__)
def test_an_agent_who_is_talking_holds(settings, behave):
    with rude.server(behave) as url:
        assert post_once(settings, url) == ("held", "agent_talking")


@pytest.mark.parametrize(("behave", "reason"), cases(FAILED))
def test_what_was_refused_has_failed_and_went_nowhere_else(settings, behave, reason):
    posts = []
    with rude.server(counted(behave, posts)) as url:
        assert post_once(settings, url) == ("failed", reason)
    assert len(posts) == 1


@pytest.mark.parametrize(("behave", "reason"), cases(UNCERTAIN))
def test_what_left_without_a_whole_answer_is_uncertain(settings, behave, reason):
    posts = []
    with rude.server(counted(behave, posts)) as url:
        assert post_once(settings, url) == ("uncertain", reason)
    assert len(posts) == 1
    assert reason in REASONS


def test_what_left_and_got_silence_is_uncertain(settings):
    settings.FIRSTLINE_TIMEOUT = (0.5, 0.5)
    with rude.server(rude.hangs) as url:
        assert post_once(settings, url) == ("uncertain", "no_answer")


@pytest.mark.parametrize("behave", ENDLESS, ids=lambda behave: behave.__name__)
def test_an_answer_that_never_ends_is_uncertain(settings, behave):
    settings.FIRSTLINE_TIMEOUT = (0.5, 0.5)
    with rude.server(behave) as url:
        outcome, reason = post_once(settings, url)

    assert outcome == "uncertain"
    assert reason in ("unfinished", "no_answer")


@pytest.mark.parametrize(("behave", "reason"), cases(WAITS))
def test_what_is_asked_to_wait_was_not_sent(settings, behave, reason):
    with rude.server(behave) as url:
        assert post_once(settings, url) == ("pending", "")

    pace = Pace.objects.get()
    assert (pace.reason, pace.troubles, pace.refused_at) == (reason, 1, None)


@pytest.mark.parametrize("behave", SET_ASIDE, ids=lambda behave: behave.__name__)
def test_a_refused_token_sent_nothing(settings, behave):
    with rude.server(behave) as url:
        assert post_once(settings, url) == ("pending", "")

    assert Pace.objects.get().refused_at is not None


@pytest.mark.parametrize("behave", NO_TLS, ids=lambda behave: behave.__name__)
def test_without_tls_nothing_was_sent(settings, behave):
    with rude.server(behave) as url:
        assert post_once(settings, url.replace("http:", "https:")) == ("pending", "")

    assert Pace.objects.get().reason == "tls"


def test_a_reset_before_tls_is_agreed_on_sent_nothing(settings):
    with rude.server(rude.resets_while_greeting) as url:
        assert post_once(settings, url.replace("http:", "https:")) == ("pending", "")


def test_nobody_there_is_not_sent(settings):
    assert post_once(settings, f"http://127.0.0.1:{free_port()}") == ("pending", "")
    assert Pace.objects.get().reason == "unreachable"


def test_nobody_of_that_name_is_not_sent(settings):
    assert post_once(settings, "http://nowhere.invalid") == ("pending", "")


def test_a_server_that_lets_nobody_in_is_not_sent(settings):
    settings.FIRSTLINE_TIMEOUT = (0.5, 0.5)
    with rude.full() as url:
        assert post_once(settings, url) == ("pending", "")


def test_a_reset_before_reading_is_never_posted_twice(settings):
    posts = []
    with rude.server(counted(rude.resets_before_reading, posts)) as url:
        outcome, reason = post_once(settings, url)

    assert (outcome, reason) in [("uncertain", "lost"), ("pending", "")]
    assert len(posts) == 1


def test_the_tally_of_a_broadcast_that_met_them_all_adds_up(settings):
    behaviours = iter([rude.answers(status) for status in (200, 409, 404, 500)])

    def each_in_turn(connection):
        next(behaviours, rude.answers(200))(connection)

    settings.FIRSTLINE_CONCURRENCY = 1
    with rude.server(each_in_turn) as url:
        settings.FIRSTLINE_API_BASE = url
        broadcast = make_broadcast(contacts=6)
        taken().work()

    tally = broadcasts.tally(broadcast)
    assert (tally.audience, tally.sent, tally.held, tally.failed, tally.uncertain) == (
        6,
        3,
        1,
        1,
        1,
    )
