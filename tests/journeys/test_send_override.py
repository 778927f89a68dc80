"""A message that a channel rejects whole: Send asks for a named override with a reason."""

from uuid import uuid4

import pytest
from django.urls import reverse

from composer.models import Template
from people import rights
from people.models import Entry
from push import preflight
from push.models import Broadcast
from tests.composer.messages import CARD, changed
from tests.journeys.sending import go, url
from tests.makers import make_contact, make_template, make_user

pytestmark = pytest.mark.django_db

LONG = "看" * 21
EVERYONE = {"channel": "line", "to": "everyone"}


def make_carousel(path="columns[0].actions[0].text", value=LONG, kind="carousel"):
    name = "歡迎" if not Template.objects.exists() else str(uuid4())
    return make_template(name, kind=kind, message=changed(kind, path, value)["message"]).latest


def names(version, channel="line"):
    return preflight.rejection_names(preflight.rejections(version, channel))


def key(client, version):
    page = client.get(url("send_check", version, **EVERYONE))
    return page.context["form"].override_key


def test_check_says_for_how_many_it_would_be_rejected(client, peishan):
    for name in ("小明", "小華"):
        make_contact(name)

    page = client.get(url("send_check", make_carousel(), **EVERYONE))

    assert "LINE would reject this for all 2 contacts" in page.text
    assert [finding.verdict for finding in page.context["rejections"]] == ["refused"]
    assert 'name="override_reason"' in page.text


def test_without_an_override_nothing_is_sent(client, peishan):
    version = make_carousel()
    make_contact()

    answers = [
        go(client, version, count=1),
        go(client, version, count=1, override="on", override_reason="試"),
        go(client, version, count=1, override=key(client, version), override_reason=" "),
        go(client, version, count=1, override_reason="試"),
    ]

    assert [answer.status_code for answer in answers] == [422] * 4
    assert [sorted(answer.context["form"].errors) for answer in answers] == [
        ["override", "override_reason"],
        ["override"],
        ["override_reason"],
        ["override"],
    ]
    assert "This message will be rejected." in answers[0].text
    assert Broadcast.objects.count() == 0
    assert Entry.objects.exclude(verb="signed in").count() == 0


def test_an_override_is_named_kept_and_shown(client, peishan):
    version = make_carousel()
    make_contact()

    answer = go(
        client,
        version,
        count=1,
        override=key(client, version),
        override_reason="<b>客戶同意</b>",
    )

    broadcast = Broadcast.objects.get()
    [entry] = Entry.objects.filter(verb="overrode")
    assert answer.url == reverse("broadcast", args=[broadcast.pk])
    assert broadcast.overridden == ["action_label_max columns[0].actions[0].text"]
    assert broadcast.override_reason == "<b>客戶同意</b>"
    assert entry.detail == {
        "rejections": ["action_label_max columns[0].actions[0].text"],
        "reason": "<b>客戶同意</b>",
    }
    assert (entry.by, entry.target) == (peishan, f"#{broadcast.pk} 歡迎")
    page = client.get(answer.url).text
    assert "Rejection overridden" in page
    assert "&lt;b&gt;客戶同意&lt;/b&gt;" in page


def test_an_override_of_one_rejection_does_not_cover_another(client, peishan):
    one, two = make_carousel(), make_carousel("columns", [CARD, {**CARD, "title": "字" * 52}])
    make_contact()

    answer = go(client, two, count=1, override=key(client, one), override_reason="試")

    assert (answer.status_code, Broadcast.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("columns[0].actions[0].text", LONG),
        ("columns[0].actions[0].text", "{{ name }}" + LONG),
        ("columns[0].title", "字" * 41),
        ("columns", [CARD] * 11),
        ("columns", [CARD, {**CARD, "actions": CARD["actions"] * 2}]),
        ("columns", [CARD, {key: value for key, value in CARD.items() if key != "title"}]),
        ("columns[0].image_url", "http://img.nuanri.tw/coat.jpg"),
    ],
    ids=["label", "label around a value", "title", "cards", "unequal", "unlike", "http"],
)
def test_whatever_line_rejects_whole_asks(client, peishan, path, value):
    version = make_carousel(path, value)
    make_contact()

    answer = go(client, version, count=1)

    assert (answer.status_code, Broadcast.objects.count()) == (422, 0)
    assert "override" in answer.context["form"].errors


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("columns[0].text", "好"),
        ("columns[0].actions[0].text", "{{ name }}"),
        ("columns[0].actions[0].text", "{{ name | " + LONG + " }}"),
        ("columns[0].image_url", "{{ picture }}"),
    ],
    ids=["good", "a value", "a long default", "an address"],
)
def test_what_depends_on_the_contact_or_is_fine_does_not_ask(path, value):
    assert names(make_carousel(path, value)) == []


def test_what_only_loses_does_not_ask(client, peishan):
    """Telegram has no carousel: the alt text goes out, and LINE's limits are moot there."""
    version = make_carousel()
    make_contact(channel="telegram")

    answer = go(client, version, count=1, query={"channel": "telegram", "to": "everyone"})

    assert (names(version, "telegram"), answer.status_code) == ([], 302)


def test_what_is_rejected_for_an_example_is_marked(client, peishan):
    make_contact("字" * 30)
    make_contact("小明")
    version = make_carousel("columns[0].actions[0].text", "{{ name }}")

    page = client.get(url("send_examples", version, **EVERYONE))

    marked = [[each.verdict for each in example.over] for example in page.context["examples"]]
    assert marked == [["refused"], []]
    assert page.text.count("Would be rejected:") == 1


def test_a_test_send_says_so_and_may_go(client, peishan):
    version, contact = make_carousel(), make_contact()
    here = url("send_test", version, channel="line")

    page = client.get(here)
    client.post(here, {"press": uuid4(), "contact": contact.pk})

    assert "LINE would reject this message." in page.text
    assert Broadcast.objects.get().is_test


@pytest.mark.django_db(transaction=True)
def test_send_broadcast_asks_too(manage):
    make_carousel()
    make_contact()
    command = ("send_broadcast", "歡迎", "--channel", "line", "--all")

    refused = manage(*command)
    blank = manage(*command, "--override-rejection", " ")
    left = Broadcast.objects.count()
    sent = manage(*command, "--override-rejection", "客戶同意")

    assert (refused[0], blank[0], sent[0], left) == (2, 2, 0, 0)
    assert refused[2].count("\n") == 1
    assert "LINE would reject this message for everyone" in refused[2]
    assert "--override-rejection REASON" in refused[2]
    assert Broadcast.objects.get().override_reason == "客戶同意"
    assert Entry.objects.get(verb="overrode").detail["reason"] == "客戶同意"


@pytest.mark.django_db(transaction=True)
def test_an_override_on_the_command_line_covers_nothing_where_nothing_is_rejected(manage):
    make_template()
    make_contact()

    code, *_said = manage(
        "send_broadcast", "歡迎", "--channel", "line", "--all", "--override-rejection", "試"
    )

    broadcast = Broadcast.objects.get()
    assert (code, broadcast.overridden, broadcast.override_reason) == (0, [], "")


def test_who_may_not_send_is_not_asked_either(client):
    client.force_login(make_user("志豪", rights=[rights.WRITE]))
    make_contact()

    assert go(client, make_carousel(), count=1).status_code == 403
