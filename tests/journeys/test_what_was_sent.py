"""What each contact was sent, on its page, as a file, and all of it as a sheet."""

import csv
import io
import json
import threading
import time

import pytest
from django.urls import reverse

from people.models import Entry
from push import broadcasts, pump
from push.models import Outcome
from push.pump import Limits
from tests.runs import make_run

pytestmark = pytest.mark.django_db
SENT, HELD, FAILED, UNCERTAIN = Outcome.SENT, Outcome.HELD, Outcome.FAILED, Outcome.UNCERTAIN


def test_delivery_shows_what_was_sent_again(client, peishan):
    broadcast = make_run(SENT, message="嗨 {{ name }} {{ coupon | 沒有 }}")
    delivery = broadcast.deliveries.get()
    delivery.contact.name = "改名了"
    delivery.contact.save()

    page = client.get(reverse("delivery", args=[broadcast.pk, delivery.pk]))

    assert json.loads(page.context["body"]) == {
        "contactable_type": "App\\LineContact",
        "contactable_id": delivery.contact.contactable_id,
        "type": "text",
        "message": "嗨 小明0 沒有",
    }
    assert "嗨 " in page.text
    assert '<span class="filled">小明0</span>' in page.text


def test_delivery_by_force_shows_the_force(client, peishan):
    broadcast = make_run(SENT, forced=True, reason="停電")

    page = client.get(reverse("delivery", args=[broadcast.pk, broadcast.deliveries.get().pk]))

    assert json.loads(page.context["body"])["is_force"] == 1


def test_body_is_to_the_byte_what_was_posted(client, peishan, fake_firstline, settings):
    settings.FIRSTLINE_RATE_PER_MINUTE = 600_000
    message = '嗨 {{ name }} \\ "{{ coupon | <b>沒有</b> }}" 👨‍👩‍👧\n{{ id }}'
    broadcast = make_run(waiting=3, message=message)
    pump.run(Limits(threading.Event(), until=time.monotonic() + 20))

    saved = [
        client.get(reverse("delivery_body", args=[broadcast.pk, each.pk]))
        for each in broadcast.deliveries.all()
    ]

    assert len(saved) == 3
    assert sorted(each.content for each in saved) == sorted(
        post.body for post in fake_firstline.posts
    )
    assert saved[0]["Content-Type"] == "application/json"
    assert saved[0]["Content-Disposition"].startswith("attachment; filename=")


def test_body_by_force_is_what_was_posted(client, peishan, fake_firstline):
    broadcast = make_run(HELD)
    broadcasts.retry_held(broadcast, by=peishan, forced=True, reason="停電")
    pump.run(Limits(threading.Event(), until=time.monotonic() + 20))

    key = broadcast.deliveries.get().pk
    saved = client.get(reverse("delivery_body", args=[broadcast.pk, key]))

    assert [saved.content] == [post.body for post in fake_firstline.posts]
    assert b'"is_force":1' in saved.content


def test_body_not_yet_posted_is_called_so(client, peishan):
    broadcast = make_run(waiting=1)

    page = client.get(reverse("delivery", args=[broadcast.pk, broadcast.deliveries.get().pk]))

    assert "The body, as it will be posted" in page.text
    assert reverse("delivery_body", args=[broadcast.pk, broadcast.deliveries.get().pk]) in page.text


def test_delivery_leads_to_the_next_uncertain_one(client, peishan):
    broadcast = make_run(UNCERTAIN, SENT, UNCERTAIN)
    first, sent, last = broadcast.deliveries.order_by("pk")

    pages = [
        client.get(reverse("delivery", args=[broadcast.pk, each.pk]))
        for each in (first, sent, last)
    ]

    assert [page.context["following"] for page in pages] == [last, last, first]
    assert "Next uncertain contact: 小明2" in pages[0].text


@pytest.mark.parametrize("outcome", [SENT, HELD, FAILED, UNCERTAIN])
def test_delivery_offers_what_can_be_done(client, peishan, outcome):
    broadcast = make_run(outcome)
    offers = {SENT: None, HELD: "release", FAILED: "retry", UNCERTAIN: "settle"}

    page = client.get(reverse("delivery", args=[broadcast.pk, broadcast.deliveries.get().pk]))

    offered = [
        deed
        for deed in ("release", "retry", "settle")
        if reverse(f"broadcast_{deed}", args=[broadcast.pk]) in page.text
    ]
    assert offered == ([offers[outcome]] if offers[outcome] else [])


def test_delivery_of_another_broadcast_is_not_found(client, peishan):
    first, second = make_run(SENT), make_run(SENT)
    key = second.deliveries.first().pk

    for name in ("delivery", "delivery_body"):
        page = client.get(reverse(name, args=[first.pk, key]))
        assert page.status_code == 404


def test_csv_has_a_line_for_each_and_no_formula(client, peishan):
    broadcast = make_run(SENT, FAILED, UNCERTAIN)
    contact = broadcast.deliveries.first().contact
    contact.name = "=HYPERLINK(1)"
    contact.save()

    answer = client.post(reverse("broadcast_csv", args=[broadcast.pk]))

    assert [(row["name"], row["outcome"], row["status"]) for row in rows_of(answer)] == [
        ("'=HYPERLINK(1)", "Sent", "200"),
        ("小明1", "Failed", "404"),
        ("小明2", "Uncertain", ""),
    ]
    assert Entry.objects.first().verb == "exported"


def test_csv_of_one_outcome_has_only_those(client, peishan):
    broadcast = make_run(SENT, FAILED, UNCERTAIN)

    answer = client.post(reverse("broadcast_csv", args=[broadcast.pk]) + "?outcome=failed")

    assert [row["name"] for row in rows_of(answer)] == ["小明1"]


def test_csv_is_never_made_by_looking(client, peishan):
    broadcast = make_run(SENT)

    answer = client.get(reverse("broadcast_csv", args=[broadcast.pk]))

    assert answer.status_code == 405
    assert not Entry.objects.filter(verb="exported").exists()


def rows_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))
