"""Reads a file of contacts in a process of its own, and gives its rows batch by batch."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any, BinaryIO

from django.conf import settings

from composer.vocabulary.words import gettext_noop as _
from push import reader
from push.columns import Columns
from push.reader import Batch
from push.sentences import Unreadable

# While the reader says nothing, whoever waits is asked so often whether to go on (seconds).
WAIT = 0.5
CRASHED = _(
    "The file could not be read: the program that reads it ended (%(code)s). "
    "Tell an administrator: the reason is in the worker's log."
)


@contextmanager
def opened(
    file: BinaryIO,
    *,
    skip: int = 0,
    encoding: str = "",
    sheet: str = "",
    on_wait: Callable[[float], None] = lambda share: None,
) -> Iterator["Source"]:
    """Raises Unreadable when the file or its header will not do; `skip` rows are read, not given.

    `on_wait` hears at every batch, and twice a second without one, how much has been read; what
    it raises ends the reading.
    """
    come, go = os.pipe()
    with Connection(come, writable=False) as pipe:
        try:
            process = _start(file, go, skip=skip, encoding=encoding, sheet=sheet)
        finally:
            os.close(go)
        try:
            yield Source(process, pipe, seconds=_seconds(file), on_wait=on_wait)
        finally:
            process.kill()
            process.wait()


def _start(file: BinaryIO, out: int, **reading: Any) -> subprocess.Popen[bytes]:
    limits = {"memory": reader.MEMORY_MAX, "seconds": _seconds(file)}
    options = {"reading": reading, **limits}
    # openpyxl warns of things in workbooks that nobody who reads the log can mend.
    python = [sys.executable, "-W", "ignore", "-c", "from push.reader import main; main()"]
    return subprocess.Popen(  # noqa: S603
        [*python, json.dumps(options)], stdin=file, stdout=out, cwd=settings.BASE_DIR
    )


def _seconds(file: BinaryIO) -> int:
    """Of computing; the more a file weighs, the longer it may take."""
    size = os.fstat(file.fileno()).st_size
    return reader.SECONDS_LEAST + reader.SECONDS_PER_MB * size // 2**20


class Source:
    """A file whose header has been read."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        pipe: Connection,
        *,
        seconds: int,
        on_wait: Callable[[float], None],
    ) -> None:
        self._process, self._pipe, self._seconds = process, pipe, seconds
        self._on_wait = on_wait
        self._share = 0.0
        head = self._next()
        self.columns: Columns = head.columns
        self.about: dict[str, Any] = head.about

    @property
    def pid(self) -> int:
        return self._process.pid

    def batches(self) -> Iterator[Batch]:
        while not isinstance(frame := self._next(), reader.Ended):
            self._share = frame.share
            if frame.items:
                yield frame
            self._on_wait(self._share)

    def _next(self) -> Any:
        while not self._pipe.poll(WAIT):
            self._on_wait(self._share)
        try:
            frame = self._pipe.recv()
        except (EOFError, OSError):
            raise self._ended() from None
        if isinstance(frame, reader.Refused):
            raise frame.error()
        return frame

    def _ended(self) -> Unreadable:
        """Why the process is gone before its last frame."""
        code = self._process.wait()
        if code in {reader.OUT_OF_MEMORY, -signal.SIGKILL}:
            return Unreadable(
                _(
                    "The file is too large to read: it needs more than %(limit)s MB of memory. "
                    "Divide it, or save it as CSV."
                ),
                limit=reader.MEMORY_MAX // 2**20,
            )
        if code == -signal.SIGXCPU:
            return Unreadable(
                _(
                    "The file is too large to read: it takes more than %(limit)s seconds of "
                    "computing. Divide it, or save it as CSV."
                ),
                limit=self._seconds,
            )
        return Unreadable(CRASHED, code=code)
