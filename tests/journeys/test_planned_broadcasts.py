"""A broadcast that waits: for its time, for the quiet hours to end, for the word on a wave."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.test import override_settings
from django.utils import timezone

from people.models import Entry
from push import books, broadcasts, expansion, tokens
from push.audience import Audience
from push.models import Broadcast, Outcome, Pace
from push.schedule import Plan
from tests.journeys.pages import do, page_of
from tests.makers import make_contact, make_template
from tests.runs import make_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheduled():
    """Tomorrow, in waves, for one of two who match."""
    make_contact("小明")
    make_contact("小華", do_not_disturb=True)
    return broadcasts.start(
        make_template().latest,
        audience=Audience("line", everyone=True),
        by=None,
        press=uuid4(),
        plan=Plan(at=timezone.now() + timedelta(days=1), waves=(1, 5)),
    )


def test_a_scheduled_one_says_when_and_to_whom(client, peishan, scheduled):
    page = page_of(client, scheduled)

    assert timezone.localtime(scheduled.start_at).strftime("%H:%M</b>") in page.text
    assert "It begins by itself." in page.text
    assert page.context["ledger"].total == 1
    assert "Contact by contact" not in page.text
    assert [wave.size for wave in page.context["progress"].waves.all] == [1, 5, None]


def test_a_scheduled_one_is_watched_until_it_begins(client, peishan, scheduled):
    waiting = client.get(f"/broadcasts/{scheduled.pk}/live/")
    Broadcast.objects.update(state="expanding", expand_until=0)
    begun = client.get(f"/broadcasts/{scheduled.pk}/live/")

    assert 'hx-trigger="every 10s"' in waiting.text
    assert 'hx-trigger="every 1500ms"' in begun.text


def test_its_time_can_be_changed(client, peishan, scheduled):
    later = timezone.localtime() + timedelta(days=3)

    page = do(client, "time", scheduled, at=later.strftime("%Y-%m-%dT%H:%M"))

    scheduled.refresh_from_db()
    assert scheduled.start_at == later.replace(second=0, microsecond=0)
    assert not scheduled.keeps_quiet_hours
    assert "It begins on" in page.text


def test_a_quiet_time_is_refused_and_the_next_one_is_one_press_away(
    client, peishan, scheduled, settings
):
    settings.QUIET_HOURS = time(22), time(8)
    day = f"{timezone.localtime() + timedelta(days=3):%Y-%m-%d}"
    before = scheduled.start_at

    refused = do(client, "time", scheduled, at=f"{day}T03:15", keeps_quiet_hours="on")
    scheduled.refresh_from_db()
    assert scheduled.start_at == before
    assert "That is in the quiet hours, 22:00–08:00." in refused.text
    assert f'name="at" value="{day}T08:00"' in refused.text
    do(client, "time", scheduled, at=f"{day}T08:00", keeps_quiet_hours="on")

    scheduled.refresh_from_db()
    assert f"{timezone.localtime(scheduled.start_at):%Y-%m-%dT%H:%M}" == f"{day}T08:00"
    assert scheduled.keeps_quiet_hours


@pytest.mark.parametrize("offer", ["", "<b>", "2020-01-01T08:00", "2099-01-01T03:00"])
def test_an_offer_that_makes_no_sense_is_none(client, peishan, scheduled, settings, offer):
    settings.QUIET_HOURS = time(22), time(8)

    assert 'id="offer"' not in page_of(client, scheduled, offer=offer).text


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2020-01-01T10:00", "That time has passed."),
        ("9999-12-31T23:59", "That is more than a year away."),
        ("tomorrow", "Enter a valid date/time."),
        ("", "This field is required."),
        ("9999-99-99T99:99", "Enter a valid date/time."),
    ],
)
def test_a_time_that_cannot_be_is_refused(client, peishan, scheduled, at, words):
    page = do(client, "time", scheduled, at=at)

    before = scheduled.start_at
    scheduled.refresh_from_db()
    assert words in page.text
    assert scheduled.start_at == before


def test_a_time_is_not_changed_once_it_has_begun(client, peishan):
    later = timezone.localtime() + timedelta(days=3)

    page = do(client, "time", make_run(waiting=1), at=later.strftime("%Y-%m-%dT%H:%M"))

    assert "It is not waiting for its time any more." in page.text


def test_a_scheduled_one_can_be_cancelled(client, peishan, scheduled):
    page = do(client, "cancel", scheduled)

    assert page.context["broadcast"].state == "cancelled"
    assert "It was cancelled before the first message left: nobody got it." in page.text


def test_one_that_was_too_late_asks(client, peishan, scheduled):
    Broadcast.objects.update(state="paused", paused_because="late")

    page = page_of(client, scheduled)
    sent = do(client, "resume", scheduled)

    assert "It is late now, so it waits for you" in page.text
    assert "Send it now" in page.text
    assert sent.context["broadcast"].state == "expanding"


def test_between_waves_the_next_one_is_a_press_away(client, peishan):
    broadcast = make_run(waiting=3, plan=Plan(waves=(1,)))
    chunk = broadcast.chunks.get(wave=0)
    page = books.Page(chunk)
    page.move(books.of(chunk), "waiting", "sent", outcome=Outcome.SENT)
    page.write(state="done")
    books.complete(broadcast.pk)

    asked = page_of(client, broadcast)
    went_on = do(client, "resume", broadcast)

    assert "A wave has gone out." in asked.text
    assert "exactly these 2 come next" in asked.text
    assert "Send the next wave" in asked.text
    assert went_on.context["broadcast"].wave == 1


def test_in_the_quiet_hours_it_says_until_when_and_can_go_on(client, peishan):
    broadcast = make_run(waiting=1)
    opens = timezone.now() + timedelta(hours=2)
    Broadcast.objects.update(keeps_quiet_hours=True, not_before=opens)

    page = page_of(client, broadcast)
    went_on = do(client, "go_on", broadcast)
    again = do(client, "go_on", broadcast)

    until = timezone.localtime(opens).strftime("%H:%M")
    assert f"goes on by itself at {until}." in page.text
    assert "Nobody is sending" not in page.text
    assert "Sending goes on." in went_on.text
    assert "goes on by itself at" not in went_on.text
    assert "It was not waiting for the quiet hours to end." in again.text


@pytest.mark.parametrize(
    ("rate", "words", "kept"),
    [
        ("60", "From now on at most 60 a minute.", 60),
        ("", "From now on at most 240 a minute.", None),
        ("0", "greater than or equal to 1", 30),
        ("fast", "Enter a whole number.", 30),
        ("9" * 30, "The pace can be at most", 30),
    ],
)
def test_the_pace_is_changed_while_it_runs(client, peishan, rate, words, kept):
    broadcast = make_run(waiting=1, rate=30)

    page = do(client, "pace", broadcast, rate=rate)

    broadcast.refresh_from_db()
    assert words in page.text
    assert broadcast.rate_per_minute == kept


def test_an_ended_one_has_no_pace_to_change(client, peishan):
    page = do(client, "pace", make_run(Outcome.SENT), rate="60")

    assert "This broadcast has ended" in page.text
    assert 'id="do-pace"' not in page.text


def test_refused_tokens_are_named_and_tried_again(client, peishan):
    with override_settings(FIRSTLINE_API_TOKEN="one,two"):
        now = timezone.now()
        Pace.objects.create(key=tokens.keys()[1], next_at=now, refused_at=now)
        broadcast = make_run(waiting=1)

        page = page_of(client, broadcast)
        tried = do(client, "tokens", broadcast)

    assert "<b>Token 2</b>" in page.text
    assert "Token 1" not in page.text
    assert "Tokens that are tried again: 1." in tried.text
    assert "<b>Token 2</b>" not in tried.text
    assert Entry.objects.first().verb == "token_tried"


def test_held_contacts_say_when_they_are_tried_again(client, peishan):
    broadcast = make_run(Outcome.SENT, Outcome.HELD)
    again, until = timezone.now() + timedelta(minutes=6), timezone.now() + timedelta(hours=20)
    Broadcast.objects.update(held_again_at=again, held_until=until)
    waits = page_of(client, broadcast)
    Broadcast.objects.update(held_again_at=None)
    given_up = page_of(client, broadcast)

    assert f"next at {timezone.localtime(again):%H:%M}, until" in waits.text
    assert "1 are talking with an agent and are tried again by themselves." in waits.text
    assert "and are no more. Try them by hand" in given_up.text
    assert (waits.context["progress"].undecided, given_up.context["progress"].undecided) == (0, 1)


def test_one_that_stops_while_it_gets_ready_promises_no_number(client, peishan, monkeypatch):
    monkeypatch.setattr(expansion, "STEP", 2)
    for number in range(5):
        make_contact(f"小明{number}")
    everyone = Audience("line", everyone=True)
    options = {"audience": everyone, "by": None, "press": uuid4(), "plan": Plan(waves=(1,))}
    broadcast = broadcasts.start(make_template().latest, **options)
    expansion.step(broadcast.pk)

    paused = do(client, "pause", broadcast)
    cancelled = do(client, "cancel", broadcast)

    assert "It was paused while it was getting ready: 2 contacts are in so far." in paused.text
    assert "come next" not in paused.text
    assert [wave.size for wave in paused.context["progress"].waves.all] == [1, None]
    assert "It was cancelled before the first message left: nobody got it." in cancelled.text
    assert "never will" not in cancelled.text
