"""`check_message`: the checker outside the browser."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from composer.vocabulary.channels import ALL
from tests.composer.messages import changed, good

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def written(tmp_path):
    """Writes a payload to a file, and gives its name."""
    file = tmp_path / "message.json"

    def write(payload):
        file.write_text(payload if isinstance(payload, str) else json.dumps(payload))
        return str(file)

    return write


def said(capsys):
    return json.loads(capsys.readouterr().out)


def test_check_message_says_it_in_json(written, capsys):
    long_title = changed("carousel", "columns[0].title", "字" * 52)

    call_command("check_message", written(long_title), "--channel", "line")

    assert said(capsys) == [
        {
            "channel": "line",
            "level": "warning",
            "path": "columns[0].title",
            "rule": "title_max",
            "limit": 40,
            "actual": 52,
            "unit": "grapheme",
            "source": "LINE Messaging API reference: Template messages;"
            " unit: LINE Developers: Character counting in a text",
            "status": "documented",
            "text": "LINE shows 40 characters of a title; this one has 52.",
        }
    ]


def test_check_message_asks_all_channels_unless_told(written, capsys):
    file = written(good("carousel"))

    call_command("check_message", file)

    assert {(row["channel"], row["rule"]) for row in said(capsys)} == {
        ("telegram", "fit"),
        ("wechat", "fit"),
    }


def test_check_message_says_an_error_of_each_channel_that_was_asked(written, capsys):
    file = written(changed("text", "message", ""))

    with pytest.raises(SystemExit, match="1"):
        call_command("check_message", file, "--channel", "viber", "--channel", "line")

    rows = [(row["channel"], row["level"], row["path"], row["rule"]) for row in said(capsys)]
    assert rows == [
        ("viber", "error", "message", "required"),
        ("line", "error", "message", "required"),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "is not JSON"),
        ("", "is not JSON"),
        ("[" * 100_000, "is nested too deeply"),
        ("1" * 5000, "is not JSON: Exceeds the limit"),
        ('"' + "x" * 10 * 2**20 + '"', "is too large to be a message"),
    ],
    ids=["broken", "empty", "deep", "number", "large"],
)
def test_check_message_refuses_what_is_no_json(written, content, words):
    with pytest.raises(CommandError, match=words) as refused:
        call_command("check_message", written(content))

    assert refused.value.returncode == 2


@pytest.mark.parametrize("encoding", ["utf-16", "big5"])
def test_check_message_takes_utf_8_alone(tmp_path, encoding):
    file = tmp_path / "message.json"
    file.write_bytes('{"type": "text", "message": "您好"}'.encode(encoding))

    with pytest.raises(CommandError, match="is not UTF-8: byte") as refused:
        call_command("check_message", str(file))

    assert refused.value.returncode == 2


def test_check_message_passes_over_a_byte_order_mark(tmp_path, capsys):
    file = tmp_path / "message.json"
    file.write_bytes('\ufeff{"type": "text", "message": "您好"}'.encode())

    call_command("check_message", str(file))

    assert said(capsys) == []


NO_MESSAGES = [[1, 2], '"x"', None, 5, {}, {"type": "fax"}, {"type": "text", "message": [[[]]]}]


@pytest.mark.parametrize("payload", NO_MESSAGES, ids=str)
def test_check_message_says_what_other_json_is_not(written, capsys, payload):
    with pytest.raises(SystemExit, match="1"):
        call_command("check_message", written(payload), "--channel", "line")

    assert [(row["channel"], row["level"]) for row in said(capsys)] == [("line", "error")]


def test_check_message_can_tell_of_half_characters(written, capsys):
    payload = {"type": "text", "message": "嗨", "\ud83d": "\ud83d"}

    with pytest.raises(SystemExit, match="1"):
        call_command("check_message", written(payload), "--channel", "line")

    assert [row["path"] for row in said(capsys)] == ["\ud83d"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["/nowhere.json"], "^/nowhere.json: No such file or directory$"),
        (["/"], "^/: Is a directory$"),
        (["no\0where.json"], "embedded null byte"),
        (["/nowhere.json", "--channel", "fax"], f"“fax” is no channel; they are {', '.join(ALL)}"),
    ],
)
def test_check_message_refuses_a_wrong_call(arguments, words):
    with pytest.raises(CommandError, match=words) as refused:
        call_command("check_message", *arguments)

    assert refused.value.returncode == 2


@pytest.mark.parametrize(
    ("given", "code", "out", "error"),
    [
        (good("text"), 0, "[]\n", ""),
        ({"type": "text"}, 1, None, ""),
        ("{", 2, "", "CommandError: - is not JSON"),
    ],
)
def test_check_message_tells_a_script_by_its_exit(given, code, out, error):
    text = given if isinstance(given, str) else json.dumps(given)

    done = subprocess.run(
        [sys.executable, "manage.py", "check_message", "-"],
        input=text,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )

    assert done.returncode == code
    assert out is None or done.stdout == out
    assert done.stderr.startswith(error)
    assert len(done.stderr.splitlines()) == (1 if error else 0)
