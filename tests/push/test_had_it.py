"""Leaving out whoever had the template lately: who got it, may have, or is about to."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from push import broadcasts, expansion
from push.audience import Audience, Ledger
from push.models import Broadcast, Delivery, Outcome
from tests.makers import make_contact, make_template, make_version

pytestmark = pytest.mark.django_db
EVERYONE = Audience("line", everyone=True)


def send(version, **options):
    broadcast = broadcasts.start(version, audience=EVERYONE, by=None, press=uuid4(), **options)
    while expansion.step(broadcast.pk):
        pass
    return broadcast


def became(contact, outcome, *, days_ago=0):
    at = timezone.now() - timedelta(days=days_ago)
    Delivery.objects.filter(contact=contact).update(outcome=outcome, at=at)


def left(template, *, days=7):
    audience = Audience("line", everyone=True, template=template.pk, days=days)
    return {str(contact) for contact in audience.contacts()}


def test_who_had_it_lately_is_left_out():
    template = make_template()
    names = ["收到", "很久以前", "不確定", "失敗", "等著"]
    got, long_ago, unclear, failed, _waits = (make_contact(name) for name in names)
    send(template.latest)
    became(got, Outcome.SENT)
    became(long_ago, Outcome.SENT, days_ago=8)
    became(unclear, Outcome.UNCERTAIN)
    became(failed, Outcome.FAILED)
    make_contact("新來的")

    assert left(template) == {"很久以前", "失敗", "新來的"}
    assert left(template, days=9) == {"失敗", "新來的"}


@pytest.mark.parametrize(("again_at", "state", "is_left"), [
    (timezone.now(), "running", False),
    (None, "done", True),
    (timezone.now(), "cancelled", True),
])  # fmt: skip
def test_who_is_held_is_left_out_while_it_is_tried(again_at, state, is_left):
    template, ming = make_template(), make_contact("小明")
    send(template.latest)
    became(ming, Outcome.HELD)
    Broadcast.objects.update(held_again_at=again_at, state=state)

    assert left(template) == ({"小明"} if is_left else set())


def test_every_version_counts_and_tests_do_not():
    template, other = make_template(), make_template("別的")
    ming, hua = make_contact("小明"), make_contact("小華")
    send(template.latest)
    Delivery.objects.filter(contact=hua).delete()
    make_version(template, "新的")
    send(other.latest, is_test=True)
    Delivery.objects.update(outcome=Outcome.SENT, at=timezone.now())

    assert left(template) == {hua.name}
    assert left(other) == {ming.name, hua.name}


def test_the_ledger_adds_up():
    template = make_template()
    make_contact("小明")
    make_contact("別吵", do_not_disturb=True)
    send(template.latest)
    make_contact("新來的")

    audience = Audience("line", everyone=True, template=template.pk, days=7)

    assert audience.ledger() == Ledger(matching=3, do_not_disturb=1, had_it=1)
    assert (audience.ledger().total, audience.count()) == (1, 1)
    assert Audience.from_json(audience.to_json()) == audience


def test_a_broadcast_leaves_them_out_too():
    template = make_template()
    make_contact("小明")
    send(template.latest)
    hua = make_contact("小華")

    audience = Audience("line", everyone=True, template=template.pk, days=7)
    again = broadcasts.start(template.latest, audience=audience, by=None, press=uuid4())
    expansion.step(again.pk)

    assert [delivery.contact for delivery in again.deliveries.all()] == [hua]
