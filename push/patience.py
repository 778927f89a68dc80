"""Surviving a database that is full, locked, restarted or out of reach."""

import logging
import threading
import time

from django.db import connection

logger = logging.getLogger(__name__)

# How long a stopping worker still tries to write down what came back (seconds).
LAST_WORDS = 20.0
LONGEST = 5.0


class Patience:
    """Waits longer each time, says so once, and says when it is over."""

    def __init__(self, stopping: threading.Event) -> None:
        self._stopping = stopping
        self._stop_at: float | None = None
        self._tries = 0

    def wait(self, error: Exception) -> None:
        """Before another try; raises the error when stopping has taken too long."""
        if not self._tries:
            logger.error("the database refuses (%s): trying again until it answers", _line(error))
        self._tries += 1
        connection.close_if_unusable_or_obsolete()
        if self._stopping.is_set():
            self._stop_at = self._stop_at or time.monotonic() + LAST_WORDS
            if time.monotonic() > self._stop_at:
                raise error
        time.sleep(min(0.1 * 2**self._tries, LONGEST))

    def end(self) -> None:
        if self._tries:
            logger.info("the database answers again after %s tries", self._tries)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
