"""What leaves for another server: the API document's five samples on each of the seven channels."""

import json
from pathlib import Path

import pytest

from composer import kinds
from composer.vocabulary import channels
from tests.firstline import FakeFirstline
from tests.homes import Home
from tests.servers import wait_for

FOLDER = Path(kinds.__file__).parent
SAMPLES = {name: json.loads((FOLDER / name / "sample.json").read_text()) for name in kinds.NAMES}
WORDS = '嗨 {{ name | 貴賓 }}，"週年慶" 🎉👨‍👩‍👧 <b>\\'


def without_nulls(value):
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


SEND = """
from django.core.management import call_command
from composer.vocabulary import channels
call_command("import_templates", {templates!r}, "--publish", stdout=open("/dev/null", "w"))
for channel in channels.ALL:
    call_command("import_contacts", {contacts!r}, channel=channel, stdout=open("/dev/null", "w"))
    for name in {names!r}:
        # The document's own carousel has a character more than LINE takes.
        call_command(
            "send_broadcast", name, channel=channel, all=True, override_rejection="as documented"
        )
"""


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """Every sample, and a text that hurts, sent to one contact on each channel."""
    folder = tmp_path_factory.mktemp("sent")
    entries = [{"name": name, **sample} for name, sample in SAMPLES.items()]
    entries.append({"name": "hurts", "type": "text", "message": WORDS})
    (folder / "templates.json").write_text(json.dumps(entries))
    (folder / "contacts.csv").write_text("id,name\n1001,小明 😀\n")
    given = {
        "templates": str(folder / "templates.json"),
        "contacts": str(folder / "contacts.csv"),
        "names": [entry["name"] for entry in entries],
    }
    with FakeFirstline() as server, Home.on("sqlite", None) as home:
        env = {"FIRSTLINE_API_BASE": server.url, "FIRSTLINE_RATE_PER_MINUTE": "60000"}
        home.env |= env
        home.python(SEND.format(**given))
        home.start("worker")
        wait_for(lambda: len(server.posts) >= 7 * len(entries), what="every post")
    return server.posts


def said(post):
    """By channel and name: the body, nulls aside."""
    body = without_nulls({name: post.json[name] for name in ("type", "message")})
    is_hurting = body["type"] == "text" and "週年慶" in body["message"]
    return (post.json["contactable_type"], "hurts" if is_hurting else body["type"]), body


def test_bodies_are_the_samples_on_every_channel(sent):
    hurts = {"type": "text", "message": WORDS.replace("{{ name | 貴賓 }}", "小明 😀")}
    wanted = {name: without_nulls(sample) for name, sample in SAMPLES.items()} | {"hurts": hurts}

    assert dict(map(said, sent)) == {
        (channel.contactable_type, name): body
        for channel in channels.ALL.values()
        for name, body in wanted.items()
    }


def test_bodies_are_plain_utf8_with_the_contract_s_keys(sent):
    for post in sent:
        assert list(post.json) == ["contactable_type", "contactable_id", "type", "message"]
        assert post.json["contactable_id"] == 1001
        assert b"\\u" not in post.body
    assert sum("小明 😀".encode() in post.body for post in sent) == 7


def test_headers_are_the_contract_s(sent):
    headers = {name: sent[0].headers[name] for name in ("Content-Type", "Accept")}

    assert headers == {"Content-Type": "application/json", "Accept": "application/json"}
    assert sent[0].path == "/api/v1/message/push"
