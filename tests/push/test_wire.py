"""The bytes of a push."""

import json

import pytest

from push.wire import Envelope

LINE = "App\\LineContact"
HURTS = '小明 <b>"\\ {{ x }} 🙂\n' + "長" * 5_000


def body(payload, *, contactable_id="U1", values=None, is_forced=False):
    envelope = Envelope(payload, contactable_type=LINE, is_forced=is_forced)
    return envelope.body(contactable_id, values)


def test_body_is_compact_utf8():
    assert (
        body({"type": "text", "message": "嗨 🙂"})
        == (
            '{"contactable_type":"App\\\\LineContact","contactable_id":"U1",'
            '"type":"text","message":"嗨 🙂"}'
        ).encode()
    )


def test_body_forces_only_when_told():
    payload = {"type": "text", "message": "嗨"}

    assert json.loads(body(payload, is_forced=True)) == {
        "contactable_type": LINE,
        "contactable_id": "U1",
        "type": "text",
        "message": "嗨",
        "is_force": 1,
    }


@pytest.mark.parametrize(
    ("contactable_id", "written"),
    [
        ("123", 123),
        ("12345678901234567890", 12345678901234567890),
        ("0123", "0123"),
        ("U1", "U1"),
        ("１２３", "１２３"),
        ("-1", "-1"),
        ('"', '"'),
        ("1\n", "1\n"),
    ],
)
def test_body_writes_an_id_of_digits_as_a_number(contactable_id, written):
    made = json.loads(body({"type": "text", "message": "嗨"}, contactable_id=contactable_id))

    assert made["contactable_id"] == written


@pytest.mark.parametrize("name", [HURTS, "", "小明"], ids=["hurts", "blank", "plain"])
def test_body_is_filled_with_the_contacts_values(name):
    payload = {
        "type": "button",
        "message": {"explain_text": "嗨 {{ name | 貴賓 }}", "options": [{"label": "{{name}}"}]},
    }

    made = json.loads(body(payload, values={"name": name}))

    assert made["message"] == {
        "explain_text": f"嗨 {name or '貴賓'}",
        "options": [{"label": name}],
    }


def test_body_takes_values_of_any_kind():
    payload = {"type": "text", "message": "{{ a }}{{ b | none }}{{ c }}"}

    made = json.loads(body(payload, values={"a": 5, "b": None, "c": True}))

    assert made["message"] == "5noneTrue"
