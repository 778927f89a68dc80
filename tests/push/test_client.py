"""Whatever a server does becomes one outcome, soon, and never a second post."""

import socket
import threading
import time
import tracemalloc
from contextlib import suppress
from email.utils import formatdate

import pytest

from push import clock, outcomes
from push.attempts import Attempt, TooLate
from push.client import KEPT, Client
from push.errors import Misconfigured
from push.models import Outcome
from push.outcomes import Reply, Then, Trouble, Verdict, judge
from tests.push import rude
from tests.servers import free_port

BODY = '{"message":"嗨 🙂"}'.encode()


@pytest.fixture(autouse=True)
def impatient(settings):
    settings.FIRSTLINE_TIMEOUT = (0.3, 0.5)
    settings.FIRSTLINE_API_TOKEN = "s3cret"


def post(settings, url):
    settings.FIRSTLINE_API_BASE = url
    return Client().post(BODY)


def test_post_sends_exactly_the_documented_request(settings, fake_firstline):
    reply = post(settings, fake_firstline.url)

    [arrived] = fake_firstline.posts
    assert reply.status == 200
    assert (arrived.path, arrived.body) == ("/api/v1/message/push", BODY)
    assert {
        name: arrived.headers[name]
        for name in ("Authorization", "Content-Type", "Accept", "Content-Length")
    } == {
        "Authorization": "Bearer s3cret",
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Content-Length": str(len(BODY)),
    }


@pytest.mark.parametrize(
    ("scheme", "token", "header"),
    [("Bearer", "s3cret", "Bearer s3cret"), ("", "s3cret", "s3cret"), ("Bearer", "", None)],
    ids=["scheme", "bare", "none"],
)
def test_post_authorizes_as_set(settings, fake_firstline, scheme, token, header):
    settings.FIRSTLINE_AUTH_SCHEME, settings.FIRSTLINE_API_TOKEN = scheme, token

    post(settings, fake_firstline.url)

    assert fake_firstline.posts[0].headers.get("Authorization") == header


@pytest.mark.parametrize("token", ["bad\ntoken", "密碼", "a\0b"])
def test_a_token_that_no_header_can_carry_is_said_without_the_token(settings, token):
    settings.FIRSTLINE_API_TOKEN = token

    with pytest.raises(Misconfigured) as raised:
        Client()

    assert token not in str(raised.value)


