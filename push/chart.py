"""What came back over time, as bars: places and sizes in the picture's own units.

The server draws it, so it prints, works without scripts, and is the same in every browser.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from push import minutes, spans
from push.minutes import COUNTED, Point, Series
from push.models import Broadcast

WIDTH, HEIGHT = 600, 72
# So much of a bar's place stays empty; a bar is never wider than a twelfth of the picture.
GAP = 0.2
WIDEST = WIDTH / 12
# The limit is drawn where the bars come near it; else it would press them flat.
NEAR = 0.5


@dataclass(frozen=True)
class Bar:
    """One outcome at one time; numbers as SVG reads them, in every language."""

    outcome: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Chart:
    """Stacked bars; `limit` is the pace that was set, in posts a minute."""

    series: Series
    limit: int

    @property
    def bars(self) -> list[Bar]:
        return [
            bar
            for number, point in enumerate(self.series.points)
            for bar in self._of(number, point)
        ]

    @property
    def limit_y(self) -> str:
        """Where the line of the limit lies; nowhere when nothing comes near it."""
        return _written(HEIGHT - self._limit_a_bar * self._scale) if self._has_limit else ""

    @property
    def step_words(self) -> str:
        return spans.in_words(self.series.step)

    @property
    def begins(self) -> datetime:
        return self.series.points[0].at

    @property
    def ends(self) -> datetime:
        return min(self.series.points[-1].at + self.series.step, timezone.now())

    @property
    def is_of_days(self) -> bool:
        """Its times want their dates."""
        return timezone.localdate(self.begins) != timezone.localdate(self.ends)

    def _of(self, number: int, point: Point) -> Iterator[Bar]:
        place = min(WIDTH / len(self.series.points), WIDEST)
        top = float(HEIGHT)
        for outcome in COUNTED:
            height = getattr(point, outcome) * self._scale
            top -= height
            if height:
                yield Bar(
                    outcome,
                    x=_written(number * place),
                    y=_written(top),
                    width=_written(place * (1 - GAP)),
                    height=_written(height),
                )

    @property
    def _limit_a_bar(self) -> float:
        return self.limit * self.series.step.total_seconds() / 60

    @property
    def _has_limit(self) -> bool:
        return self.series.highest >= NEAR * self._limit_a_bar

    @property
    def _scale(self) -> float:
        """Units of height to one answer."""
        highest = max(self.series.highest, self._limit_a_bar if self._has_limit else 0)
        return HEIGHT / highest


def of(broadcast: Broadcast, *, limit: int) -> Chart | None:
    """Nothing before the first answer."""
    series = minutes.series(broadcast)
    return Chart(series, limit) if series.highest else None


def _written(number: float) -> str:
    return f"{number:.2f}"
