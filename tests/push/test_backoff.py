"""While the API is out of reach: one post tries after 2, 4, 8 … 60 seconds, through the whole loop.

A second is a millisecond here, so that minutes of trouble pass in a moment.
"""

import logging
import socket
import sys
from contextlib import contextmanager

import pytest
from django.db import transaction

from push import broadcasts, pacing, pump, tokens
from push.broadcasts import Tally
from push.models import Broadcast, Pace
from tests.push import rude
from tests.push.test_broadcasts import books_balance, make_broadcast
from tests.push.turns import limits, work

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick")]

PEOPLE = 20
GROWING = ["0.002", "0.004", "0.008", "0.016", "0.032", "0.06", "0.06"]

_listening = []


def _hear(event, details):
    if event == "socket.connect":
        for hear in _listening:
            hear(details[1])


# Python has no way to take a hook off again: one for the whole run, and nobody listens.
sys.addaudithook(_hear)


@contextmanager
def connections_to(port, *, on_each):
    """Every try of this process to connect there, whatever comes of it."""
    found = []

    def hear(address):
        if address[1] == port:
            found.append(address)
            on_each(len(found))

    _listening.append(hear)
    try:
        yield found
    finally:
        _listening.remove(hear)


@pytest.fixture(autouse=True)
def milliseconds(monkeypatch, caplog):
    monkeypatch.setattr(pacing, "UNIT", 0.001)
    caplog.set_level(logging.DEBUG, "push")


@contextmanager
def refusing():
    """A port that is taken and where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@contextmanager
def without_tls():
    with rude.server(rude.speaks_no_tls) as url:
        yield url.replace("http:", "https:")


def waits(caplog):
    return [line.args[-1] for line in caplog.records if "the next one in" in line.msg]


def lines(caplog, level):
    return [line.getMessage() for line in caplog.records if line.levelno == level]


@pytest.mark.parametrize(
    ("server", "reason"), [(refusing, "unreachable"), (without_tls, "tls")], ids=["refuses", "tls"]
)
def test_waits_grow_as_long_as_the_api_is_out_of_reach(
    server, reason, settings, fake_firstline, caplog
):
    broadcast = make_broadcast(contacts=PEOPLE)
    first_try = settings.FIRSTLINE_CONCURRENCY * pump.AHEAD
    with server() as settings.FIRSTLINE_API_BASE:
        port = int(settings.FIRSTLINE_API_BASE.rpartition(":")[2])
        until = limits()
        stop_at = first_try + len(GROWING) - 1

        def stop(count):
            if count >= stop_at:
                until.stopping.set()

        with connections_to(port, on_each=stop) as tries:
            pump.run(until)

    pace = Pace.objects.get()
    assert len(tries) == stop_at
    assert [f"{wait:g}" for wait in waits(caplog)] == GROWING
    assert (pace.troubles, pace.reason) == (len(GROWING), reason)
    assert lines(caplog, logging.WARNING) == [
        f"nothing is posted for now ({reason}): trying again until it works"
    ]
    assert broadcasts.tally(broadcast) == Tally(PEOPLE, waiting=PEOPLE)

    settings.FIRSTLINE_API_BASE = fake_firstline.url
    work()

    assert broadcasts.tally(broadcast) == Tally(PEOPLE, sent=PEOPLE)
    assert len(fake_firstline.posts) == PEOPLE
    assert Pace.objects.get().troubles == 0
    assert lines(caplog, logging.INFO) == ["posts are taken again"]
    assert books_balance(broadcast)


@pytest.mark.parametrize(
    ("status", "headers"),
    [(503, {"Retry_After": "0"}), (429, {"Retry_After": "0"}), (429, {})],
    ids=["503 with Retry-After", "429 with Retry-After", "429"],
)
def test_an_api_that_asks_to_wait_is_tried_with_one_post_at_a_time(
    status, headers, settings, fake_firstline, caplog
):
    broadcast = make_broadcast(contacts=PEOPLE)
    in_flight = int(settings.FIRSTLINE_CONCURRENCY * pump.AHEAD)
    for _ in range(in_flight + len(GROWING) - 1):
        fake_firstline.answer(status, "", **headers)

    work()

    asked = ["0.001"] * len(GROWING) if headers else GROWING
    assert [f"{wait:g}" for wait in waits(caplog)] == asked
    assert len(fake_firstline.posts) == in_flight + len(GROWING) - 1 + PEOPLE
    assert lines(caplog, logging.WARNING) == [
        "nothing is posted for now (throttled): trying again until it works"
    ]
    assert lines(caplog, logging.INFO) == ["posts are taken again"]
    assert broadcasts.tally(broadcast) == Tally(PEOPLE, sent=PEOPLE)


def test_an_api_that_fails_without_asking_to_wait_is_no_trouble_of_the_pace(fake_firstline, caplog):
    """The message may have arrived: it is uncertain, and so many of those pause the broadcast."""
    broadcast = make_broadcast(contacts=60)
    for _ in range(60):
        fake_firstline.answer(503, "")

    work()

    broadcast.refresh_from_db()
    uncertain = broadcasts.tally(broadcast).uncertain
    assert (broadcast.state, broadcast.paused_because) == (
        Broadcast.State.PAUSED,
        "run_of_failures",
    )
    assert 25 <= uncertain == len(fake_firstline.posts) < 60
    assert (waits(caplog), Pace.objects.get().troubles) == ([], 0)


def test_each_token_is_tried_by_itself_and_said_together(settings, caplog):
    settings.FIRSTLINE_API_TOKEN = "one,two"
    broadcast = make_broadcast(contacts=PEOPLE)
    with refusing() as settings.FIRSTLINE_API_BASE:
        port = int(settings.FIRSTLINE_API_BASE.rpartition(":")[2])
        until = limits()

        def stop(count):
            if count >= 12:
                until.stopping.set()

        with connections_to(port, on_each=stop):
            pump.run(until)

    first, second = Pace.objects.order_by("pk")
    assert first.troubles > 1
    assert abs(first.troubles - second.troubles) <= 1
    assert len(lines(caplog, logging.WARNING)) == 1
    assert broadcasts.tally(broadcast) == Tally(PEOPLE, waiting=PEOPLE)

    for number, keys in enumerate([tokens.keys()[:1], tokens.keys()[1:]]):
        with transaction.atomic():
            pacing.recover(keys)
        assert lines(caplog, logging.INFO) == ["posts are taken again"] * number
