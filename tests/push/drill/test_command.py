"""`manage.py drill` as a process of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def _command(*words: str, folder: Path) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "manage.py", "drill", *words],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def _started(*words: str, folder: Path):
    process = _command("--port", "0", *words, folder=folder)
    try:
        yield process, process.stdout.readline().split()[-1]
    finally:
        process.kill()
        process.communicate()


def _state(url: str) -> dict:
    with urllib.request.urlopen(f"{url}/drill/state") as answer:
        return json.load(answer)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_drill_stops_cleanly(tmp_path: Path, number: signal.Signals):
    with _started(folder=tmp_path) as (process, url):
        assert _state(url)["pace"] == 300

        process.send_signal(number)

        assert (process.wait(5), process.stderr.read()) == (0, "")


def test_drill_does_as_its_options_say(tmp_path: Path):
    journal = tmp_path / "elsewhere" / "journal.jsonl"
    words = ("--latency", "1", "--pace", "0", "--talking", "0", "--journal", str(journal))

    with _started(*words, folder=tmp_path) as (_process, url):
        state = _state(url)

    assert (state["latency"], state["pace"], state["talking"]) == (1, 0, 0)
    assert state["journal"] == str(journal)
    assert journal.exists()


def test_drill_on_a_taken_port_says_so_in_one_line(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = _command("--port", str(port), folder=tmp_path)

        _output, errors = process.communicate(timeout=20)

    assert process.returncode == 1
    assert len(errors.splitlines()) == 1
    assert f"cannot start on port {port}" in errors


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--pace", "-1"), "--pace is a number from 0 to 1000000."),
        (("--latency", "99999"), "--latency is a number from 0 to 60000."),
        (("--port", "99999"), "The port is a number from 0 to 65535."),
    ],
)
def test_drill_refuses_impossible_options(tmp_path: Path, words: tuple[str, str], reason: str):
    process = _command(*words, folder=tmp_path)

    _output, errors = process.communicate(timeout=20)

    assert (process.returncode, errors) == (2, f"CommandError: {reason}\n")
