"""Surviving a database, or a queue, that is full, locked, restarted or out of reach."""

import logging
import threading
import time

from django.db import DatabaseError, InterfaceError, connection

logger = logging.getLogger(__name__)

# What a database says that is full, locked, restarted, or gone in the middle of a sentence.
OUT_OF_REACH = (DatabaseError, InterfaceError)
# How long a stopping worker still tries to write down what came back (seconds).
LAST_WORDS = 20.0
LONGEST = 5.0
# Trouble that comes so much later is new trouble (seconds).
FORGET = 60.0


class Patience:
    """Waits longer each time, says so once, and says when it is over."""

    def __init__(self, stopping: threading.Event) -> None:
        self._stopping = stopping
        self._stop_at = self._last = 0.0
        self._tries = 0

    def wait(self, error: Exception) -> None:
        """Before another try; raises the error when stopping has taken too long."""
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


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
