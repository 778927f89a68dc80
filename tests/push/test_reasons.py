"""Why some were not sent, reason by reason: told apart, counted, tried again, left out."""

import json

import pytest
from django.utils import translation

from people.models import Entry
from push import books, broadcasts, contacts, engine, outcomes, reasons
from push.books import Which
from push.broadcasts import Tally
from push.errors import NotPossible
from push.models import Broadcast, Contact, Outcome
from push.outcomes import Reply, judge
from tests.makers import make_user
from tests.push.test_broadcasts import books_balance, make_broadcast, post

FAILED, UNCERTAIN, HELD = Outcome.FAILED, Outcome.UNCERTAIN, Outcome.HELD
STUCK = [
    *("agent_talking", "blocked", "no_contact", "not_found", "too_large", "invalid", "refused"),
    *("redirected", "unsendable", "server_error", "no_answer", "lost", "unfinished"),
    *("worker_died", "settled_not_sent"),
]
OTHERS = json.dumps({"errors": {"contactable_id": ["Unknown."], "type": ["Invalid."]}})


def make_stuck(*found):
    """A broadcast that ended, with these outcomes and reasons."""
    broadcast = make_broadcast(contacts=len(found))
    keys = post(broadcast, *[outcome for outcome, _reason in found])
    for key, (_outcome, reason) in zip(keys, found, strict=True):
        broadcast.deliveries.filter(pk=key).update(reason=reason)
    broadcast.chunks.update(state="done")
    Broadcast.objects.update(state="done")
    broadcast.refresh_from_db()
    return broadcast


def counted(broadcast):
    return {each.reason: each.count for each in reasons.of(broadcast)}


@pytest.mark.parametrize(
    ("status", "text", "reason"),
    [
        (422, '{"errors": {"contactable_id": ["There is no such contact."]}}', "no_contact"),
        (422, OTHERS, "invalid"),
        (422, '{"errors": ["contactable_id"]}', "invalid"),
        (404, "[" * 100_000, "not_found"),
        (400, '{"message": "The user has blocked this account."}', "blocked"),
        (410, '{"message": "Bot was blocked by the user"}', "blocked"),
        (422, '{"message": "對方已封鎖官方帳號"}', "blocked"),
        (422, '{"message": "The picture was blocked."}', "invalid"),
        (422, '{"message": "The address is blocked. The user may see it."}', "invalid"),
    ],
)
def test_a_refusal_that_is_of_the_contact_is_told_apart(status, text, reason):
    verdict = judge(Reply(status, text), held_status=409)

    assert (verdict.outcome, verdict.reason) == (FAILED, reason)


@pytest.mark.parametrize("status", [200, 401, 403, 409, 429, 500])
def test_what_is_no_refusal_is_judged_by_its_status_alone(status):
    text = '{"message": "The user has blocked this account."}'

    assert judge(Reply(status, text), held_status=409).reason != "blocked"


@pytest.mark.parametrize("reason", STUCK)
def test_each_reason_says_what_it_means_and_what_to_do(reason):
    with translation.override("en"):
        meaning, advice = outcomes.meaning_and_advice(reason)
        whole = outcomes.reason_text(reason)

    assert meaning.endswith(".")
    assert advice
    assert f"{meaning} {advice}" == whole


def test_chinese_sentences_are_told_apart_too():
    with translation.override("zh-hant"):
        meaning, advice = outcomes.meaning_and_advice("not_found")

    assert meaning.endswith("。")
    assert advice


def test_a_word_of_a_person_has_no_advice():
    assert outcomes.meaning_and_advice("typo in the offer") == ("typo in the offer", "")


@pytest.mark.django_db
def test_reasons_are_counted_and_say_what_can_be_done():
    broadcast = make_stuck(
        *[(FAILED, "blocked")] * 3, *[(FAILED, "refused")] * 2, (HELD, "agent_talking")
    )

    found = reasons.of(broadcast)

    assert [(each.reason, each.count, each.can_retry, each.can_silence) for each in found] == [
        ("blocked", 3, False, True),
        ("refused", 2, True, False),
        ("agent_talking", 1, False, False),
    ]


@pytest.mark.django_db
def test_retry_of_one_reason_leaves_the_others():
    broadcast = make_stuck((FAILED, "refused"), (FAILED, "blocked"), (FAILED, "refused"))

    first = broadcasts.retry_failed(broadcast, by=make_user(), because="refused")
    second = broadcasts.retry_failed(broadcast, by=None, because="refused")

    assert (first, second) == (2, 0)
    assert broadcasts.tally(broadcast) == Tally(3, waiting=2, failed=1)
    assert (broadcast.rounds, counted(broadcast)) == (1, {"blocked": 1})
    assert books_balance(broadcast)
    [entry] = Entry.objects.filter(verb="retried")
    assert (entry.detail["contacts"], entry.detail["reason"]) == (2, "refused")


@pytest.mark.django_db
def test_retry_of_one_reason_locks_only_the_chunks_that_have_it():
    broadcast = make_stuck(*[(FAILED, "refused")] * 2, (FAILED, "blocked"))
    broadcasts.retry_failed(broadcast, by=None, because="blocked")

    pages = books.pages(broadcast, Which(FAILED, reason="refused"))

    assert [page.chunk.round for page in pages] == [0]


@pytest.mark.django_db(transaction=True)
def test_retry_of_one_reason_posts_just_those(fake_firstline, settings):
    settings.FIRSTLINE_RATE_PER_MINUTE = 600_000
    for text in ("{}", '{"message": "The user blocked the account"}'):
        fake_firstline.answer(422, text)
    broadcast = make_broadcast(contacts=2)
    engine.turn()
    assert counted(broadcast) == {"invalid": 1, "blocked": 1}

    broadcasts.retry_failed(broadcast, by=None, because="invalid")
    engine.turn()

    assert broadcasts.tally(broadcast) == Tally(2, sent=1, failed=1)
    assert len(fake_firstline.posts) == 3


@pytest.mark.django_db
def test_silence_leaves_whom_it_cannot_reach_out_of_the_next_audience():
    broadcast = make_stuck((FAILED, "blocked"), (FAILED, "refused"), (UNCERTAIN, "blocked"))
    by = make_user()

    pressed = [contacts.silence(broadcast, "blocked", by=by) for _ in range(2)]

    assert pressed == [1, 0]
    assert [each.name for each in Contact.objects.filter(do_not_disturb=True)] == ["小明0"]
    assert {each.reason: each.can_silence for each in reasons.of(broadcast)}["blocked"] is False
    [entry] = Entry.objects.filter(verb="silenced unreached")
    assert (entry.by, entry.detail) == (by, {"contacts": 1, "reason": "blocked"})


@pytest.mark.django_db
def test_silence_is_only_for_whom_nothing_reaches():
    broadcast = make_stuck((FAILED, "not_found"))

    with pytest.raises(NotPossible, match="Only who cannot be reached"):
        contacts.silence(broadcast, "not_found", by=make_user())

    assert not Contact.objects.filter(do_not_disturb=True).exists()
