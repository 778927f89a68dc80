"""The stand-in's settings: pace, talking, failures, and what a person tells it."""

import http.client
import json

import pytest

from push.drill.desk import Post
from push.drill.server import STATE
from push.drill.state import Impossible, State, is_talking
from tests.servers import wait_for

from .conftest import HELLO, Client

JSON = {"Content-Type": "application/json"}


def test_pace_counts_each_token_anew_in_each_minute(caller: Client, clock: list[float]):
    caller.server.desk.state.set({"pace": 2})

    statuses = [caller.push()[0] for _ in range(3)]
    limited = caller.headers["Retry-After"]
    other = caller.ask("POST", "/api/v1/message/push", _hello(), Authorization="Bearer other")[0]
    clock[0] += 60
    later = caller.push()[0]

    assert (statuses, limited, other, later) == ([200, 200, 429], "61", 200, 200)
    assert [entry["status"] for entry in caller.journal()] == [200, 200, 429, 200, 200]


def test_wait_is_until_the_next_minute():
    state = State(pace=1, clock=lambda: 125.5)

    assert (state.wait("a"), state.wait("a")) == (0, 55)


def test_talking_contact_is_refused_unless_forced(caller: Client):
    caller.server.desk.state.set({"talking": 100})

    refused = caller.push()
    forced = caller.push(is_force=1)

    assert refused == (
        409,
        {"message": "An agent is talking with this contact. Use is_force to send."},
    )
    assert forced == (200, {})


def test_rule_has_about_four_in_a_hundred_talk_and_never_changes_its_mind():
    talking = [number for number in range(10_000) if is_talking("line", str(number), 4)]

    assert 300 < len(talking) < 500
    assert talking == [number for number in range(10_000) if is_talking("line", str(number), 4)]


@pytest.mark.parametrize(
    ("mood", "status"), [("talking", 409), ("unknown", 422), ("free", 200), ("usual", 409)]
)
def test_contact_does_as_told(caller: Client, mood: str, status: int):
    caller.server.desk.state.set({"talking": 100})

    told = caller.post({"channel": "line", "contact": "1001", "is": mood}, "/drill/contact")

    contacts = {} if mood == "usual" else {"line:1001": mood}
    assert told == (200, {**caller.ask("GET", STATE)[1], "contacts": contacts})
    assert caller.push()[0] == status


@pytest.mark.parametrize(("kind", "status"), [("401", 401), ("500", 500), ("503", 503)])
def test_next_answers_are_errors(caller: Client, kind: str, status: int):
    caller.post({"kind": kind, "count": 2}, "/drill/fail")

    assert [caller.push()[0] for _ in range(3)] == [status, status, 200]
    assert [entry["status"] for entry in caller.journal()] == [status, status, 200]


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("hang", TimeoutError),
        ("reset", ConnectionResetError),
        ("cut", http.client.IncompleteRead),
        ("garbage", http.client.BadStatusLine),
    ],
)
def test_next_answer_does_not_arrive(server, kind: str, error: type[Exception]):
    caller = Client(server)
    caller.connection.timeout = 0.5
    caller.post({"kind": kind}, "/drill/fail")

    with pytest.raises(error):
        caller.push()

    assert [entry["status"] for entry in caller.journal()] == [0]
    assert Client(server).push() == (200, {})


def test_hanging_posts_end_with_the_server(server):
    caller = Client(server)
    caller.post({"kind": "hang"}, "/drill/fail")
    caller.connection.request("POST", "/api/v1/message/push", _hello(), JSON)

    server.stop()

    with pytest.raises(http.client.RemoteDisconnected):
        caller.connection.getresponse()


def test_hanging_post_ends_when_its_client_gives_up(server):
    caller = Client(server)
    caller.post({"kind": "hang"}, "/drill/fail")
    caller.connection.request("POST", "/api/v1/message/push", _hello(), JSON)
    wait_for(lambda: server.answering, what="the post to arrive")

    caller.connection.close()

    wait_for(lambda: not server.answering, what="the post to end")


def test_post_in_hand_is_answered_when_the_server_stops(server):
    server.desk.state.set({"latency": 60_000})
    caller = Client(server)
    caller.connection.request("POST", "/api/v1/message/push", _hello(), JSON)
    wait_for(lambda: server.answering, what="the post to arrive")

    server.stop()

    assert caller.connection.getresponse().status == 200
    assert [entry["status"] for entry in caller.journal()] == [200]


def test_failures_are_taken_back(caller: Client):
    caller.post({"kind": "reset", "count": 5}, "/drill/fail")

    told = caller.post({"kind": "reset", "count": 0}, "/drill/fail")

    assert told[1]["fail"] == {"kind": "", "count": 0}
    assert caller.push() == (200, {})


def test_state_tells_everything(caller: Client):
    told = caller.post({"latency": 1, "pace": 10, "talking": 5}, STATE)

    assert told == (
        200,
        {
            "latency": 1,
            "pace": 10,
            "talking": 5,
            "contacts": {},
            "fail": {"kind": "", "count": 0},
            "journal": str(caller.server.desk.journal.path),
        },
    )
    assert caller.push() == (200, {})


@pytest.mark.parametrize(
    ("path", "told", "reason"),
    [
        (STATE, {"speed": 1}, "unknown setting: speed"),
        (STATE, {"latency": -1}, "latency is a number from 0 to 60000"),
        (STATE, {"latency": 5, "pace": "x"}, "pace is a number from 0 to 1000000"),
        (STATE, {"talking": True}, "talking is a number from 0 to 100"),
        ("/drill/fail", {}, "a failure is one of 401, 500, 503, hang, reset, cut, garbage"),
        ("/drill/fail", {"kind": "500", "count": None}, "count is a number from 0 to 1000000"),
        ("/drill/contact", {"is": "shy"}, "a contact is one of usual, talking, free, unknown"),
    ],
)
def test_what_cannot_be_told_changes_nothing(caller: Client, path: str, told, reason: str):
    before = caller.ask("GET", STATE)

    assert caller.post(told, path) == (422, {"message": reason})
    assert caller.ask("GET", STATE) == before


def test_control_takes_only_json(caller: Client):
    answer = caller.ask("POST", "/drill/fail", b'{"kind":"500"}', Content_Type="text/plain")

    assert answer == (400, {"message": "A JSON object is expected."})


def test_fail_of_an_unknown_kind_says_which_there_are():
    with pytest.raises(Impossible, match="one of 401, 500, 503"):
        State().fail("explode", 1)


def test_post_knows_its_token_with_and_without_a_scheme():
    assert Post(b"", authorization="Bearer abc").token == "abc"
    assert Post(b"", authorization="abc").token == "abc"
    assert Post(b"").token == ""


def _hello() -> bytes:
    return json.dumps(HELLO).encode()
