"""Worker processes: hints in the main thread, the engine and the sweeper beside it."""

import logging
import os
import signal
import time
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from types import FrameType

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import (
    DatabaseError,
    InterfaceError,
    close_old_connections,
    connection,
    connections,
)
from django.utils import timezone
from django.utils.module_loading import import_string
from redis.exceptions import RedisError

from push import heartbeat, uploads
from push.engine import Engine, Loop, Sweeper, stopping
from push.patience import Patience, is_out_of_reach
from push.retention import Retention

logger = logging.getLogger(__name__)

SIGNALS = (signal.SIGTERM, signal.SIGINT)
LOOK_EVERY = 0.5
# A process that lived for so long did not die of how it started (seconds).
SETTLED = 60.0
# The longest wait before another one starts (seconds).
LONGEST_WAIT = 30.0


class Worker:
    """One process. TERM ends it as soon as what is on its way has come home."""

    def __init__(self) -> None:
        home = "redis" if settings.REDIS_URL else "database"
        self._queue = import_string(f"push.queues.{home}.Queue")()
        self._retention = Retention()

    def run(self, *, parent: int | None = None) -> None:
        for number in SIGNALS:
            signal.signal(number, self._stop)
        engine = Engine()
        threads: list[Loop] = [engine, Sweeper(self.tidy), Heartbeat(engine)]
        if parent is not None:
            threads.append(Orphan(parent))
        for thread in threads:
            thread.start()
        self._serve()
        for thread in threads:
            thread.join()

    def tidy(self) -> None:
        self._queue.tidy()
        heartbeat.delete_old()
        uploads.revive()
        uploads.tidy(timezone.now())
        SessionStore.clear_expired()
        self._retention.sweep(timezone.now())

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        stopping.set()
        try:
            self._queue.stop()
        finally:
            for number in SIGNALS:
                signal.signal(number, signal.SIG_IGN)

    def _serve(self) -> None:
        """The queue's loop, again and again, through whatever happens to its server."""
        patience = Patience(stopping)
        while not stopping.is_set():
            try:
                self._queue.serve()
            except Exception as error:
                if isinstance(error, RedisError | OSError) or is_out_of_reach(error):
                    patience.wait(error)
                else:
                    logger.exception("the queue stumbled and goes on")
                    stopping.wait(LOOK_EVERY)
            close_old_connections()


class Heartbeat(Loop):
    """Records that this worker runs, for as long as its engine does."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self._engine = engine
        self._is_first = True

    def run(self) -> None:
        super().run()
        try:
            heartbeat.stop()
        except (DatabaseError, InterfaceError):
            logger.warning("the heartbeat of this worker could not be removed")
        connection.close()

    def pause(self) -> None:
        if not self._is_first:
            stopping.wait(heartbeat.INTERVAL)
        self._is_first = False

    def once(self) -> None:
        if self._engine.is_alive():
            heartbeat.beat()


class Orphan(Loop):
    """Ends this process when the one that started it is gone."""

    def __init__(self, parent: int) -> None:
        super().__init__()
        self._parent = parent

    def pause(self) -> None:
        stopping.wait(LOOK_EVERY)

    def once(self) -> None:
        if os.getppid() != self._parent and not stopping.is_set():
            os.kill(os.getpid(), signal.SIGTERM)


class Family:
    """So many worker processes; one that dies is started again, TERM ends them all."""

    def __init__(self, count: int) -> None:
        self._children = [Child() for _ in range(count)]

    def run(self) -> None:
        connections.close_all()
        for number in SIGNALS:
            signal.signal(number, lambda *_: stopping.set())
        while True:
            for child in self._children:
                child.look_after()
            if stopping.wait(LOOK_EVERY):
                break
        running = [child.process for child in self._children if child.process]
        for process in running:
            process.terminate()
        for process in running:
            process.join()


class Child:
    """One worker process and its successors: whoever dies soon is replaced after a longer wait."""

    def __init__(self) -> None:
        self.process: BaseProcess | None = None
        self._deaths = 0
        self._started = self._start_at = 0.0

    def look_after(self) -> None:
        if self.process and not self.process.is_alive():
            self._bury(self.process)
        if not self.process and time.monotonic() >= self._start_at:
            self._start()

    def _start(self) -> None:
        self.process = get_context("fork").Process(target=_work, args=(os.getpid(),))
        self.process.start()
        self._started = time.monotonic()

    def _bury(self, process: BaseProcess) -> None:
        now = time.monotonic()
        self._deaths = 1 if now - self._started > SETTLED else self._deaths + 1
        wait = min(LOOK_EVERY * 2 ** min(self._deaths - 1, 10), LONGEST_WAIT)
        self.process, self._start_at = None, now + wait
        logger.error(
            "worker process %s ended with %s: another one starts in %g s",
            process.pid,
            process.exitcode,
            wait,
        )


def _work(parent: int) -> None:
    Worker().run(parent=parent)


def run(count: int) -> None:
    if count == 1:
        Worker().run()
    else:
        Family(count).run()
