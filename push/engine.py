"""The engine of a worker process: one thread that prepares, posts and closes what waits."""

import logging
import threading
from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction

from push import books, clock, expansion, held, leases, patience, pump, schedule, tokens
from push.isolation import isolate
from push.models import Broadcast
from push.patience import Patience, is_out_of_reach
from push.pump import Limits

logger = logging.getLogger(__name__)

# A turn gives way after so many seconds, so that a small broadcast is never stuck behind a large
# one: the next turn takes the broadcast that waited longest.
BUDGET = 10.0
# Without a hint the engine looks for work itself, so often (seconds).
LOOK = 1.0

# Set when the process is asked to end: what is on its way comes home, nothing new leaves.
stopping = threading.Event()


def turn(stop: threading.Event = stopping) -> None:
    """Begins what is due, prepares, closes and posts for a while, each within its budget."""
    schedule.start_due()
    schedule.hold_missed()
    prepare(Limits(stop, until=clock.now() + BUDGET))
    books.close_cancelled(until=clock.now() + BUDGET)
    pump.run(Limits(stop, until=clock.now() + BUDGET))


def prepare(limits: Limits) -> None:
    """The audiences of new broadcasts become deliveries."""
    new = Broadcast.objects.filter(state=Broadcast.State.EXPANDING).order_by("pk")
    for broadcast in list(new.values_list("pk", flat=True)):
        with isolate(broadcast):
            while not limits.is_over() and expansion.step(broadcast):
                continue
        books.complete(broadcast)
        with transaction.atomic():
            tokens.give_chance()


def is_work_left() -> bool:
    is_new = Broadcast.objects.filter(state=Broadcast.State.EXPANDING).exists()
    return is_new or schedule.is_due() or leases.is_work_left()


def sweep() -> None:
    """Makes good what dead workers left behind: any process, any time, as often as one likes."""
    if patience.is_settled():
        leases.reap()
    books.complete()
    books.close_cancelled(until=clock.now() + BUDGET)
    schedule.start_due()
    schedule.hold_missed()
    schedule.keep_hours()
    held.try_again()


class Loop(threading.Thread):
    """A thread that goes on through anything but a stop."""

    def __init__(self) -> None:
        super().__init__(name=type(self).__name__.lower())
        self.patience = Patience(stopping)

    def run(self) -> None:
        while not stopping.is_set():
            self.pause()
            try:
                self.once()
                self.patience.end()
            except Exception as error:
                if is_out_of_reach(error):
                    self.patience.wait(error)
                else:
                    logger.exception("the %s stumbled and goes on", self.name)
                    stopping.wait(LOOK)
        connection.close()

    def pause(self) -> None:
        raise NotImplementedError

    def once(self) -> None:
        raise NotImplementedError


class Engine(Loop):
    """Turns while there is work; waits for a hint otherwise, and looks itself now and then."""

    # The engine of this process, where there is one.
    running: "Engine | None" = None

    def __init__(self) -> None:
        super().__init__()
        self.wake = threading.Event()

    def run(self) -> None:
        Engine.running = self
        super().run()

    def pause(self) -> None:
        self.wake.wait(LOOK)
        self.wake.clear()

    def once(self) -> None:
        while is_work_left() and not stopping.is_set():
            turn()


class Sweeper(Loop):
    """Sweeps at the start, and then so often as is set."""

    def __init__(self, tidy: Callable[[], None]) -> None:
        super().__init__()
        self.tidy = tidy
        self.is_first = True

    def pause(self) -> None:
        if not self.is_first:
            stopping.wait(settings.ENGINE_SWEEP)
        self.is_first = False

    def once(self) -> None:
        sweep()
        self.tidy()
