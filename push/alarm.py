"""When a broadcast stops by itself: too much of what it sends does not go through."""

from collections import deque
from datetime import datetime
from functools import lru_cache

# So many in a row: nothing goes through, or the audience is not who it should be.
IN_A_ROW = 25
# Or this share of the most recent, once there are so many: something goes wrong now and then.
RECENT = 100
SHARE = 0.5


class Alarm:
    """Hears of every outcome of one broadcast in this process; gives a reason to stop, once."""

    def __init__(self) -> None:
        self._in_a_row = 0
        self._recent: deque[bool] = deque(maxlen=RECENT)

    def hear(self, *, is_failure: bool) -> str:
        """A word for `outcomes.reason_text`, or nothing."""
        self._in_a_row = self._in_a_row + 1 if is_failure else 0
        self._recent.append(is_failure)
        because = self._because()
        if because:
            self._in_a_row = 0
            self._recent.clear()
        return because

    def _because(self) -> str:
        if self._in_a_row >= IN_A_ROW:
            return "run_of_failures"
        is_full = len(self._recent) == RECENT
        return "share_of_failures" if is_full and sum(self._recent) >= SHARE * RECENT else ""


@lru_cache(maxsize=64)
def of(_broadcast: int, _begun: datetime) -> Alarm:
    """The one of this process; who resumes begins a new count, in every process."""
    return Alarm()
