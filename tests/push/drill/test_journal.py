"""The journal loses nothing, and the index follows it."""

import json
import resource
import sqlite3
import threading
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from push.drill import index
from push.drill.journal import Journal
from push.drill.server import Server
from push.drill.state import State

from .conftest import HELLO, Client, running


def _phones(journal: Path) -> list[tuple]:
    with closing(sqlite3.connect(index.beside(journal))) as found:
        return found.execute("SELECT * FROM phone ORDER BY channel, contact").fetchall()


def _bodies(journal: Path) -> list[str]:
    with closing(sqlite3.connect(index.beside(journal))) as found:
        rows = found.execute("SELECT body FROM message ORDER BY id").fetchall()
    return [json.loads(body)["message"] for (body,) in rows]


def test_many_threads_keep_every_line(server: Server):
    def post(number: int) -> None:
        client = Client(server)
        for turn in range(25):
            client.push(contactable_id=number, message=f"第 {turn} 則")

    threads = [threading.Thread(target=post, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    entries = Client(server).journal()
    assert len(entries) == 200
    for number in range(8):
        mine = [e["body"]["message"] for e in entries if e["contactable_id"] == number]
        assert mine == [f"第 {turn} 則" for turn in range(25)]


def test_index_counts_what_arrived_and_what_was_refused(tmp_path: Path):
    journal = Journal(tmp_path / "drill.jsonl")
    journal.write(HELLO, status=200, answer={})
    journal.write({**HELLO, "message": "二"}, status=0, answer={"message": "hang"})
    journal.write({**HELLO, "contactable_type": "App\\FbContact"}, status=409, answer={})
    journal.write({"contactable_id": 5}, status=422, answer={})
    journal.write(None, status=400, answer={})

    index.follow(journal.path)

    assert _phones(journal.path) == [("facebook", "1001", 3, 0, 1), ("line", "1001", 2, 2, 0)]


def test_index_goes_on_where_it_was(tmp_path: Path):
    journal = Journal(tmp_path / "drill.jsonl")
    journal.write({**HELLO, "message": "一"}, status=200, answer={})
    index.follow(journal.path)
    journal.write({**HELLO, "message": "二"}, status=200, answer={})

    index.follow(journal.path)
    index.follow(journal.path)

    assert _bodies(journal.path) == ["一", "二"]
    assert _phones(journal.path) == [("line", "1001", 2, 2, 0)]


def test_index_starts_anew_when_the_journal_did(tmp_path: Path):
    journal = Journal(tmp_path / "drill.jsonl")
    for word in ("一", "二"):
        journal.write({**HELLO, "message": word}, status=200, answer={})
    index.follow(journal.path)
    journal.path.write_text("")
    journal.write({**HELLO, "message": "三"}, status=200, answer={})

    index.follow(journal.path)

    assert _bodies(journal.path) == ["三"]
    assert _phones(journal.path) == [("line", "1001", 1, 1, 0)]


def test_line_cut_by_a_crash_spoils_no_other(tmp_path: Path):
    path = tmp_path / "drill.jsonl"
    path.write_text('{"at": "2026')

    Journal(path).write(HELLO, status=200, answer={})
    index.follow(path)

    assert len(path.read_text().splitlines()) == 2
    assert _bodies(path) == ["嗨，小明 👋"]


def test_restarted_server_still_shows_what_came_before(tmp_path: Path):
    path = tmp_path / "drill.jsonl"
    for word in ("早", "晚"):
        with running(Server(0, state=State(pace=0, talking=0), journal=path)) as server:
            Client(server).push(message=word)

    assert _bodies(path) == ["早", "晚"]


@contextmanager
def small_files():
    """The disk takes files of 400 bytes; no longer than needed, for pytest writes files too."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_full_disk_is_an_error_and_spoils_nothing(tmp_path: Path):
    journal = Journal(tmp_path / "drill.jsonl")
    journal.write(HELLO, status=200, answer={})

    for _ in range(2):
        with small_files(), pytest.raises(OSError, match=r"drill\.jsonl|too large"):
            journal.write(HELLO, status=200, answer={})

    lines = journal.path.read_text().splitlines()
    assert [json.loads(line)["status"] for line in lines] == [200]


def test_server_goes_on_while_the_index_cannot_be_written(tmp_path: Path, capsys):
    path = tmp_path / "drill.jsonl"
    index.beside(path).mkdir()

    with running(Server(0, state=State(pace=0, talking=0), journal=path)) as server:
        assert Client(server).push() == (200, {})

    assert "drill: the inbox is behind: unable to open database file" in capsys.readouterr().out
    assert len(path.read_text().splitlines()) == 1
