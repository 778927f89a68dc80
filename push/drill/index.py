"""The journal, indexed by contact in a small SQLite file beside it, so that the inbox is quick.

The journal is the truth: the index remembers up to which byte it has read, in the transaction
that kept what it read, and is built anew when it does not fit.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from push.drill import rules

FORMAT = 1
BATCH = 4 * 2**20
PAUSE = 0.1
TABLES = """
    CREATE TABLE message(id INTEGER PRIMARY KEY, at TEXT, channel TEXT, contact TEXT,
                         status INT, body TEXT, answer TEXT);
    CREATE INDEX message_of_contact ON message(channel, contact, id);
    CREATE TABLE phone(channel TEXT, contact TEXT, last INT, arrived INT, refused INT,
                       PRIMARY KEY(channel, contact)) WITHOUT ROWID;
    CREATE INDEX phone_by_last ON phone(last);
    CREATE INDEX phone_by_channel ON phone(channel, last);
    CREATE TABLE place(byte INT);
    INSERT INTO place VALUES (0);
"""
KEEP = "INSERT INTO message(id, at, channel, contact, status, body, answer) VALUES (?,?,?,?,?,?,?)"
COUNT = """
    INSERT INTO phone VALUES (?,?,?,?,?) ON CONFLICT(channel, contact) DO UPDATE SET
    last = excluded.last, arrived = arrived + excluded.arrived, refused = refused + excluded.refused
"""
# A post without an answer has arrived all the same: that is what makes it uncertain.
ARRIVED = (0, 200)


def beside(journal: Path) -> Path:
    return journal.with_suffix(".sqlite3")


def connect(path: Path) -> sqlite3.Connection:
    found = sqlite3.connect(path, timeout=10, isolation_level=None)
    found.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;")
    return found


class Indexer(threading.Thread):
    """Follows the journal; `poke()` says that there is more."""

    def __init__(self, journal: Path) -> None:
        super().__init__(name="drill-index", daemon=True)
        self._journal = journal
        self._more, self._ends = threading.Event(), threading.Event()

    def poke(self) -> None:
        self._more.set()

    def end(self) -> None:
        """Reads to the end of the journal, then stops."""
        self._ends.set()
        self._more.set()
        self.join()

    def run(self) -> None:
        while not self._ends.is_set():
            self._more.wait()
            self._more.clear()
            self._follow()
            # Many posts are one step; a person does not see a tenth of a second.
            self._ends.wait(PAUSE)
        self._follow()

    def _follow(self) -> None:
        try:
            follow(self._journal)
        except sqlite3.Error as error:
            # A full or locked disk: the journal has it all, and the next post tries again.
            print(f"drill: the inbox is behind: {error}", flush=True)


def follow(journal: Path) -> None:
    """Brings the index to the end of the journal."""
    with closing(connect(beside(journal))) as found, journal.open("rb") as lines:
        _prepare(found, size=journal.stat().st_size)
        while _step(found, lines):
            pass


def _prepare(found: sqlite3.Connection, *, size: int) -> None:
    found.execute("BEGIN IMMEDIATE")
    version = found.execute("PRAGMA user_version").fetchone()[0]
    if version != FORMAT or found.execute("SELECT byte FROM place").fetchone()[0] > size:
        _empty(found)
    found.execute("COMMIT")


def _empty(found: sqlite3.Connection) -> None:
    for table in ("message", "phone", "place"):
        found.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in (*TABLES.split(";"), f"PRAGMA user_version={FORMAT}"):
        found.execute(statement)


def _step(found: sqlite3.Connection, lines: Any) -> bool:
    """One transaction's worth; whether there may be more. Two servers may share a journal."""
    found.execute("BEGIN IMMEDIATE")
    place = found.execute("SELECT byte FROM place").fetchone()[0]
    lines.seek(place)
    whole, newline, _rest = lines.read(BATCH).rpartition(b"\n")
    last = found.execute("SELECT max(id) FROM message").fetchone()[0] or 0
    rows = list(_numbered(_rows(whole.split(b"\n")), start=last + 1))
    found.executemany(KEEP, rows)
    found.executemany(COUNT, (_count(row) for row in rows))
    found.execute("UPDATE place SET byte = ?", (place + len(whole) + len(newline),))
    found.execute("COMMIT")
    return bool(newline)


def _rows(lines: Iterable[bytes]) -> Iterator[tuple[Any, ...]]:
    for line in lines:
        entry = rules.read(line)
        if entry and isinstance(body := entry.get("body"), dict):
            channel, contact = rules.channel(body), rules.contact(body)
            if channel and contact:
                kept = (json.dumps(part, ensure_ascii=True) for part in (body, entry["answer"]))
                yield entry["at"], channel, contact, entry["status"], *kept


def _numbered(rows: Iterable[tuple[Any, ...]], *, start: int) -> Iterator[tuple[Any, ...]]:
    for number, row in enumerate(rows, start):
        yield number, *row


def _count(row: tuple[Any, ...]) -> tuple[Any, ...]:
    number, _at, channel, contact, status, *_kept = row
    arrived = status in ARRIVED
    return channel, contact, number, int(arrived), int(not arrived)
