"""What came back over time, drawn: every bar has its place, and their heights add up."""

from datetime import UTC, datetime, timedelta

import pytest

from push.chart import HEIGHT, Bar, Chart
from push.minutes import Point, Series

NOON = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)


def make_chart(*points, limit=100, step=1):
    span = timedelta(minutes=step)
    placed = [Point(NOON + number * span, *counts) for number, counts in enumerate(points)]
    return Chart(Series(span, placed), limit)


def test_bars_stand_on_each_other_and_fill_the_height():
    chart = make_chart((60, 20, 10, 10), (0, 0, 0, 50), limit=1_000)

    assert chart.bars == [
        Bar("sent", x="0.00", y="28.80", width="40.00", height="43.20"),
        Bar("held", x="0.00", y="14.40", width="40.00", height="14.40"),
        Bar("failed", x="0.00", y="7.20", width="40.00", height="7.20"),
        Bar("uncertain", x="0.00", y="0.00", width="40.00", height="7.20"),
        Bar("uncertain", x="50.00", y="36.00", width="40.00", height="36.00"),
    ]


@pytest.mark.parametrize(
    ("sent", "step", "limit_y"),
    [(49, 1, ""), (50, 1, "0.00"), (200, 1, "36.00"), (249, 5, ""), (500, 5, "0.00")],
)
def test_limit_is_drawn_where_bars_come_near_it(sent, step, limit_y):
    assert make_chart((sent, 0, 0, 0), step=step).limit_y == limit_y


def test_many_bars_share_the_width():
    chart = make_chart(*[(1, 0, 0, 0)] * 60)

    assert [float(bar.x) for bar in chart.bars] == [10 * number for number in range(60)]
    assert {bar.height for bar in chart.bars} == {f"{HEIGHT}.00"}


def test_times_have_their_dates_when_they_span_a_night():
    day, night = make_chart((1, 0, 0, 0)), make_chart(*[(1, 0, 0, 0)] * 30, step=60)

    assert (day.is_of_days, night.is_of_days) == (False, True)
