"""Tell from a database's error what is wrong with it, in words for people.

SQLite and PostgreSQL give codes; their sentences are read only where there is no code.
"""

import sqlite3
from dataclasses import dataclass

from django.db import DatabaseError, DataError, InterfaceError, OperationalError
from django.utils.translation import gettext_noop as _


@dataclass(frozen=True)
class Cause:
    """What happened, and what to do; `key` is for machines."""

    key: str
    headline: str
    advice: str


FULL = Cause(
    "disk_full",
    _("The disk is full"),
    _("Ask an administrator to free up disk space."),
)
READ_ONLY = Cause(
    "read_only",
    _("The database is read-only"),
    _("It can be read, but nothing can be saved. Ask an administrator to make it writable."),
)
CORRUPT = Cause(
    "corrupt",
    _("The database is damaged"),
    _(
        "Tell an administrator at once: it must be restored from a backup. What was saved before"
        " may be damaged too."
    ),
)
DISK = Cause(
    "disk_error",
    _("The disk cannot be read or written"),
    _("Ask an administrator to check the disk: it may be full or broken."),
)
LOCKED = Cause(
    "locked",
    _("The database is locked"),
    _("Another program keeps it locked. Wait a moment. If this goes on, tell an administrator."),
)
CONNECTIONS = Cause(
    "too_many_connections",
    _("The database has too many connections"),
    _("Wait a moment. If this goes on, tell an administrator."),
)
TIMEOUT = Cause(
    "timeout",
    _("The database took too long"),
    _("Wait a moment, or ask for less. If this goes on, tell an administrator."),
)
MEMORY = Cause(
    "out_of_memory",
    _("The database has run out of memory"),
    _("Wait a moment. If this goes on, tell an administrator."),
)
DENIED = Cause(
    "denied",
    _("The database refuses the connection"),
    _("Ask an administrator to check the name, the user and the password in DATABASE_URL."),
)
MISSING = Cause(
    "cannot_open",
    _("The database file cannot be opened"),
    _("Ask an administrator to check that it is there and may be read and written."),
)
SCHEMA = Cause(
    "schema",
    _("The database does not match this version"),
    _("Ask an administrator to update it with python -m scripts.ready."),
)
UNREACHABLE = Cause(
    "unreachable",
    _("The database does not answer"),
    _("Wait a moment. If this goes on, tell an administrator."),
)
# Nothing is wrong with the database, but with what was asked of it.
TOO_LONG = Cause(
    "too_long",
    _("This is too long to search for"),
    _("Shorten what you entered, and try again."),
)

# By primary result code.
SQLITE = {
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_CANTOPEN: MISSING,
    sqlite3.SQLITE_CORRUPT: CORRUPT,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_INTERRUPT: TIMEOUT,
    sqlite3.SQLITE_IOERR: DISK,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_NOMEM: MEMORY,
    sqlite3.SQLITE_NOTADB: CORRUPT,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_PROTOCOL: LOCKED,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_TOOBIG: TOO_LONG,
}
# By the beginning of the SQLSTATE, the longest first (PostgreSQL, appendix A).
POSTGRESQL = {
    "53100": FULL,
    "53200": MEMORY,
    "53300": CONNECTIONS,
    "53400": CONNECTIONS,
    "25006": READ_ONLY,
    "57014": TIMEOUT,
    "25P03": TIMEOUT,
    "25P04": TIMEOUT,
    "55P03": LOCKED,
    "40P01": LOCKED,
    "XX001": CORRUPT,
    "XX002": CORRUPT,
    "58030": DISK,
    "42P01": SCHEMA,
    "42703": SCHEMA,
    "3F000": SCHEMA,
    "3D000": DENIED,
    "28": DENIED,
    "54": TOO_LONG,
    "08": UNREACHABLE,
    "57P": UNREACHABLE,
}
# Where there is no code: SQLite's general error, and a PostgreSQL that lets nobody in.
SENTENCES = {
    "no such table": SCHEMA,
    "no such column": SCHEMA,
    "has no column named": SCHEMA,
    "too complex": TOO_LONG,
    "too many sql variables": TOO_LONG,
    "too many terms": TOO_LONG,
    "expression tree is too large": TOO_LONG,
    "parser stack overflow": TOO_LONG,
    "string or blob too big": TOO_LONG,
    "too many clients": CONNECTIONS,
    "too many connections": CONNECTIONS,
    "connection slots": CONNECTIONS,
    "password authentication failed": DENIED,
    "no pg_hba.conf entry": DENIED,
    "role ": DENIED,
    'fatal:  database "': DENIED,
    "database is locked": LOCKED,
    "disk is full": FULL,
    "no space left": FULL,
    "readonly database": READ_ONLY,
    "disk image is malformed": CORRUPT,
    "file is not a database": CORRUPT,
}


def find_cause(error: BaseException | None) -> Cause | None:
    """Why the database failed; None for a mistake in our own code, and for other errors."""
    if not isinstance(error, DatabaseError | InterfaceError | sqlite3.Error):
        return None
    origin = error if isinstance(error, sqlite3.Error) else error.__cause__
    code = getattr(origin, "sqlite_errorcode", None)
    if code is not None and code & 0xFF in SQLITE:
        return SQLITE[code & 0xFF]
    state = str(getattr(origin, "sqlstate", None) or "")
    for beginning, cause in POSTGRESQL.items():
        if state.startswith(beginning):
            return cause
    text = str(error).lower()
    for words, cause in SENTENCES.items():
        if words in text:
            return cause
    if isinstance(error, DataError) or code is not None or state:
        return None
    return UNREACHABLE if isinstance(error, OperationalError | InterfaceError) else None
