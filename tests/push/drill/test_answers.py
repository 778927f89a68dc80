"""The drill server answers as the API document says, over real HTTP."""

import http.client
import json
import os
import select
import socket

import pytest

from composer.vocabulary.message import Message
from push.drill import required
from push.drill.server import PUSH, Server
from push.drill.state import State

from .conftest import HELLO, Client, running

LINK = {"text": "看商品", "type": "url", "url": "https://nuanri.example/p/1"}
CARD = {"image_url": "https://nuanri.example/1.jpg", "title": "大衣", "text": "羊毛"}
NO_PRESS = {"type": None, "url": None, "value": None}
WHOLE = {
    "text": "嗨",
    "button": {
        "explain_text": "請選擇",
        "options": [
            {"label": "說", "value": "好", "type": "text"},
            {"label": "撥打", "type": "phonenumber", "number": "+886212345678"},
            {"label": "開啟", "type": "url", "url": "https://nuanri.example/"},
        ],
    },
    "quickreply": {
        "explain_text": "滿意嗎",
        "options": [{"label": "很好", "value": "很好", "type": "text"}],
    },
    "carousel": {"alt_text": "新品", "columns": [{**CARD, "actions": [LINK]}]},
    "image_carousel": {
        "alt_text": "新品",
        "columns": [
            {
                "image_url": "https://nuanri.example/1.jpg",
                "action": NO_PRESS,
                "button": {"text": "看", "color": "#FFFFFF", "background_color": "#222"},
            }
        ],
    },
}
REQUIRED = "This field is required."


@pytest.mark.parametrize("kind", WHOLE)
def test_post_of_each_kind_is_sent_and_kept(caller: Client, kind: str):
    body = {**HELLO, "type": kind, "message": WHOLE[kind], "is_force": 1}

    answer = caller.post(body)

    assert answer == (200, {})
    entry = caller.journal()[0]
    assert entry.pop("at").startswith("20")
    assert entry == {
        "contactable_type": "App\\LineContact",
        "contactable_id": 1001,
        "body": body,
        "status": 200,
        "answer": {},
    }


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({"message": ""}, {"message": "The message field is required."}),
        ({"message": "  "}, {"message": REQUIRED}),
        ({"message": None}, {"message": "The message field is required."}),
        ({"message": 5}, {"message": "A text is expected here."}),
        ({"message": {"text": "嗨"}}, {"message": "A text is expected here."}),
        ({"type": "video"}, {"type": "The type must be one of text, button, quickreply, carousel"}),
        ({"type": ["text"]}, {"type": "The type must be one of text, button"}),
        ({"contactable_type": "App\\SmsContact"}, {"contactable_type": "The selected contact"}),
        ({"contactable_type": 3}, {"contactable_type": "The selected contact"}),
        ({"contactable_id": ""}, {"contactable_id": "The contactable id field is required."}),
        ({"contactable_id": True}, {"contactable_id": "The contactable id must be"}),
        ({"contactable_id": "x" * 65}, {"contactable_id": "The contactable id must be"}),
        ({"contactable_id": "\x00"}, {"contactable_id": "The contactable id must be"}),
        ({"is_force": True}, {"is_force": "The is force field must be 1 or absent."}),
        ({"is_force": 0}, {"is_force": "The is force field must be 1 or absent."}),
        ({"is_forced": 1}, {"is_forced": "The API does not know this key."}),
        (
            {"type": "button", "message": {"explain_text": "", "options": []}},
            {"message.explain_text": REQUIRED, "message.options": REQUIRED},
        ),
        (
            {
                "type": "quickreply",
                "message": {"explain_text": "嗨", "options": [{"label": "a", "type": "url"}]},
            },
            {"message.options.0.url": REQUIRED},
        ),
        (
            {"type": "carousel", "message": {"alt_text": "新品", "columns": [{**CARD, "tag": ""}]}},
            {"message.columns.0.tag": "The API does not know this key."},
        ),
        (
            {
                "type": "carousel",
                "message": {
                    "alt_text": "新品",
                    "columns": [
                        {
                            "image_url": "javascript:alert(1)",
                            "actions": [{"text": "撥打", "type": "phonenumber"}],
                        }
                    ],
                },
            },
            {
                "message.columns.0.image_url": "The image url must be a valid URL.",
                "message.columns.0.text": REQUIRED,
                "message.columns.0.actions.0.type": "The selected type is invalid.",
            },
        ),
        (
            {
                "type": "image_carousel",
                "message": {
                    "alt_text": "新品",
                    "columns": [{"action": {"type": "text"}, "badge": {"color": "red"}}],
                },
            },
            {
                "message.columns.0.image_url": REQUIRED,
                "message.columns.0.action.value": REQUIRED,
                "message.columns.0.badge.color": "The color must be a HEX code.",
            },
        ),
    ],
)
def test_post_of_a_wrong_body_is_refused_field_by_field(caller: Client, changed, errors):
    status, answer = caller.push(**changed)

    assert status == 422
    assert list(answer["errors"]) == list(errors)
    for path, reason in errors.items():
        assert answer["errors"][path][0].startswith(reason)
    assert caller.journal()[0]["status"] == 422
    assert caller.journal()[0]["answer"] == answer


