"""A post on its way: had it left when things went wrong, and may it go on?"""

import threading
import time
from functools import cache
from socket import SHUT_RDWR, socket

from push import clock


class TooLate(OSError):
    """Nothing has left, and nothing may any more."""


class Attempt:
    """One post on its way: whether it left, on which socket, and until when it may take.

    It must leave before `leave_by`, which its lease sets, and `due_by`, which its moment sets; the
    second is put off by what it takes to connect. What was cut before it left never leaves, though
    its connection may come about later.
    """

    def __init__(self, deadline: float, *, leave_by: float, due_by: float = float("inf")) -> None:
        self.deadline, self._leave_by, self._due_by = deadline, leave_by, due_by
        self.connecting = 0.0
        self.socket: socket | None = None
        self.left_at = 0.0
        self.was_cut = self.is_late = False
        # Either it is cut first and does not leave, or it has left and its socket is cut.
        self._lock = threading.Lock()

    def leave(self, on: socket) -> None:
        """Raises TooLate."""
        with self._lock:
            self.left_at = clock.now()
            self.is_late = self.left_at > min(self._leave_by, self._due_by + self.connecting)
            if self.is_late or self.was_cut or self.left_at > self.deadline:
                raise TooLate
            self.socket = on

    @property
    def left(self) -> bool:
        return self.socket is not None

    def cut(self) -> None:
        """Ends a reading that would go on for ever, from another thread."""
        with self._lock:
            self.was_cut = True
        if self.socket is not None:
            try:
                # Not the TLS layer's own shutdown, which belongs to the thread that reads.
                socket.shutdown(self.socket, SHUT_RDWR)
            except OSError:
                return


class Watch(threading.Thread):
    """Cuts attempts that are past their deadline: a timeout alone starts anew with every byte."""

    def __init__(self) -> None:
        super().__init__(name="watch", daemon=True)
        self._attempts: set[Attempt] = set()
        self._answered_at = 0.0
        self._unanswered_since = 0.0
        self.start()

    def over(self, attempt: Attempt) -> None:
        self._attempts.add(attempt)

    def done(self, attempt: Attempt, *, is_answered: bool = False) -> None:
        self._attempts.discard(attempt)
        if is_answered:
            self._answered_at, self._unanswered_since = clock.now(), 0.0
        elif attempt.left:
            self._unanswered_since = self._unanswered_since or attempt.left_at

    def silence(self) -> float:
        """Seconds since anything came back while posts are on their way; 0 when none is.

        Posts that timed out count on: the ones that follow them meet the same silence.
        """
        departures = [each.left_at for each in self._attempts.copy() if each.left]
        if not departures:
            self._unanswered_since = 0.0
            return 0.0
        first = min([*departures, *filter(None, [self._unanswered_since])])
        return max(clock.now() - max(first, self._answered_at), 0.0)

    def run(self) -> None:
        while True:
            time.sleep(0.2)
            now = clock.now()
            for attempt in self._attempts.copy():
                if now > attempt.deadline and not attempt.was_cut:
                    attempt.cut()


@cache
def watching() -> Watch:
    return Watch()
