"""A test send, to one contact of one's own."""

from uuid import uuid4

import pytest
from django.urls import reverse

from push.models import Broadcast
from tests.journeys.sending import url
from tests.makers import make_contact, make_template

pytestmark = pytest.mark.django_db


def test_test_send_goes_to_one_contact_and_says_that_it_is_a_test(client, peishan):
    version, press = make_template().latest, uuid4()
    ming, _hua = make_contact("小明"), make_contact("小華")
    posted = {"contact": ming.pk, "press": press}

    first = client.post(url("send_test", version, channel="line"), posted)
    again = client.post(url("send_test", version, channel="line"), posted)

    broadcast = Broadcast.objects.get()
    assert first.url == again.url == reverse("broadcast", args=[broadcast.pk])
    assert broadcast.is_test
    assert broadcast.audience == {"channel": "line", "ids": [ming.pk]}
    page = client.get(url("send_test", version, channel="line"))
    assert page.context["contact"] == ming


@pytest.mark.parametrize("contact", ["", "x", "0", "9" * 30])
def test_test_send_to_nobody_sends_nothing(client, peishan, contact):
    make_contact()

    page = client.post(
        url("send_test", make_template().latest), {"contact": contact, "press": uuid4()}
    )

    assert (page.status_code, Broadcast.objects.count()) == (200, 0)


def test_test_send_to_who_is_not_to_be_disturbed_says_why(client, peishan):
    version, quiet = make_template().latest, make_contact(do_not_disturb=True)

    page = client.post(
        url("send_test", version, channel="line"),
        {"contact": quiet.pk, "press": uuid4()},
        follow=True,
    )

    assert "Nobody is left to send to" in page.text


def test_test_send_without_a_press_sends_nothing(client, peishan):
    version, ming = make_template().latest, make_contact()

    posted = {"contact": ming.pk, "press": "x"}
    page = client.post(url("send_test", version, channel="line"), posted, follow=True)

    assert "This page was out of date" in page.text
    assert Broadcast.objects.count() == 0
