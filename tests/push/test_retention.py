"""Erasing by age: values, answers, old contacts and old entries go; the sums stay."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from people import append_only, record, rights
from people.models import Entry
from push import broadcasts, clock, retention
from push.errors import NotPossible
from push.models import Broadcast, Chunk, Contact, Delivery
from push.working import Worker
from tests.makers import make_contact, make_template, make_user

pytestmark = pytest.mark.django_db

FOREVER = 1e12


@pytest.fixture(autouse=True)
def _thirty_days(settings):
    settings.RETENTION_DAYS = 30


def ago(days):
    return timezone.now() - timedelta(days=days)


def make_broadcast(days, *outcomes, state="done", **fields):
    """One that ended so long ago, each contact with its values."""
    broadcast = Broadcast.objects.create(
        version=make_template(f"範本 {Broadcast.objects.count()}").latest,
        channel="line",
        state=state,
        finished_at=ago(days),
        **fields,
    )
    rows = [
        Delivery.objects.create(
            broadcast=broadcast,
            contact=make_contact("小明"),
            outcome=outcome,
            values={"name": "小明"},
            answer="小明 was not found",
        )
        for outcome in outcomes
    ]
    counts = {outcome: outcomes.count(outcome) for outcome in set(outcomes)}
    first, last = rows[0].pk, rows[-1].pk
    Chunk.objects.create(
        broadcast=broadcast, first=first, last=last, claimed_to=last, state="done", **counts
    )
    return broadcast


def held_by(broadcast):
    return set(broadcast.deliveries.values_list("values__name", "answer"))


def make_entry(days, verb="saved"):
    entry = record.note(None, verb, target="歡迎")
    with append_only.allow_changes():
        Entry.objects.filter(pk=entry.pk).update(at=ago(days))
    return entry


def run():
    return retention.run(timezone.now(), until=clock.now() + FOREVER)


def test_values_and_answers_go_and_every_sum_stays():
    old = make_broadcast(31, "sent", "failed", "uncertain", "sent")
    young = make_broadcast(29, "sent")
    before = [broadcasts.tally(each) for each in (old, young)]
    outcomes = list(old.deliveries.order_by("pk").values_list("outcome", flat=True))

    assert run() is True

    assert [broadcasts.tally(each) for each in (old, young)] == before
    assert list(old.deliveries.order_by("pk").values_list("outcome", flat=True)) == outcomes
    assert held_by(old) == {(None, "")}
    assert held_by(young) == {("小明", "小明 was not found")}
    old.refresh_from_db()
    assert old.erased_at is not None


def test_what_has_not_ended_or_is_still_retried_keeps_its_values():
    going = make_broadcast(99, "sent", state="paused")
    Broadcast.objects.filter(pk=going.pk).update(finished_at=None)
    retried = make_broadcast(99, "held", held_again_at=ago(-1))

    run()

    assert [held_by(each) for each in (going, retried)] == [{("小明", "小明 was not found")}] * 2


def test_the_page_says_erased_and_nothing_is_sent_again_without_its_values(client):
    client.force_login(make_user(rights=[rights.SEND, rights.MANAGE_BROADCASTS]))
    broadcast = make_broadcast(31, "failed")
    run()

    delivery = broadcast.deliveries.get()
    page = client.get(reverse("delivery", args=[broadcast.pk, delivery.pk])).text

    assert "was erased" in page
    assert client.get(reverse("broadcast", args=[broadcast.pk])).status_code == 200
    with pytest.raises(NotPossible):
        broadcasts.retry_failed(broadcast, by=None)


def test_old_entries_go_and_one_entry_says_how_much_went():
    make_entry(31)
    make_entry(29, "published")
    make_broadcast(31, "sent", "sent")

    run()

    verbs = list(Entry.objects.order_by("pk").values_list("verb", "detail"))
    said = {"deliveries": 2, "broadcasts": 1, "contacts": 0, "entries": 1}
    assert verbs[0] == ("published", {})
    assert verbs[1][0] == "erased by age"
    assert {name: count for name, count in verbs[1][1].items() if count} == {
        name: count for name, count in said.items() if count
    }


def test_old_contacts_go_but_those_not_to_be_disturbed_are_remembered():
    never, silent, young, new = (make_contact(name) for name in ("甲", "乙", "丙", "丁"))
    silent.do_not_disturb = True
    silent.save()
    written_to = make_broadcast(31, "sent").deliveries.get().contact
    recently = make_broadcast(2, "sent").deliveries.get().contact
    Contact.objects.exclude(pk=new.pk).exclude(pk=young.pk).update(updated_at=ago(40))

    run()

    left = {contact.pk: contact.name for contact in Contact.objects.all()}
    assert never.pk not in left
    assert left == {
        silent.pk: "乙",
        young.pk: "丙",
        new.pk: "丁",
        recently.pk: "小明",
        written_to.pk: "",
    }


def test_a_run_stops_when_its_time_is_over_and_goes_on_later(monkeypatch):
    broadcast = make_broadcast(31, "sent")

    assert retention.run(timezone.now(), until=clock.now() - 1) is False
    assert held_by(broadcast) == {("小明", "小明 was not found")}
    assert run() is True
    assert held_by(broadcast) == {(None, "")}


def test_it_is_off_by_default(settings):
    settings.RETENTION_DAYS = 0
    broadcast = make_broadcast(3_000, "sent")
    make_entry(3_000)

    retention.Retention().sweep(timezone.now())

    assert held_by(broadcast) == {("小明", "小明 was not found")}
    assert Entry.objects.count() == 1


def test_the_worker_sweeps_and_rests_when_all_is_done():
    broadcast = make_broadcast(31, "sent")
    sweeper = retention.Retention()

    sweeper.sweep(timezone.now())
    later = make_broadcast(31, "sent")
    sweeper.sweep(timezone.now())

    assert held_by(broadcast) == {(None, "")}
    assert held_by(later) == {("小明", "小明 was not found")}


def test_an_answer_that_came_after_its_contact_was_erased_is_taken_too(settings):
    settings.RETENTION_DAYS = 0
    delivery = make_broadcast(1, "sent").deliveries.get()
    Contact.objects.filter(pk=delivery.contact_id).update(
        channel="", contactable_id="erased-1", do_not_disturb=True, updated_at=timezone.now()
    )

    retention.Retention().sweep(timezone.now())

    delivery.refresh_from_db()
    assert (delivery.values, delivery.answer, delivery.outcome) == (None, "", "sent")


def test_it_is_the_workers_job():
    broadcast = make_broadcast(31, "sent")

    Worker().tidy()

    assert held_by(broadcast) == {(None, "")}
