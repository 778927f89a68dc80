"""Every command of ours says in one line how it was misused, and ends with 2."""

import json

import pytest
from django.core.management import get_commands

pytestmark = pytest.mark.django_db(transaction=True)

OURS = sorted(name for name, app in get_commands().items() if app in {"composer", "push", "people"})
DEEP = "[" * 100_000
MISUSES = {
    "backup": [[], ["not.json"], ["no/such/folder/file"], ["a", "b"]],
    "restore": [[], ["nowhere"], ["."], ["not.json"], ["a", "b"]],
    "broadcast_status": [[], ["1", "2"], ["x"], ["1" + "0" * 30], ["١"]],
    "check_message": [[], ["nowhere.json"], ["."], ["a\0b"], ["not.json"], ["deep.json"]],
    "demo": [["more"], ["--port=1"]],
    "end_demo": [["more"], ["--port=1"]],
    "drill": [["--port=x"], ["--port=65536"], ["--port=-1"], ["--pace=-1"], ["--latency="]],
    "erase_contact": [
        [],
        ["line", "1"],
        ["fax", "1", "--reason=x"],
        ["line", "no such\nid", "--reason=x"],
        ["line", "1", "2", "--reason=x"],
    ],
    "export_templates": [["no such\nname"], ["--all"]],
    "import_contacts": [[], ["nowhere.csv"], ["nowhere.csv", "--channel=sms"]],
    "import_templates": [[], ["nowhere.json"], ["not.json"], ["deep.json"], ["wrong.json"]],
    "send_broadcast": [[], ["--all"], ["歡\n迎", "--all", "--channel=line"]],
    "worker": [["--processes=x"], ["--processes=0"], ["more"]],
}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    wrong = [{"name": "歡迎", "type": "text", "mesage": "嗨"}]
    (tmp_path / "wrong.json").write_text(json.dumps(wrong))
    (tmp_path / "deep.json").write_text(DEEP)
    (tmp_path / "not.json").write_bytes(b"\xff\xfe{")
    monkeypatch.chdir(tmp_path)


def test_every_command_is_misused_below():
    assert sorted(MISUSES) == OURS


@pytest.mark.parametrize("name", OURS)
def test_unknown_option_is_a_usage_error(manage, name):
    code, out, error = manage(name, "--non\nsense")

    assert (code, out, error.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("words", [[name, *words] for name in OURS for words in MISUSES[name]])
def test_misuse_is_one_line(manage, words):
    code, out, error = manage(*words)

    assert (code, out, error.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("name", OURS)
def test_help_says_what_it_does(manage, name):
    code, out, error = manage(name, "--help")

    assert (code, error) == (0, "")
    assert "usage: manage.py" in out
