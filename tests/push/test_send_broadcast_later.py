"""`send_broadcast` at a time and in waves, as the shell sees it."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from push import engine
from push.models import Broadcast
from tests.makers import make_contact, make_template

pytestmark = pytest.mark.django_db(transaction=True)
SEND = ("send_broadcast", "歡迎", "--channel=line", "--all")


@pytest.fixture(autouse=True)
def night(settings):
    settings.QUIET_HOURS = time(22), time(8)
    settings.FIRSTLINE_RATE_PER_MINUTE = 600_000
    make_contact("小明")
    make_contact("小華")
    make_template("歡迎")


def tomorrow(hour):
    day = timezone.localtime() + timedelta(days=1)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def written(moment):
    return f"{moment:%Y-%m-%dT%H:%M}"


def test_send_at_a_time(manage):
    code, out, _ = manage(*SEND, "--at", written(tomorrow(12)), "--waves=1")

    broadcast = Broadcast.objects.get()
    assert (code, out) == (0, f"{broadcast.pk}\n")
    assert (broadcast.state, broadcast.start_at, broadcast.waves) == (
        "scheduled",
        tomorrow(12),
        [1],
    )


def test_send_at_a_quiet_time_names_the_next_one_or_may_disturb(manage):
    refused = manage(*SEND, "--at", written(tomorrow(7)))
    code, _, _ = manage(*SEND, "--at", written(tomorrow(7)), "--disturb")

    assert (refused[0], refused[1], refused[2].count("\n")) == (2, "", 1)
    assert f"The next allowed time is {written(tomorrow(8))}." in refused[2]
    broadcast = Broadcast.objects.get()
    assert (code, broadcast.start_at, broadcast.keeps_quiet_hours) == (0, tomorrow(7), False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--at="], "--at: Choose a day and a time."),
        (["--at=soon"], "--at: Write a day and a time"),
        (["--at=2020-01-01T00:00"], "--at: This time has passed."),
        (["--waves=x"], "--waves: Write how many go first"),
        (["--waves=0"], "--waves: Write how many go first"),
    ],
)
def test_send_says_in_one_line_what_is_wrong_with_the_plan(manage, words, said):
    code, out, error = manage(*SEND, *words)

    assert (code, out, error.count("\n")) == (2, "", 1)
    assert said in error
    assert not Broadcast.objects.exists()


def test_send_now_cannot_be_taken_back_and_is_not_held_up(manage, settings, fake_firstline):
    settings.QUIET_HOURS = time(0), time(23, 59, 59)

    manage(*SEND)
    engine.turn()

    assert Broadcast.objects.get().state == Broadcast.State.DONE


def test_send_in_waves_stops_after_the_first(manage, fake_firstline):
    manage(*SEND, "--waves=1")
    engine.turn()

    broadcast = Broadcast.objects.get()
    assert (broadcast.state, broadcast.paused_because) == ("paused", "wave")
    assert '"waiting": 1, "sent": 1' in manage("broadcast_status", broadcast.pk)[1]
