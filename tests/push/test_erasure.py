"""Forgetting a person: nothing of theirs is left in the database, and every sum stays."""

import json

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from people import rights
from people.models import Entry
from push import broadcasts, contacts, erasure
from push.errors import NotPossible
from push.models import Broadcast, Chunk, Contact, Delivery, Outcome
from tests.makers import make_contact, make_template, make_user
from tests.push import turns
from tests.push.test_broadcasts import make_broadcast as make_prepared

pytestmark = pytest.mark.django_db

SECRET = "阿密特🎉<b>"
KEY = "U5ecre7000000000000000000000001"


def make_person(**fields):
    return make_contact(
        SECRET,
        contactable_id=KEY,
        tags=["vip"],
        account="旗艦店",
        picture_url="https://cdn.example/secret.jpg",
        attributes={"city": SECRET},
        **fields,
    )


def everything():
    """All that the database holds, as text."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def make_broadcast(outcome, person, **chunk):
    """One broadcast to three contacts, the person in the middle."""
    version = make_template(f"範本 {outcome} {Broadcast.objects.count()}").latest
    state = {"pending": "paused"}.get(outcome, "done")
    broadcast = Broadcast.objects.create(version=version, channel="line", state=state, size=3)
    keys = [
        Delivery.objects.create(
            broadcast=broadcast,
            contact=each,
            outcome=outcome,
            values={"name": each.name},
            answer="" if outcome == "pending" else f"no such user {each.name}",
        ).pk
        for each in (make_contact("甲"), person, make_contact("乙"))
    ]
    counter = "waiting" if outcome == "pending" else outcome
    fields = {"first": keys[0], "last": keys[-1], "claimed_to": keys[0] - 1, counter: 3} | chunk
    Chunk.objects.create(broadcast=broadcast, **fields)
    return broadcast


def test_nothing_of_the_person_is_left_in_the_database():
    person, by = make_person(), make_user()
    contacts.note(person, "changed contact", by=by)
    for outcome in ("sent", "failed", "held", "uncertain", "pending"):
        make_broadcast(outcome, person)
    assert SECRET in everything()

    erasure.erase(person, reason="請求刪除", by=by)

    left = everything()
    assert [word for word in (SECRET, KEY, "secret.jpg", "旗艦店") if word in left] == []
    person.refresh_from_db()
    assert (person.tags.count(), person.do_not_disturb, person.attributes) == (0, True, {})


def test_every_sum_stays_and_what_waits_is_cancelled_in_the_books():
    person = make_person()
    ended = [make_broadcast(outcome, person) for outcome in ("sent", "failed", "held")]
    before = [broadcasts.tally(each) for each in ended]
    waiting = make_broadcast("pending", person)

    erased = erasure.erase(person, reason="請求刪除", by=None)

    assert [broadcasts.tally(each) for each in ended] == before
    tally = broadcasts.tally(waiting)
    assert (tally.audience, tally.waiting, tally.cancelled) == (3, 2, 1)
    assert list(waiting.deliveries.order_by("pk").values_list("outcome", "reason")) == [
        ("pending", ""),
        ("cancelled", "erased"),
        ("pending", ""),
    ]
    assert (erased.deliveries, erased.cancelled) == (4, 1)


def test_what_a_worker_holds_is_left_to_it_and_the_books_add_up():
    """It is left out when the worker looks next, as a contact marked do-not-disturb is."""
    person = make_person()
    held = make_broadcast("pending", person, state="leased")

    erasure.erase(person, reason="請求刪除", by=None)

    tally = broadcasts.tally(held)
    assert (tally.audience, tally.waiting, tally.cancelled) == (3, 3, 0)
    assert held.deliveries.filter(outcome=Outcome.PENDING).count() == 3


def test_the_record_says_that_and_why_but_not_who():
    person, by = make_person(), make_user()

    erasure.erase(person, reason="  客戶\n要求 ", by=by)

    entry = Entry.objects.get(verb="erased contact")
    assert (entry.by, entry.target) == (by, f"erased-{person.pk}")
    assert entry.detail == {"reason": "客戶 要求", "deliveries": 0, "cancelled": 0}


def test_without_a_reason_nothing_is_erased():
    person = make_person()

    with pytest.raises(NotPossible):
        erasure.erase(person, reason=" \n", by=None)

    assert Contact.objects.get(contactable_id=KEY).name == SECRET


def test_an_erased_contact_is_nobodys_to_send_to_again():
    person = make_person()
    erasure.erase(person, reason="請求刪除", by=None)

    assert not Contact.objects.on("line").filter(pk=person.pk).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(pk=person.pk).update(do_not_disturb=False)


def test_the_same_id_imported_again_is_a_new_contact():
    person = make_person()
    erasure.erase(person, reason="請求刪除", by=None)

    again = Contact.objects.create(channel="line", contactable_id=KEY, name="新的")

    assert again.pk != person.pk
    assert Delivery.objects.filter(contact=again).count() == 0


def test_page_of_what_was_sent_says_erased(client):
    client.force_login(make_user(rights=[rights.SEND]))
    person = make_person()
    broadcast = make_broadcast("sent", person)
    delivery = broadcast.deliveries.get(contact=person)
    parts = [broadcast.pk, delivery.pk]
    erasure.erase(person, reason="請求刪除", by=None)

    page = client.get(reverse("delivery", args=parts))

    assert "was erased" in page.text
    assert SECRET not in page.text
    assert client.get(reverse("delivery_body", args=parts)).status_code == 404
    assert client.get(reverse("contact", args=[person.pk])).status_code == 404
    listed = client.get(reverse("broadcast", args=[broadcast.pk])).text
    assert "Erased contact" in listed
    assert KEY not in listed


def test_button_is_for_those_with_the_permission_and_asks_why(client):
    person = make_person()
    address = reverse("contact_erase", args=[person.pk])
    client.force_login(make_user("志豪", rights=[rights.IMPORT, rights.SEND]))
    hidden = client.get(reverse("contact", args=[person.pk])).text
    refused = client.post(address, {"reason": "要求"})
    client.force_login(make_user("雅婷", rights=[rights.ERASE]))

    shown = client.get(reverse("contact", args=[person.pk])).text
    unexplained = client.post(address, {"reason": " "}, follow=True)
    kept = Contact.objects.get(pk=person.pk).name
    done = client.post(address, {"reason": "要求"}, follow=True)

    assert (address in hidden, address in shown) == (False, True)
    assert (refused.status_code, kept) == (403, SECRET)
    assert "Enter a reason." in unexplained.text
    assert "The contact was erased." in done.text
    assert client.post(address, {"reason": "要求"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_command_erases_and_counts(manage):
    person = make_person()
    make_broadcast("sent", person)

    code, out, err = manage("erase_contact", "line", KEY, "--reason", "要求")

    assert (code, err) == (0, "")
    assert json.loads(out) == {"contact": person.pk, "deliveries": 1, "cancelled": 0}
    assert SECRET not in everything()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["fax", KEY, "--reason", "x"], "is no channel"),
        (["line", "U0", "--reason", "x"], "There is no contact U0 on line."),
        (["line", KEY, "--reason", " "], "Enter a reason."),
        (["line", KEY], "--reason"),
        (["line", "a\0b", "--reason", "x"], "There is no contact"),
        (["line", "", "--reason", "x"], "There is no contact"),
    ],
)
def test_command_says_in_one_line_what_was_wrong(manage, words, said):
    make_person()

    code, out, err = manage("erase_contact", *words)

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert Contact.objects.get(contactable_id=KEY).name == SECRET


def make_running(person):
    """A prepared broadcast to the person and two others."""
    broadcast = make_prepared(contacts=2)
    assert broadcast.deliveries.filter(contact=person).exists()
    return broadcast


def posted(server):
    return [str(json.loads(post.body)["contactable_id"]) for post in server.posts]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quick")
def test_a_broadcast_that_runs_ends_without_the_person(fake_firstline):
    person = make_person()
    broadcast = make_running(person)

    erasure.erase(person, reason="請求刪除", by=None)
    turns.work()

    tally = broadcasts.tally(broadcast)
    assert (tally.audience, tally.sent, tally.cancelled) == (3, 2, 1)
    assert KEY not in posted(fake_firstline)
    assert len(fake_firstline.posts) == 2
    broadcast.refresh_from_db()
    assert broadcast.state == Broadcast.State.DONE


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quick")
def test_what_a_worker_held_that_died_is_left_out_by_the_next(fake_firstline):
    person = make_person()
    broadcast = make_running(person)
    run = turns.taken()

    erasure.erase(person, reason="請求刪除", by=None)
    run.senders.stop()
    turns.fell_silent(run.lease)
    turns.work()

    tally = broadcasts.tally(broadcast)
    assert (tally.audience, tally.sent, tally.cancelled) == (3, 2, 1)
    assert KEY not in posted(fake_firstline)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quick")
def test_what_failed_is_not_retried_for_an_erased_contact(fake_firstline):
    person = make_person()
    broadcast = make_broadcast("failed", person)
    erasure.erase(person, reason="請求刪除", by=None)

    broadcasts.retry_failed(broadcast, by=None)
    turns.work()

    tally = broadcasts.tally(broadcast)
    assert (tally.audience, tally.sent, tally.cancelled) == (3, 2, 1)
    assert "erased" not in " ".join(posted(fake_firstline))


def test_who_had_the_contact_open_brings_nothing_back():
    """What two people do in the same moment: one erases, the others still hold the contact."""
    person, open_still = make_person(), Contact.objects.get(contactable_id=KEY)
    erasure.erase(person, reason="請求刪除", by=None)
    after = everything()

    with pytest.raises(NotPossible):
        contacts.save(open_still, tags=["vip"], changes={"city": SECRET}, by=make_user())
    with pytest.raises(NotPossible):
        contacts.disturb(open_still, allowed=True, by=None)
    with pytest.raises(NotPossible):
        erasure.erase(open_still, reason="再一次", by=None)

    assert SECRET not in everything()
    assert after.count(f"erased-{person.pk}") == everything().count(f"erased-{person.pk}")
