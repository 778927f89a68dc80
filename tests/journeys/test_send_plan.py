"""The last look: when it begins, in what waves, and taking it back."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from people import rights
from push import expansion
from push.forms.times import LOCAL
from push.models import Broadcast, Outcome
from tests.journeys.sending import go, url
from tests.makers import make_contact, make_template, make_user
from tests.push.test_broadcasts import post
from tests.push.test_schedule import hours_around

pytestmark = pytest.mark.django_db
State = Broadcast.State


@pytest.fixture
def version(client):
    """佩珊 is about to send it to three people."""
    client.force_login(make_user("佩珊", rights=[rights.SEND]))
    for name in ("小明", "小華", "阿美"):
        make_contact(name)
    return make_template().latest


def tomorrow(hour, minute=0):
    day = timezone.localtime() + timedelta(days=1)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def local(moment):
    return f"{timezone.localtime(moment):{LOCAL}}"


def check(client, version):
    return client.get(url("send_check", version, channel="line", to="everyone"))


def test_sent_now_can_be_taken_back(client, version):
    answer = go(client, version, count=3)
    broadcast = Broadcast.objects.get()
    while expansion.step(broadcast.pk):
        pass

    page = client.get(answer.url)
    back = client.post(reverse("broadcast_take_back", args=[broadcast.pk]), follow=True)

    broadcast.refresh_from_db()
    assert (broadcast.state, broadcast.waves) == (State.CANCELLED, [])
    assert "Nothing has left yet." in page.text
    assert 'data-left="10"' in page.text
    assert "Taken back. Nobody got it." in back.text
    assert "take-back" not in back.text


def test_taking_back_too_late_says_what_had_left(client, version):
    go(client, version, count=3)
    broadcast = Broadcast.objects.get()
    while expansion.step(broadcast.pk):
        pass
    post(broadcast, Outcome.SENT, Outcome.SENT)
    url = reverse("broadcast_take_back", args=[broadcast.pk])

    first = client.post(url, follow=True)
    again = client.post(url, follow=True)

    assert "Cancelled. Had left already: 2." in first.text
    assert "It had ended already." in again.text


def test_the_moment_to_take_it_back_is_a_setting(client, version, settings):
    settings.TAKE_BACK_SECONDS = 0

    answer = go(client, version, count=3)

    assert "take-back" not in client.get(answer.url).text


def test_scheduled_waits_for_its_time(client, version):
    at = tomorrow(9, 30)

    answer = go(client, version, count=3, when="at", at=local(at))

    broadcast = Broadcast.objects.get()
    assert (broadcast.state, broadcast.start_at, broadcast.waves) == (State.SCHEDULED, at, [])
    assert broadcast.keeps_quiet_hours
    assert answer.url == reverse("broadcast", args=[broadcast.pk])
    assert broadcast.not_before is None


def test_a_time_in_the_quiet_hours_is_refused_with_the_next_one_offered(client, version, settings):
    settings.QUIET_HOURS = time(22), time(8)

    refused = go(client, version, count=3, when="at", at=local(tomorrow(7)))
    offered = refused.context["form"].offered_value
    go(client, version, count=3, when=offered, at=local(tomorrow(7)))

    assert (refused.status_code, offered) == (422, local(tomorrow(8)))
    assert "That is in the quiet hours, 22:00–08:00." in refused.text
    assert f'name="when" value="{offered}"' in refused.text
    assert [each.start_at for each in Broadcast.objects.all()] == [tomorrow(8)]


def test_a_time_in_the_quiet_hours_is_fine_when_one_says_so(client, version, settings):
    settings.QUIET_HOURS = time(22), time(8)

    go(client, version, count=3, when="at", at=local(tomorrow(7)), disturb="on")

    broadcast = Broadcast.objects.get()
    assert (broadcast.start_at, broadcast.keeps_quiet_hours) == (tomorrow(7), False)


def test_now_in_the_quiet_hours_is_now_with_a_warning(client, version, settings):
    settings.QUIET_HOURS = hours_around(timezone.now(), quiet=True)

    page = check(client, version)
    go(client, version, count=3)

    assert "Sent now, it goes out all the same." in page.text
    assert "When the quiet hours end" in page.text
    broadcast = Broadcast.objects.get()
    assert (broadcast.state, broadcast.keeps_quiet_hours) == (State.EXPANDING, False)


def test_a_run_that_would_reach_the_quiet_hours_is_warned_of(client, version, settings):
    settings.QUIET_HOURS = hours_around(timezone.now(), quiet=False)
    settings.FIRSTLINE_RATE_PER_MINUTE = 1
    before = check(client, version)
    for number in range(60):
        make_contact(str(number))

    assert "it goes on into the quiet hours" not in before.text
    assert "it goes on into the quiet hours" in check(client, version).text


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"when": "at"}, "Choose a day and a time."),
        ({"when": "at", "at": "soon"}, "Write a day and a time"),
        ({"when": "at", "at": "0001-01-01T00:00"}, "This time has passed"),
        ({"when": "at", "at": "9999-12-31T23:59"}, "more than a year away"),
        ({"when": "2020-01-01T00:00"}, "This time has passed"),
        ({"when": "<b>"}, "Choose when it begins"),
        ({"waves": "own"}, "Write how many go first"),
        ({"waves": "own", "sizes": "1, x"}, "Write how many go first"),
        ({"waves": "own", "sizes": "9" * 200}, "Write how many go first"),
        ({"waves": "tsunami"}, "tsunami is not one of the available choices"),
    ],
)
def test_a_plan_that_makes_no_sense_is_said_at_its_field(client, version, said, words):
    page = go(client, version, count=3, **said)

    assert (page.status_code, Broadcast.objects.count()) == (422, 0)
    assert words in page.text


@pytest.mark.parametrize(
    ("said", "sizes"),
    [
        ({"waves": "usual"}, [1, 5, 50]),
        ({"waves": "own", "sizes": "1 → 2"}, [1, 2]),
        ({"waves": "", "sizes": "1, 2"}, []),
    ],
)
def test_waves_are_the_usual_ones_or_ones_own(client, version, said, sizes):
    go(client, version, count=3, **said)

    assert Broadcast.objects.get().waves == sizes


def test_waves_are_not_asked_about_for_one_contact(client, version):
    page = client.get(url("send_check", version, channel="line", to="some", search="小明"))

    assert "In waves" not in page.text
    assert "In waves" in check(client, version).text


def test_who_gets_it_is_said(client, version):
    page = check(client, version)
    chosen = client.get(
        url("send_check", version, channel="line", to="people", ids=make_contact("四").pk)
    )

    assert "It goes to whoever matches when it begins; now that is 3." in page.text
    assert "It goes to the people you chose." in chosen.text


def test_whoever_had_it_lately_is_left_out_and_counted(client, version):
    go(client, version, count=3)
    while expansion.step(Broadcast.objects.get().pk):
        pass
    make_contact("新來的")
    query = {"channel": "line", "to": "everyone", "days": "7"}

    page = client.get(url("send_check", version, **query))
    answer = go(client, version, count=1, query=query)

    assert page.context["ledger"].had_it == 3
    assert "Had this template within 7 days" in page.text
    assert answer.status_code == 302
    kept = Broadcast.objects.order_by("pk").last().audience
    assert kept == {
        "channel": "line",
        "everyone": True,
        "template": version.template_id,
        "days": 7,
    }


@pytest.mark.parametrize("days", ["0", "-1", "366", "x", "9" * 30])
def test_days_that_make_no_sense_are_said(client, version, days):
    query = {"channel": "line", "to": "everyone", "days": days}

    counted = client.post(url("send_count", version), query)

    assert counted.context["ledger"].total == 0
    assert "field-said" in counted.text


def test_walking_back_keeps_the_days(client, version):
    page = client.get(url("send_check", version, channel="line", to="everyone", days="7"))

    audience = client.get(page.context["steps"][1].url)

    assert 'name="days" min="1" max="365"' in audience.text
    assert audience.context["form"].cleaned_data["days"] == 7


def test_what_is_scheduled_already_is_asked_about_days_later(client, version):
    go(client, version, count=3, when="at", at=local(tomorrow(12)))
    Broadcast.objects.update(created_at=timezone.now() - timedelta(days=3))

    page = go(client, version, count=3)

    assert (page.status_code, Broadcast.objects.count()) == (422, 1)
    assert "The same version is scheduled for the same audience" in page.text
    Broadcast.objects.update(start_at=timezone.now() - timedelta(days=2))
    assert go(client, version, count=3).status_code == 302


def test_a_press_repeated_keeps_the_plan(client, version):
    press = uuid4()
    first = go(client, version, count=3, press=press, when="at", at=local(tomorrow(12)))
    again = go(client, version, count=3, press=press)

    assert first.url == again.url
    assert Broadcast.objects.get().state == State.SCHEDULED
