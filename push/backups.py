"""Backup and restore of a SQLite database, while the product runs.

A restored database has forgotten what was posted since the backup. So whatever would go on by
itself is paused, and a person decides: nobody gets a message twice unasked.
"""

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from people import schema
from push.models import Broadcast

# The bytes that SQLite locks for as long as a connection has the file open in WAL mode
# (SQLite's source, os.h: SHARED_FIRST and SHARED_SIZE).
SHARED_FIRST, SHARED_SIZE = 0x40000002, 510
SIDE_FILES = ("-wal", "-shm", "-journal")
# A reason of `outcomes.reason_text`.
RESTORED = "restored"

State = Broadcast.State


class NotPossible(Exception):
    """Nothing was changed; the text says why, and what to do."""


def database_file() -> Path:
    """Raises NotPossible where the database is no file of ours."""
    if connection.vendor != "sqlite":
        raise NotPossible(
            "The database is PostgreSQL: use pg_dump and pg_restore (docs/operate.md)."
        )
    return Path(connection.settings_dict["NAME"])


def backup(target: Path) -> int:
    """Writes a copy that was checked, in one piece; gives its size in bytes."""
    source = database_file()
    if not source.exists():
        raise NotPossible("There is no database yet.")
    if target.exists():
        raise NotPossible(f"{target} already exists: choose another name.")
    if not target.parent.is_dir():
        raise NotPossible(f"The folder {target.parent} does not exist.")
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        _copy(source, unfinished)
        # A link, and not a renaming: that would overwrite what somebody put there meanwhile.
        os.link(unfinished, target)
    except FileExistsError:
        raise NotPossible(f"{target} already exists: choose another name.") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return target.stat().st_size


def restore(source: Path) -> Path | None:
    """Puts the backup into the database's place; gives where the previous database is now."""
    target = database_file()
    if not source.is_file():
        raise NotPossible(f"{source} is not a file.")
    if target.exists() and source.samefile(target):
        raise NotPossible(f"{source} is the database itself.")
    _check_origin(source)
    connection.close()
    unfinished = target.with_name(f".{target.name}.unfinished")
    with _alone_with(target):
        try:
            _copy(source, unfinished)
            _stop_what_goes_on(unfinished)
            previous = _move_aside(target)
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
    return previous


def _copy(source: Path, target: Path) -> None:
    """One consistent moment of the source, on disk, checked; others go on writing meanwhile."""
    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    with closing(_open(source, "ro")) as old, closing(_open(target, "rw")) as new:
        old.backup(new)
        # One file, which can be copied and kept as such.
        new.execute("PRAGMA journal_mode = DELETE")
        _check_whole(new, source)
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _open(path: Path, mode: str) -> sqlite3.Connection:
    address = f"file:{quote(str(path.absolute()))}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=20, isolation_level=None)


def _check_whole(file: sqlite3.Connection, source: Path) -> None:
    [(verdict,), *_more] = file.execute("PRAGMA integrity_check(1)").fetchall()
    if verdict != "ok":
        raise NotPossible(f"{source} is damaged ({verdict}).")


def _check_origin(source: Path) -> None:
    """That it is a database of this product, and of no newer version."""
    try:
        with closing(_open(source, "ro")) as file:
            file.execute("SELECT 1 FROM push_broadcast LIMIT 1")
            applied = file.execute("SELECT app, name FROM django_migrations").fetchall()
    except sqlite3.DatabaseError as error:
        raise NotPossible(f"{source} is not a backup of this product ({error}).") from error
    unknown = schema.compare(set(applied)).unknown
    if unknown:
        raise NotPossible(
            f"{source} is of a newer version (migration {'.'.join(unknown[-1])}): install that one."
        )


@contextmanager
def _alone_with(target: Path) -> Iterator[None]:
    """Raises NotPossible while another process has the database open."""
    if not target.exists():
        yield
        return
    with target.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, SHARED_SIZE, SHARED_FIRST)
        except OSError:
            raise NotPossible(
                "The database is in use: stop the web server and every worker first."
            ) from None
        yield


def _stop_what_goes_on(path: Path) -> None:
    """In SQL that every version's tables understand: the backup may be of an older one."""
    going = [State.EXPANDING, State.RUNNING]
    with closing(_open(path, "rw")) as file:
        now = int(time.time())
        file.execute("BEGIN IMMEDIATE")
        file.execute(
            "UPDATE push_broadcast SET state = ?, paused_because = ? WHERE state IN (?, ?)"
            " OR (state = ? AND start_at <= datetime(?, 'unixepoch'))",
            [State.PAUSED, RESTORED, *going, State.SCHEDULED, now],
        )
        file.execute(
            "UPDATE push_broadcast SET held_again_at = NULL, held_until = datetime(?, 'unixepoch')"
            " WHERE held_again_at IS NOT NULL OR held_until IS NULL",
            [now],
        )
        file.execute("COMMIT")


def _move_aside(target: Path) -> Path | None:
    if not target.exists():
        return None
    previous = target.with_name(f"{target.name}.before-{datetime.now():%Y%m%d-%H%M%S}")
    for ending in ("", *SIDE_FILES):
        part = Path(f"{target}{ending}")
        if part.exists():
            part.rename(f"{previous}{ending}")
    return previous
