"""`/healthz` and `/readyz`, for monitors and balancers: they need no host, session or sign-in.

`/healthz` says that the process answers, and nothing else. `/readyz` says whether the installation
can do its work, with a reason for each check that fails: 200 or 503 and JSON. Reasons hold no
paths, versions or addresses, because strangers may read them.
"""

import logging
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from threading import Lock, Thread
from time import monotonic
from urllib.parse import quote

from django.conf import settings
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse, JsonResponse

from people import database_errors, schema
from push import heartbeat, tokens

logger = logging.getLogger(__name__)

# `/readyz` answers within this many seconds, whatever the database does.
DEADLINE = 5.0
# Answers of the last second are given again, so that asking often costs nothing.
FRESH = 1.0
# How long another program may hold SQLite's lock, and how long looking for damage may take.
LOCK_WAIT = 1.0
LOOK_FOR_DAMAGE = 0.5
# Looking for damage takes no more than a fiftieth of the time.
REST = 50
LEAST_ROOM = 100 * 2**20
PROBE = b"\0" * 2**16

Reason = str
CHECKS = ("database", "migrations", "worker", "disk", "tokens")


class Health:
    """Answers both before any other middleware: no redirect to https, no unknown host."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.readiness = Readiness()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            response = HttpResponse("ok", content_type="text/plain")
        elif request.path == "/readyz":
            response = _as_json(self.readiness.find_reasons())
        else:
            return self.get_response(request)
        response["Cache-Control"] = "no-store"
        return response


def _as_json(reasons: dict[str, Reason]) -> HttpResponse:
    checks = {
        name: {"ok": name not in reasons} | ({"reason": reasons[name]} if name in reasons else {})
        for name in CHECKS
    }
    status = "unavailable" if reasons else "ok"
    response = JsonResponse({"status": status, "checks": checks}, status=503 if reasons else 200)
    # A monitor knows it from a page that failed.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


@dataclass
class Readiness:
    """Runs the checks in a thread of their own, one at a time for the whole process."""

    _lock: Lock = field(default_factory=Lock)
    _reasons: dict[str, Reason] = field(default_factory=dict)
    _checked_at: float = -FRESH
    _look_again_at: float = 0.0
    _thread: Thread | None = None

    def find_reasons(self) -> dict[str, Reason]:
        """Why the installation is not ready, by check; empty when it is."""
        with self._lock:
            if monotonic() - self._checked_at >= FRESH:
                if self._thread is None or not self._thread.is_alive():
                    self._thread = Thread(target=self._check, daemon=True)
                    self._thread.start()
                self._thread.join(DEADLINE)
                if self._thread.is_alive():
                    reason = _headline(database_errors.UNREACHABLE)
                    self._reasons = _without_database(reason) | _check_disk()
                self._checked_at = monotonic()
            return self._reasons

    def _check(self) -> None:
        try:
            self._reasons = self._check_database() | _check_disk()
        finally:
            connections.close_all()

    def _check_database(self) -> dict[str, Reason]:
        try:
            self._probe()
            return _check_migrations() or (_check_worker() | _check_tokens())
        except Exception as error:
            cause = (
                error.cause if isinstance(error, Unusable) else database_errors.find_cause(error)
            )
            if cause is None:
                logger.exception("the readiness check failed")
            return _without_database(_headline(cause) if cause else "The check failed.")

    def _probe(self) -> None:
        """Raises what keeps the database from being read and written."""
        if connection.vendor == "sqlite":
            self._probe_sqlite()
            return
        with connection.cursor() as cursor:
            cursor.execute(f"SET statement_timeout = {int(DEADLINE * 500)}")
            cursor.execute("SELECT current_setting('transaction_read_only')")
            if cursor.fetchone()[0] == "on":
                raise Unusable(database_errors.READ_ONLY)

    def _probe_sqlite(self) -> None:
        # It must be there: opening it as Django does would make an empty one.
        address = f"file:{quote(str(settings.DATABASES['default']['NAME']))}?mode=rw"
        file = sqlite3.connect(address, uri=True, timeout=LOCK_WAIT, isolation_level=None)
        with closing(file):
            file.execute("BEGIN IMMEDIATE")
            file.execute("ROLLBACK")
            if monotonic() >= self._look_again_at:
                begin = monotonic()
                _look_for_damage(file, until=begin + LOOK_FOR_DAMAGE)
                self._look_again_at = monotonic() + (monotonic() - begin) * REST


class Unusable(Exception):
    """The database answers, and yet cannot be worked with."""

    def __init__(self, cause: database_errors.Cause) -> None:
        super().__init__(cause.key)
        self.cause = cause


def _look_for_damage(file: sqlite3.Connection, *, until: float) -> None:
    """As far as the time reaches."""
    file.set_progress_handler(lambda: monotonic() > until, 10_000)
    try:
        [(verdict,)] = file.execute("PRAGMA quick_check(1)").fetchall()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        return
    if verdict != "ok":
        raise Unusable(database_errors.CORRUPT)


def _without_database(reason: Reason) -> dict[str, Reason]:
    unknown = "Not known while the database check fails."
    return {"database": reason, "migrations": unknown, "worker": unknown, "tokens": unknown}


def _check_migrations() -> dict[str, Reason]:
    differences = schema.find_differences()
    unknown = "Not known while the migrations check fails."
    if differences.missing:
        reason = "The database was not updated for this code: run python -m scripts.ready."
    elif differences.unknown:
        reason = "The database was updated by newer code: install that, or restore a backup."
    else:
        return {}
    return {"migrations": reason, "worker": unknown, "tokens": unknown}


def _check_worker() -> dict[str, Reason]:
    if heartbeat.is_worker_alive():
        return {}
    seen = heartbeat.last_seen()
    if seen is None:
        return {"worker": "No worker has been seen: start one with manage.py worker."}
    return {"worker": f"No worker has been seen for {int(seen.total_seconds())} seconds."}


def _check_tokens() -> dict[str, Reason]:
    standings = tokens.standings()
    aside = [standing.number for standing in standings if standing.is_set_aside]
    if not aside:
        return {}
    return {"tokens": f"{len(aside)} of {len(standings)} API tokens are refused and set aside."}


def _check_disk() -> dict[str, Reason]:
    """By writing, because a quota or a limit does not show in the room that is left."""
    try:
        if shutil.disk_usage(settings.DATA_DIR).free < LEAST_ROOM:
            return {"disk": f"Less than {LEAST_ROOM // 2**20} MB are free in the data folder."}
        with tempfile.TemporaryFile(dir=settings.DATA_DIR) as probe:
            probe.write(PROBE)
            probe.flush()
    except OSError as error:
        return {"disk": f"The data folder cannot be written to: {error.strerror}."}
    return {}


def _headline(cause: database_errors.Cause) -> Reason:
    return f"{cause.headline}."
