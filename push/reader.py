"""The program that reads a file of contacts: a process of its own, with little memory and time.

A file may be made to cost far more than it weighs. What reads it has no Django, no database and
no secrets; it gets the open file as its standard input, and says on its standard output what it
found, as frames for `reader_process`.
"""

import json
import os
import resource
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from typing import Any, BinaryIO

from composer.vocabulary.words import gettext_noop as _
from push import columns, rows, tables
from push.cells import Row
from push.columns import Columns
from push.rows import ParsedRow, Rejection
from push.sentences import Sentence, Unreadable

# All that the process may allocate; with the interpreter itself it stays below 200 MB. A million
# rows of CSV take 40.
MEMORY_MAX = 160 * 2**20
# Seconds of computing: a million rows of CSV need 20, of Excel 100, and such a file has 30 MB.
SECONDS_LEAST = 30
SECONDS_PER_MB = 10
# A million contacts fit, and so do the blank rows that spreadsheets leave between them.
ROWS_MAX = 2_000_000
# What the database is given at once, and what a worker holds of a file: rows, and characters.
BATCH_ROWS = 1_000
BATCH_CHARACTERS = 2**20
# Without rows to give, the reader says so often how far it is (seconds).
SAY_EVERY = 0.5

OUT_OF_MEMORY = 3


@dataclass(frozen=True)
class Opened:
    """The first frame: the header has been read."""

    columns: Columns
    about: dict[str, Any]


@dataclass(frozen=True)
class Batch:
    """Rows in the file's order, none twice; `share` of the file has been read."""

    items: list[ParsedRow | Rejection]
    share: float


@dataclass(frozen=True)
class Refused:
    """The last frame when the file will not do. The parts of the error: not every one pickles."""

    kind: type[Unreadable]
    args: tuple[Any, ...]
    parts: dict[str, Any]

    def error(self) -> Unreadable:
        error = self.kind.__new__(self.kind, *self.args)
        vars(error).update(self.parts)
        return error


@dataclass(frozen=True)
class Ended:
    """The last frame when all has been read."""


def main() -> None:
    options = json.loads(sys.argv[1])
    with open(0, "rb", closefd=False) as file, Connection(1, readable=False) as out:
        _limit(memory=options["memory"], seconds=options["seconds"])
        try:
            for frame in read(file, **options["reading"]):
                out.send(frame)
        except Unreadable as error:
            out.send(Refused(type(error), error.args, vars(error)))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except BrokenPipeError:
            # The worker is gone, or wants no more of it.
            os._exit(0)


def read(
    file: BinaryIO, *, skip: int = 0, encoding: str = "", sheet: str = ""
) -> Iterator[Opened | Batch | Ended]:
    """All that is in the file but its first so many rows; raises Unreadable."""
    reading = tables.opened(file, encoding=encoding, sheet=sheet)
    with reading as table, closing(Seen()) as seen:
        lines = _counted(table.rows())
        found = columns.find(lines, width=table.width)
        yield Opened(found, describe(table, found))
        yield from _batches(table, _items(lines, found, seen), skip)
        yield Ended()


def describe(table: tables.Table, found: Columns) -> dict[str, Any]:
    """What the page says of the file; kept as JSON."""
    return {
        "read_as": table.read_as,
        "sheet": table.sheet,
        "sheets": list(table.sheets),
        "hidden": list(table.hidden),
        "notes": [asdict(note) for note in (*table.notes, *found.notes)],
    }


class Seen:
    """The ids of a file and their lines: on disk, because there may be a million."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute("PRAGMA synchronous=OFF")
        self._base.execute("CREATE TABLE seen (id TEXT PRIMARY KEY, line INT) WITHOUT ROWID")
        self._base.execute("BEGIN")

    def close(self) -> None:
        self._base.close()

    def checked(self, item: ParsedRow | Rejection) -> ParsedRow | Rejection:
        if isinstance(item, Rejection):
            return item
        put = "INSERT OR IGNORE INTO seen VALUES (?, ?)"
        if self._base.execute(put, (item.id, item.line)).rowcount:
            return item
        get = "SELECT line FROM seen WHERE id = ?"
        (line,) = self._base.execute(get, (item.id,)).fetchone()
        reason = Sentence(_("The id is already on line %(line)s."), {"line": line})
        return Rejection(item.line, item.cells, reason)


def _counted(lines: Iterator[Row]) -> Iterator[Row]:
    """Those that are not blank, of not too many."""
    for number, row in enumerate(lines):
        if number == ROWS_MAX:
            raise Unreadable(
                _("The file has more than %(limit)s rows. Divide it."), limit=f"{ROWS_MAX:,}"
            )
        if not rows.is_blank(row):
            yield row


def _items(lines: Iterator[Row], found: Columns, seen: Seen) -> Iterator[ParsedRow | Rejection]:
    """Every row as it is understood, each id once."""
    for row in lines:
        yield seen.checked(rows.parse(found, row))


def _batches(
    table: tables.Table, items: Iterator[ParsedRow | Rejection], skip: int
) -> Iterator[Batch]:
    batch: list[ParsedRow | Rejection] = []
    characters, said = 0, time.monotonic()
    for number, item in enumerate(items):
        if number >= skip:
            batch.append(item)
            characters += sum(map(len, item.cells)) + len(item.cells)
        is_full = len(batch) == BATCH_ROWS or characters >= BATCH_CHARACTERS
        if is_full or (not batch and time.monotonic() - said > SAY_EVERY):
            yield Batch(batch, table.share)
            batch, characters, said = [], 0, time.monotonic()
    if batch:
        yield Batch(batch, table.share)


def _limit(*, memory: int, seconds: int) -> None:
    """What goes over is ended: by MemoryError, or by the system."""
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Ctrl-C and a stop of the whole group are the worker's to hear; without it, nobody listens.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
