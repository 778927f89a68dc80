"""What is planned of a broadcast, for its page: its waves, and who comes next."""

from dataclasses import dataclass
from itertools import accumulate, takewhile

from push import books
from push.broadcasts import Tally
from push.models import Broadcast

State = Broadcast.State


@dataclass(frozen=True)
class Wave:
    """One wave of the audience; `size` is None while the rest is not counted yet."""

    number: int
    size: int | None
    state: str


@dataclass(frozen=True)
class Waves:
    """How the audience goes out, wave by wave; all at once when there are none."""

    broadcast: Broadcast
    tally: Tally

    @property
    def is_between(self) -> bool:
        """One has gone out, and a person says when the next one does."""
        return self.broadcast.paused_because == books.WAVE

    @property
    def all(self) -> list[Wave]:
        return [
            Wave(number + 1, size, self._state(number)) for number, size in enumerate(self._sizes)
        ]

    @property
    def coming(self) -> int:
        """How many of those who wait may be posted next: those of later waves may not."""
        open_ones = self.broadcast.wave + 1 + self.is_between
        later = max(self.tally.audience - sum(self.broadcast.waves[:open_ones]), 0)
        is_last = open_ones > len(self.broadcast.waves)
        return self.tally.waiting if is_last else max(self.tally.waiting - later, 0)

    @property
    def _sizes(self) -> list[int | None]:
        """As many as the audience fills; the rest comes last."""
        planned, audience = self.broadcast.waves, self.tally.audience
        if not planned:
            return []
        if not (self.broadcast.is_prepared and audience):
            return [*planned, None]
        ends = [*takewhile(lambda end: end < audience, accumulate(planned)), audience]
        return [end - begin for begin, end in zip([0, *ends], ends, strict=False)]

    def _state(self, number: int) -> str:
        here, state = self.broadcast.wave, self.broadcast.state
        if number < here or (number == here and (self.is_between or state == State.DONE)):
            return "done"
        return "now" if number == here and state != State.SCHEDULED else "next"