def test_post_ignores_proxies_and_netrc_of_the_machine(settings, fake_firstline, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    assert post(settings, fake_firstline.url).status == 200


def test_post_keeps_its_connection_and_no_cookies(settings, fake_firstline):
    fake_firstline.answer(200, "{}", Set_Cookie="session=1; Path=/")
    settings.FIRSTLINE_API_BASE = fake_firstline.url
    client = Client()

    replies = [client.post(BODY) for _ in range(3)]

    assert [reply.status for reply in replies] == [200, 200, 200]
    assert [post.headers.get("Cookie") for post in fake_firstline.posts] == [None, None, None]


def test_post_after_a_rest_has_a_connection_of_its_own(settings, fake_firstline, monkeypatch):
    monkeypatch.setattr("push.client.IDLE", -1.0)
    settings.FIRSTLINE_API_BASE = fake_firstline.url
    client = Client()

    assert [client.post(BODY).status for _ in range(3)] == [200, 200, 200]


def test_a_refused_connection_is_not_sent(settings):
    assert post(settings, f"http://127.0.0.1:{free_port()}") == Reply(trouble=Trouble.UNREACHABLE)


def test_what_is_too_late_to_leave_stays(settings, fake_firstline):
    settings.FIRSTLINE_API_BASE = fake_firstline.url
    client = Client()

    late = client.post(BODY, leave_by=clock.now() - 1)
    in_time = client.post(BODY, leave_by=clock.now() + 60)

    assert (late, in_time.status) == (Reply(trouble=Trouble.HALTED), 200)
    assert len(fake_firstline.posts) == 1


def test_what_is_late_for_its_moment_stays_and_keeps_the_connection(settings, fake_firstline):
    settings.FIRSTLINE_API_BASE = fake_firstline.url
    client = Client()

    replies = [client.post(BODY, due_by=clock.now() + wait) for wait in (60, -0.01, 60)]

    assert replies == [replies[0], Reply(trouble=Trouble.HALTED), replies[0]]
    assert replies[0].status == 200
    assert len(fake_firstline.posts) == 2


def test_what_it_takes_to_connect_makes_nothing_late():
    attempt = Attempt(clock.now() + 60, leave_by=clock.now() + 60, due_by=clock.now() - 1)
    attempt.connecting = 2.0
    ours, theirs = socket.socketpair()

    with ours, theirs:
        attempt.leave(ours)

    assert attempt.left


@pytest.mark.parametrize("deadline", [-1, 60])
def test_what_was_cut_or_is_past_its_deadline_never_leaves(deadline):
    attempt = Attempt(clock.now() + deadline, leave_by=clock.now() + 60)
    ours, theirs = socket.socketpair()
    if deadline > 0:
        attempt.cut()

    with ours, theirs, pytest.raises(TooLate):
        attempt.leave(ours)

    assert (attempt.left, attempt.is_late) == (False, False)


def test_cutting_and_leaving_at_one_moment_leave_nothing_open():
    """Whichever comes first: either it stayed, or its connection is shut."""
    for _ in range(500):
        attempt = Attempt(clock.now() + 60, leave_by=clock.now() + 60)
        ours, theirs = socket.socketpair()
        start = threading.Barrier(2)
        cutting = threading.Thread(target=lambda: (start.wait(), attempt.cut()))  # noqa: B023
        cutting.start()
        start.wait()
        with ours, theirs:
            with suppress(TooLate):
                attempt.leave(ours)
            cutting.join()
            if attempt.left:
                with pytest.raises(OSError, match="Broken pipe"):
                    ours.send(b"x")
            else:
                ours.send(b"x")


def test_an_unknown_host_is_not_sent(settings):
    assert post(settings, "http://nowhere.invalid") == Reply(trouble=Trouble.UNREACHABLE)


def test_no_connection_in_time_is_not_sent(settings):
    with rude.full() as url:
        assert post(settings, url) == Reply(trouble=Trouble.UNREACHABLE)


def test_no_tls_is_not_sent(settings):
    with rude.server(rude.speaks_no_tls) as url:
        assert post(settings, url.replace("http:", "https:")) == Reply(trouble=Trouble.TLS)


def test_a_reset_before_reading_is_uncertain_unless_nothing_had_left(settings):
    with rude.server(rude.resets_before_reading) as url:
        reply = post(settings, url)

    assert reply.trouble in (Trouble.LOST, Trouble.UNREACHABLE)


@pytest.mark.parametrize(
    ("behave", "trouble"),
    [
        (rude.resets_after_reading, Trouble.LOST),
        (rude.closes_without_a_word, Trouble.LOST),
        (rude.hangs, Trouble.NO_ANSWER),
        (rude.sends_garbage, Trouble.LOST),
        (rude.closes_in_the_head, Trouble.UNFINISHED),
        (rude.trickles_the_body, Trouble.UNFINISHED),
        (rude.trickles_without_a_length, Trouble.UNFINISHED),
        (rude.breaks_off, Trouble.UNFINISHED),
        (rude.breaks_off_a_chunk, Trouble.UNFINISHED),
        (rude.floods_for_ever, Trouble.UNFINISHED),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_post_that_left_and_got_no_whole_answer_is_uncertain_soon(settings, behave, trouble):
    with rude.server(behave) as url:
        began = time.monotonic()
        reply = post(settings, url)
        took = time.monotonic() - began

    assert reply == Reply(trouble=trouble)
    assert judge(reply, held_status=409).outcome == Outcome.UNCERTAIN
    assert took < 2.5


def test_a_huge_answer_that_ends_is_read_in_little_memory(settings):
    settings.FIRSTLINE_TIMEOUT = (5.0, 5.0)
    with rude.server(rude.answers_at_length) as url:
        tracemalloc.start()
        reply = post(settings, url)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert (reply.status, len(reply.text)) == (200, KEPT)
    assert peak < 4_000_000


def test_an_answer_that_ends_with_the_connection_is_whole_when_it_is_json(settings):
    with rude.server(rude.answers_without_a_length) as url:
        assert post(settings, url) == Reply(200, "{}")


def test_an_answer_that_nests_without_end_is_an_answer(settings):
    with rude.server(rude.nests_without_a_length) as url:
        assert post(settings, url) == Reply(trouble=Trouble.UNFINISHED)


@pytest.mark.parametrize(("body", "token"), [(BODY, "a token of nobody's"), (5, None)])
def test_a_post_that_fails_in_an_unforeseen_way_is_answered(settings, fake_firstline, body, token):
    settings.FIRSTLINE_API_BASE = fake_firstline.url

    assert Client().post(body, token) == Reply(trouble=Trouble.UNSENDABLE)
    assert fake_firstline.posts == []


def test_a_redirect_is_never_followed(settings, fake_firstline):
    fake_firstline.answer(307, "", Location=f"{fake_firstline.url}/elsewhere")

    reply = post(settings, fake_firstline.url)

    assert (reply.status, len(fake_firstline.posts)) == (307, 1)
    assert judge(reply, held_status=409) == Verdict(Then.RECORD, "redirected", Outcome.FAILED)


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ("7", 7.0),
        (" 7 ", 7.0),
        (formatdate(1_000_060, usegmt=True), 60.0),
        (formatdate(0, usegmt=True), 0.0),
        ("999999999999", 3600.0),
        ("5, 60", 5.0),
        ("Mon, 01 Jan 99999999999 00:00:00 GMT", None),
        ("Mon, 01 Jan 2035 00:00:00 +99999999999999", None),
        ("-5", None),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_is_seconds_or_a_time_by_the_servers_clock(
    settings, fake_firstline, given, seconds
):
    fake_firstline.answer(429, "", Retry_After=given)
    with In1970(fake_firstline):
        reply = post(settings, fake_firstline.url)

    assert reply.retry_after == seconds


class In1970:
    """The server's clock stands in 1970."""

    def __init__(self, server):
        self.handler = server._server.RequestHandlerClass

    def __enter__(self):
        self.kept = self.handler.date_time_string
        self.handler.date_time_string = lambda *_: formatdate(1_000_000, usegmt=True)

    def __exit__(self, *_error):
        self.handler.date_time_string = self.kept


TABLE = [
    (200, None, Verdict(Then.RECORD, "", Outcome.SENT)),
    (201, None, Verdict(Then.RECORD, "server_error", Outcome.UNCERTAIN)),
    (301, None, Verdict(Then.RECORD, "redirected", Outcome.FAILED)),
    (400, None, Verdict(Then.RECORD, "refused", Outcome.FAILED)),
    (401, None, Verdict(Then.SET_ASIDE, "token_refused")),
    (403, None, Verdict(Then.SET_ASIDE, "token_refused")),
    (404, None, Verdict(Then.RECORD, "not_found", Outcome.FAILED)),
    (409, None, Verdict(Then.RECORD, "agent_talking", Outcome.HELD)),
    (413, None, Verdict(Then.RECORD, "too_large", Outcome.FAILED)),
    (422, None, Verdict(Then.RECORD, "invalid", Outcome.FAILED)),
    (429, None, Verdict(Then.SLOW_DOWN, "throttled")),
    (429, 7.0, Verdict(Then.SLOW_DOWN, "throttled", wait=7.0)),
    (500, None, Verdict(Then.RECORD, "server_error", Outcome.UNCERTAIN)),
    (502, 7.0, Verdict(Then.RECORD, "server_error", Outcome.UNCERTAIN)),
    (503, None, Verdict(Then.RECORD, "server_error", Outcome.UNCERTAIN)),
    (503, 7.0, Verdict(Then.WAIT, "throttled", wait=7.0)),
]


@pytest.mark.parametrize(("status", "retry_after", "verdict"), TABLE)
def test_judge_by_status(status, retry_after, verdict):
    assert judge(Reply(status, retry_after=retry_after), held_status=409) == verdict


@pytest.mark.parametrize("status", [403, 404, 422, 423])
def test_judge_knows_the_status_that_means_an_agent_is_talking(status):
    verdict = judge(Reply(status), held_status=status)

    assert verdict == Verdict(Then.RECORD, "agent_talking", Outcome.HELD)


def test_every_reason_has_words():
    reasons = {judge(Reply(status), held_status=409).reason for status in range(200, 600)}
    reasons |= {verdict.reason for verdict in outcomes.WITHOUT_ANSWER.values()}

    assert reasons - {"", "halted"} <= outcomes.REASONS.keys()
    assert outcomes.reason_text("typo in the offer") == "typo in the offer"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "{}"),
        ('{"message": "Too Many Attempts."}', "Too Many Attempts."),
        (
            '{"message": "x", "errors": {"type": ["The type is invalid.", "No."], "id": "?"}}',
            "type: The type is invalid. No. · id: ?",
        ),
        ("[1]", "[1]"),
        ("<h1>Bad\r\n\tGateway</h1>\0", "<h1>Bad Gateway</h1>"),
        ("嗨" * 600, "嗨" * 500),
        ("[" * 100_000, "[" * 500),
        ("", ""),
    ],
    ids=["empty object", "message", "errors", "list", "html", "long", "deep", "nothing"],
)
def test_words_of_an_answer(text, said):
    assert outcomes.words(text) == said