def test_kind_that_the_rules_do_not_name_yet_is_taken_as_it_reads():
    class Poll(Message):
        kind = "poll"

    assert list(required.problems(Poll())) == []


def test_post_without_anything_names_every_field(caller: Client):
    status, answer = caller.post({})

    assert status == 422
    assert answer == {
        "message": "The contactable type field is required. (and 3 more)",
        "errors": {
            name: [f"The {name.replace('_', ' ')} field is required."]
            for name in ("contactable_type", "contactable_id", "type", "message")
        },
    }


@pytest.mark.parametrize(
    "raw",
    [b"", b"hello", b"[1]", b'"text"', b'{"a": NaN}', b"\xff\xfe{", b"[" * 100_000],
    ids=["nothing", "words", "list", "text", "nan", "bytes", "deep"],
)
def test_post_of_no_json_object_is_a_bad_request(caller: Client, raw: bytes):
    assert caller.ask("POST", PUSH, raw) == (400, {"message": "The body is not a JSON object."})
    assert caller.journal()[0]["body"] is None


def test_post_of_another_content_type_is_not_acceptable(caller: Client):
    answer = caller.ask("POST", PUSH, b"a=1", Content_Type="application/x-www-form-urlencoded")

    assert answer == (406, {"message": "The body must be application/json."})


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_other_methods_are_not_allowed(caller: Client, method: str):
    assert caller.ask(method, PUSH) == (405, {"message": "Only POST is answered here."})
    assert caller.headers["Allow"] == "POST"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_other_paths_are_not_found(caller: Client, method: str):
    assert caller.ask(method, "/api/v1/message", b"{}") == (404, {"message": "Not found."})


def test_body_without_or_beyond_a_length_is_not_read(caller: Client):
    chunked = caller.ask("POST", PUSH, iter([b"{}"]))
    large = caller.ask("POST", PUSH, Content_Length="9999999")

    assert chunked == (411, {"message": "Content-Length is required."})
    assert large == (413, {"message": "The body is too large."})


def test_slow_writer_of_what_is_not_wanted_gets_its_answer(caller: Client):
    def pieces():
        yield b"{"
        select.select([caller.connection.sock], [], [], 5)
        yield from [b" "] * 1_000

    answer = caller.ask("POST", PUSH, pieces())

    assert answer == (411, {"message": "Content-Length is required."})


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        ("Bearer s3cret", 200),
        ("s3cret", 200),
        ("Bearer second", 200),
        ("Bearer other", 401),
        ("", 401),
    ],
)
def test_token_is_asked_for_when_some_are_set(tmp_path, authorization: str, status: int):
    state, tokens = State(pace=0, talking=0), frozenset({"s3cret", "second"})
    locked = Server(0, state=state, journal=tmp_path / "drill.jsonl", tokens=tokens)
    with running(locked):
        caller = Client(locked)

        answer = caller.ask("POST", PUSH, json.dumps(HELLO).encode(), Authorization=authorization)

    assert answer == (status, {} if status == 200 else {"message": "Unauthenticated."})


def test_words_that_hurt_come_through_unchanged(caller: Client):
    words = '<b>粗</b> {{ name }} 👨‍👩‍👧 \\ " \u2028 \ud800' + "長" * 5000
    body = json.dumps({**HELLO, "message": words}).encode()

    assert caller.ask("POST", PUSH, body) == (200, {})
    assert caller.journal()[0]["body"]["message"] == words


def test_head_is_answered_without_a_body(caller: Client):
    caller.connection.request("HEAD", PUSH)
    response = caller.connection.getresponse()

    assert (response.status, response.read()) == (405, b"")


def test_client_that_hangs_up_halfway_disturbs_nobody(caller: Client, capsys):
    with socket.create_connection(("127.0.0.1", caller.server.port)) as rude:
        rude.sendall(f"POST {PUSH} HTTP/1.1\r\nContent-Length: 100\r\n\r\n{{".encode())

    assert caller.push() == (200, {})
    assert len(caller.journal()) == 1
    assert capsys.readouterr() == ("", "")


def test_full_disk_takes_nothing_and_asks_for_it_later(caller: Client, monkeypatch):
    journal = caller.server.desk.journal
    monkeypatch.setattr(journal, "_file", os.open("/dev/full", os.O_RDWR))

    status, answer = caller.push()

    assert (status, caller.headers["Retry-After"]) == (503, "5")
    assert answer["message"].startswith("The drill cannot keep this post: ")
    assert "No space left" in answer["message"]


def test_mistake_of_ours_is_shown(caller: Client, monkeypatch, capsys):
    monkeypatch.setattr(caller.server.desk.state, "wait", None)

    with pytest.raises(http.client.RemoteDisconnected):
        caller.push()

    assert "TypeError" in capsys.readouterr().err
