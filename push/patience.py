"""Surviving a database, or a queue, that is full, locked, restarted or out of reach."""

import logging
import sqlite3
import threading
import time

from django.db import InterfaceError, OperationalError, connection

from push import clock

logger = logging.getLogger(__name__)

# What SQLite answers while its file cannot be read or written, by primary result code.
SQLITE_LOST = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY,
}
# Likewise PostgreSQL, by the beginning of the error code: connection lost, transaction ended
# while idle, standby server, deadlock, out of disk, memory or connections, lock not available,
# shut down, I/O error.
POSTGRESQL_LOST = ("08", "25P03", "25P04", "25006", "40", "53", "55006", "55P03", "57", "58")
# How long a stopping worker still tries to write down what came back (seconds).
LAST_WORDS = 20.0
LONGEST = 5.0
# Once the database is back, every worker that lives has asked again after this long (seconds).
SETTLED_AFTER = 2 * LONGEST
# Trouble that comes so much later is new trouble (seconds).
FORGET = 60.0


_lost_at = -SETTLED_AFTER


def is_settled() -> bool:
    """Whether this process has not met a lost database for a while.

    Whose lease ran out meanwhile may only have been unable to renew it.
    """
    return clock.now() > _lost_at + SETTLED_AFTER


class Patience:
    """Waits longer each time, says so once, and says when it is over."""

    def __init__(self, stopping: threading.Event) -> None:
        self._stopping = stopping
        self._stop_at = self._last = 0.0
        self._tries = 0

    def wait(self, error: Exception) -> None:
        """Before another try; raises the error when stopping has taken too long."""
        global _lost_at
        if is_out_of_reach(error):
            _lost_at = clock.now()
        now = time.monotonic()
        if now - self._last > FORGET:
            self._tries = 0
        if not self._tries:
            logger.error("%s: trying again until it works", _line(error))
        self._tries += 1
        connection.close_if_unusable_or_obsolete()
        if self._stopping.is_set():
            self._stop_at = self._stop_at or now + LAST_WORDS
            if now > self._stop_at:
                raise error
        time.sleep(min(0.1 * 2**self._tries, LONGEST))
        self._last = time.monotonic()

    def end(self) -> None:
        if self._tries:
            logger.info("it works again after %s tries", self._tries)
            self._tries = 0


def is_out_of_reach(error: BaseException) -> bool:
    """Whether the database is lost for now, so that the same thing works once it is back.

    Both databases also report mistakes as OperationalError, such as a table that is not there or
    too many arguments: those never go away by waiting.
    """
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in SQLITE_LOST
    state = getattr(error.__cause__, "sqlstate", None)
    if state is not None:
        return str(state).startswith(POSTGRESQL_LOST)
    return isinstance(error, OperationalError | InterfaceError)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
