"""What people do to a broadcast, by its page."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from people import rights
from people.models import Entry
from push import broadcasts
from push.models import Broadcast, Outcome
from tests.journeys.pages import do, page_of
from tests.makers import make_user
from tests.runs import make_run

pytestmark = pytest.mark.django_db
SENT, HELD, FAILED, UNCERTAIN = Outcome.SENT, Outcome.HELD, Outcome.FAILED, Outcome.UNCERTAIN
DEEDS = ["pause", "resume", "cancel", "retry", "release", "settle", "csv"]


def test_pause_resume_and_cancel(client, peishan):
    broadcast = make_run(SENT, waiting=2)

    paused = do(client, "pause", broadcast)
    resumed = do(client, "resume", broadcast)
    cancelled = do(client, "cancel", broadcast)

    said = [page.context["broadcast"].state for page in (paused, resumed, cancelled)]
    assert said == ["paused", "running", "cancelled"]
    assert "When you resume, exactly these 2 come next" in paused.text
    assert cancelled.context["tally"].cancelled == 2
    assert list(Entry.objects.filter(by=peishan).values_list("verb", flat=True))[:3] == [
        "cancelled",
        "resumed",
        "paused",
    ]


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        ("pause", "There was nothing to pause."),
        ("resume", "It was not paused."),
        ("cancel", "It had ended already."),
        ("retry", "Nothing to try again."),
        ("release", "Nothing to try again."),
    ],
)
def test_a_deed_that_comes_too_late_says_so(client, peishan, deed, words):
    assert words in do(client, deed, make_run(SENT)).text


def test_retry_tries_all_that_failed_or_one(client, peishan):
    broadcast = make_run(SENT, FAILED, FAILED, FAILED)
    one = broadcast.deliveries.filter(outcome=FAILED).first()

    first = do(client, "retry", broadcast, delivery=one.pk)
    waiting = broadcasts.tally(broadcast).waiting
    rest = do(client, "retry", broadcast)

    assert first.redirect_chain[-1][0] == reverse("delivery", args=[broadcast.pk, one.pk])
    assert "Trying again: 1." in first.text
    assert (waiting, rest.context["tally"].waiting) == (1, 3)


def test_each_reason_has_its_own_presses(client):
    client.force_login(
        make_user(rights=[rights.SEND, rights.FORCE, rights.IMPORT, rights.MANAGE_BROADCASTS])
    )
    broadcast = make_run(HELD, FAILED, FAILED, UNCERTAIN)
    blocked = broadcast.deliveries.filter(outcome=FAILED).first()
    broadcast.deliveries.filter(pk=blocked.pk).update(reason="blocked")

    page = page_of(client, broadcast).text
    found = set(
        re.findall(r'id="((?:retry|force|silence|see)-(?:failed|held|uncertain)-\w+)"', page)
    )

    assert found == {
        *("see-failed-blocked", "silence-failed-blocked", "see-failed-not_found"),
        *("retry-failed-not_found", "see-held-agent_talking", "retry-held-agent_talking"),
        *("force-held-agent_talking", "see-uncertain-no_answer"),
    }


def test_one_reason_is_tried_again_by_its_own_press(client, peishan):
    broadcast = make_run(FAILED, FAILED)
    other = broadcast.deliveries.first()
    broadcast.deliveries.filter(pk=other.pk).update(reason="invalid")

    page = do(client, "retry", broadcast, because="invalid")

    assert "Trying again: 1." in page.text
    assert (page.context["tally"].waiting, page.context["tally"].failed) == (1, 1)


def test_who_blocked_the_account_is_left_out_once_and_said_so(client):
    client.force_login(make_user(rights=[rights.IMPORT]))
    broadcast = make_run(FAILED, FAILED)
    broadcast.deliveries.update(reason="blocked")

    first, second = [do(client, "silence", broadcast, because="blocked") for _ in range(2)]
    refused = do(client, "silence", broadcast, because="not_found")

    assert "Left out of broadcasts from now on: 2." in first.text
    assert "They are left out of broadcasts already." in second.text
    assert 'data-opens="silence-blocked"' not in second.text
    assert "Only who cannot be reached" in refused.text


def test_release_tries_the_held_ones_again_without_force(client, peishan):
    broadcast = make_run(HELD)

    page = do(client, "release", broadcast)

    assert page.context["tally"].waiting == 1
    assert not broadcast.chunks.filter(is_forced=True).exists()


def test_force_needs_its_own_right_and_a_reason(client, peishan):
    broadcast = make_run(HELD)

    refused = do(client, "force", broadcast, reason="停電")
    client.force_login(make_user("小美", rights=[rights.FORCE, rights.MANAGE_BROADCASTS]))
    unexplained = do(client, "force", broadcast, reason=" ")
    forced = do(client, "force", broadcast, reason="停電")

    assert (refused.status_code, unexplained.context["tally"].held) == (403, 1)
    assert "Say why this message is forced" in unexplained.text
    assert forced.context["tally"].waiting == 1
    assert "停電" in Entry.objects.first().detail.values()


@pytest.mark.parametrize(("found_as", "counter"), [("sent", "sent"), ("not_sent", "failed")])
def test_settle_takes_a_persons_word(client, peishan, found_as, counter):
    broadcast = make_run(UNCERTAIN, UNCERTAIN)

    page = do(client, "settle", broadcast, reason="看過了", **{"as": found_as})

    assert getattr(page.context["tally"], counter) == 2
    entry = Entry.objects.first()
    assert (entry.by, entry.detail["reason"]) == (peishan, "看過了")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"as": "sent", "reason": " "}, "Say how you know"),
        ({"as": "maybe", "reason": "看過了"}, "Choose whether they were sent or not."),
        ({"as": "sent", "reason": "看過了", "delivery": "x"}, "Settled: 0."),
    ],
)
def test_settle_with_less_changes_nothing(client, peishan, said, words):
    page = do(client, "settle", make_run(UNCERTAIN), **said)

    assert page.context["tally"].uncertain == 1
    assert words in page.text


def test_reading_needs_no_right_and_doing_does(client):
    broadcast = make_run(SENT, UNCERTAIN, waiting=1)
    client.force_login(make_user("志豪"))
    deeds = [*DEEDS, "force", "silence"]

    read = page_of(client, broadcast)
    codes = {do(client, deed, broadcast).status_code for deed in deeds}

    assert (read.status_code, codes) == (200, {403})
    assert "broadcast_pause" not in read.text
    assert 'id="do-pause"' not in read.text


def test_doing_is_never_a_get(client, peishan):
    broadcast = make_run(SENT, waiting=1)

    codes = {
        client.get(reverse(f"broadcast_{deed}", args=[broadcast.pk])).status_code for deed in DEEDS
    }

    assert codes == {405}


@pytest.mark.parametrize("deed", ["retry", "release"])
def test_a_cancelled_broadcast_is_not_tried_again(client, peishan, deed):
    broadcast = make_run(HELD, FAILED, state="cancelled")

    page = do(client, deed, broadcast)

    assert "This broadcast was cancelled" in page.text
    assert (page.context["tally"].held, page.context["tally"].failed) == (1, 1)


def test_nothing_is_promised_of_one_that_was_cancelled(client, peishan):
    broadcast = make_run(HELD, FAILED, UNCERTAIN, waiting=1)
    soon = timezone.now() + timedelta(minutes=9)
    Broadcast.objects.update(held_again_at=soon, held_until=soon)

    do(client, "cancel", broadcast)
    settled = do(client, "settle", broadcast, reason="看過了", **{"as": "not_sent"})
    page = page_of(client, broadcast)

    assert "This broadcast was cancelled. Send the message anew instead." in page.text
    for promise in ("by themselves", "Try again", "then try again", "Try it again", "can be tried"):
        assert (promise in page.text, promise in settled.text) == (False, False), promise


def test_what_is_uncertain_of_a_cancelled_one_can_be_settled_but_not_tried(client, peishan):
    page = page_of(client, make_run(UNCERTAIN, state="cancelled"))

    assert "What was not sent counts as failed." in page.text
    assert "Look in FIRST LINE, then settle it." in page.text


def test_while_it_is_paused_nothing_is_said_to_be_tried_now(client, peishan):
    broadcast = make_run(HELD, HELD, FAILED, waiting=1)
    soon = timezone.now() + timedelta(minutes=9)
    Broadcast.objects.update(held_again_at=soon, held_until=soon)

    paused = do(client, "pause", broadcast)
    tried = do(client, "retry", broadcast)

    assert "The 2 held ones are tried again by themselves once this broadcast goes on." in (
        paused.text
    )
    assert "next at" not in paused.text
    assert "To be tried again when you resume: 1." in tried.text
