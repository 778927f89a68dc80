"""The way to a broadcast, second half: the last look, and go."""

from uuid import uuid4

import pytest
from django.urls import reverse

from people import rights
from push.models import Broadcast, Contact
from tests.journeys.sending import go, url
from tests.makers import make_contact, make_template, make_user, make_version

pytestmark = pytest.mark.django_db


def test_check_shows_the_account_and_real_people(client, peishan):
    version = make_template(message="嗨 {{ name }}，{{ coupon | 沒有 }}").latest
    make_contact("短", attributes={"coupon": "A1"})
    make_contact("亞歷珊卓拉・維多利亞", attributes={"coupon": "A2"})
    make_contact("缺", attributes={})
    make_contact("別吵", do_not_disturb=True)

    page = client.get(url("send_check", version, channel="line", to="everyone"))

    pictures = client.get(url("send_examples", version, channel="line", to="everyone"))

    ledger = page.context["ledger"]
    assert (ledger.matching, ledger.do_not_disturb, ledger.total) == (4, 1, 3)
    assert [(each.label, str(each.contact)) for each in pictures.context["examples"]] == [
        ("Longest name", "亞歷珊卓拉・維多利亞"),
        ("Without coupon", "缺"),
        ("First", "短"),
    ]
    assert "LINE quota" in page.text


def test_check_counts_every_placeholder(client, peishan):
    make_contact("小明")
    version = make_template(message="{{ name }} {{ coupon | <i> }}").latest

    fragment = client.get(url("send_spreads", version, channel="line", to="everyone"))

    assert [(row.name, row.blank) for row in fragment.context["spreads"]] == [
        ("name", 0),
        ("coupon", 0),
    ]
    assert "coupon | &lt;i&gt;" in fragment.text


def test_go_sends_once_however_often_it_is_pressed(client, peishan):
    version, press = make_template().latest, uuid4()
    make_contact()

    first = go(client, version, count=1, press=press)
    again = go(client, version, count=1, press=press)

    broadcast = Broadcast.objects.get()
    assert first.url == again.url == reverse("broadcast", args=[broadcast.pk])
    assert (broadcast.by, broadcast.audience) == (peishan, {"channel": "line", "everyone": True})


def test_go_with_a_changed_audience_shows_it_again(client, peishan):
    version = make_template().latest
    make_contact()

    page = go(client, version, count=2)

    assert (page.status_code, Broadcast.objects.count()) == (422, 0)
    assert "The audience has changed since you looked" in page.text


def test_go_to_the_same_audience_within_a_day_asks_first(client, peishan):
    version = make_template().latest
    make_contact()
    go(client, version, count=1)

    asked = go(client, version, count=1)
    confirmed = go(client, version, count=1, again="on")

    assert "Tick this if they should really get it once more" in asked.text
    assert (confirmed.status_code, Broadcast.objects.count()) == (302, 2)


@pytest.mark.parametrize(("typed", "sent"), [("", 0), ("1000", 0), ("1001", 1), ("1,001", 1)])
def test_go_above_a_thousand_wants_the_number(client, peishan, typed, sent):
    version = make_template().latest
    Contact.objects.bulk_create(
        Contact(channel="line", contactable_id=str(number)) for number in range(1_001)
    )

    go(client, version, count=1001, typed=typed)

    assert Broadcast.objects.count() == sent


def test_go_by_force_needs_the_right_and_a_reason(client, peishan):
    version = make_template().latest
    make_contact()

    refused = go(client, version, count=1, force="1", reason="停電")
    client.force_login(make_user("小美", rights=[rights.SEND, rights.FORCE]))
    unexplained = go(client, version, count=1, force="1", reason=" ")
    forced = go(client, version, count=1, force="1", reason="停電")

    assert "You do not have the right to force" in refused.text
    assert "Say why this cannot wait" in unexplained.text
    assert forced.status_code == 302
    assert [(each.is_forced, each.force_reason) for each in Broadcast.objects.all()] == [
        (True, "停電")
    ]


def test_go_to_nobody_is_not_possible(client, peishan):
    page = go(client, make_template().latest, count=0, query={"channel": "line", "to": "some"})

    assert (page.status_code, Broadcast.objects.count()) == (422, 0)
    assert "Nobody is left to send to" in page.text


def test_go_with_a_message_that_breaks_the_document_is_not_possible(client, peishan):
    version = make_template(kind="button", message={"explain_text": "", "options": []}).latest
    make_contact()

    page = go(client, version, count=1)

    assert (page.status_code, Broadcast.objects.count()) == (422, 0)
    assert "FIRST LINE would refuse this message" in page.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "draft"}, "somebody else&#x27;s draft"),
        ({"state": "archived"}, "This template is archived"),
    ],
    ids=["draft", "archived"],
)
def test_go_with_what_is_not_ours_to_send_says_why(client, fields, words):
    client.force_login(make_user("管理", rights=[rights.SEND, rights.PUBLISH]))
    version = make_template(owner=make_user("志豪"), **fields).latest
    make_contact()

    page = go(client, version, count=1)

    assert (page.status_code, Broadcast.objects.count()) == (422, 0)
    assert words in page.text


def test_go_with_ones_own_draft_is_fine(client, peishan):
    version = make_template(state="draft", owner=peishan).latest
    make_contact()

    assert go(client, version, count=1).status_code == 302


def test_check_of_an_older_version_offers_the_newer(client, peishan):
    template = make_template()
    older, newer = template.latest, make_version(template, "新的")
    make_contact()

    page = client.get(url("send_check", older, channel="line", to="everyone"))

    assert page.context["newer"] == newer


def test_go_without_a_press_sends_nothing(client, peishan):
    make_contact()

    page = go(client, make_template().latest, count=1, press="x")

    assert (page.status_code, Broadcast.objects.count()) == (422, 0)


def test_a_message_of_a_hundred_and_twenty_placeholders_is_checked_and_sent(client, peishan):
    version = make_template(message=" ".join(f"{{{{ a{n} | x }}}}" for n in range(120))).latest
    make_contact()

    check = client.get(url("send_check", version, channel="line", to="everyone"))
    spreads = client.get(url("send_spreads", version, channel="line", to="everyone"))
    go(client, version, count=1)

    assert check.status_code == 200
    assert len(spreads.context["spreads"]) == 120
    assert Broadcast.objects.count() == 1
