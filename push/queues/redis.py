"""Hints through Redis, on any number of machines."""

import signal
from contextlib import suppress
from typing import Any

from django_rq.queues import get_queues
from django_tasks_rq import Job
from rq import SimpleWorker
from rq.exceptions import StopRequested


class InProcess(SimpleWorker):
    """Runs tasks in this process, whose engine they wake, and leaves signals to it."""

    def _install_signal_handlers(self) -> None:
        """The worker has its own."""


class Queue:
    """Waits for Redis to say that there is something."""

    def __init__(self) -> None:
        self._is_stopping = False
        self._worker: InProcess | None = None

    def serve(self) -> None:
        """Until it is stopped, or Redis is out of reach."""
        queues: list[Any] = get_queues("default", job_class=Job)  # type: ignore[no-untyped-call]
        self._worker = InProcess(queues, connection=queues[0].connection, job_class=Job)
        with suppress(StopRequested):
            if not self._is_stopping:
                self._worker.work(logging_level="WARNING")

    def stop(self) -> None:
        """From a signal; raises StopRequested where it waits for work."""
        self._is_stopping = True
        if self._worker is not None:
            self._worker.request_stop(signal.SIGTERM, None)  # type: ignore[no-untyped-call]

    @staticmethod
    def tidy() -> None:
        """Redis forgets by itself."""
