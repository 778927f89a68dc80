"""A sent message is not the last draft any more; one that was not sent is."""

from uuid import uuid4

import pytest
from django.urls import reverse

from composer.models import Draft, Version
from people import rights
from push.models import Broadcast
from tests.journeys.sending import go, url
from tests.makers import make_contact, make_template, make_user

pytestmark = pytest.mark.django_db

TEXT = "嗨 <b>{{ name | 貴賓 }}</b>"


@pytest.fixture
def writer(client):
    user = make_user("佩珊", rights=[rights.WRITE, rights.SEND])
    client.force_login(user)
    make_contact()
    return user


def write(client, text=TEXT, template=None):
    """Typed, and kept as a draft."""
    query = f"?template={template.pk}" if template else ""
    said = {"message": text, "template": template.pk if template else "", "expected": 1}
    client.post(reverse("compose_draft", args=["text"]) + query, said)
    return said


def prepare(client, said, **more):
    """Send is pressed on the compose page; the version that goes on to the audience."""
    client.post(reverse("compose_send", args=["text"]), said | {"channel": "line"} | more)
    return Version.objects.latest("pk")


def drafts():
    return [draft.content["message"] for draft in Draft.objects.order_by("pk")]


def test_sent_draft_is_gone(client, writer):
    version = prepare(client, write(client))
    before = drafts()

    answer = go(client, version, count=1)

    assert (before, drafts()) == ([TEXT], [])
    assert TEXT not in client.get(reverse("compose", args=["text"])).text
    page, again = client.get(answer.url), client.get(answer.url)
    assert 'data-forget-draft=""' in page.text
    assert "forget-draft" not in again.text


def test_sent_draft_of_a_template_is_gone(client, writer):
    template = make_template(owner=writer)
    version = prepare(client, write(client, "改過的", template))
    other = write(client, "另一則")

    answer = go(client, version, count=1)

    assert (version.template.is_listed, drafts()) == (False, [other["message"]])
    assert f'data-forget-draft="{template.pk}"' in client.get(answer.url).text


def test_failed_send_keeps_the_draft(client, writer):
    version = prepare(client, write(client))

    answer = go(client, version, count=7)

    assert (answer.status_code, Broadcast.objects.count(), drafts()) == (422, 0, [TEXT])


def test_what_was_written_since_stays(client, writer):
    version = prepare(client, write(client))
    write(client, "之後寫的")

    go(client, version, count=1)

    assert drafts() == ["之後寫的"]


def test_a_test_send_keeps_the_draft(client, writer):
    contact = make_contact("測試")
    version = prepare(client, write(client), then="test")

    client.post(
        url("send_test", version, channel="line"), {"press": uuid4(), "contact": contact.pk}
    )

    assert (Broadcast.objects.get().is_test, drafts()) == (True, [TEXT])


def test_a_colleagues_draft_stays(client, writer):
    other = make_user("志豪", rights=[rights.WRITE])
    Draft.objects.create(by=other, kind="text", content={"message": TEXT})
    version = prepare(client, write(client))

    go(client, version, count=1)

    assert [draft.by for draft in Draft.objects.all()] == [other]


def test_what_is_taken_back_is_a_draft_again(client, writer):
    version = prepare(client, write(client))
    go(client, version, count=1)

    client.post(reverse("broadcast_take_back", args=[Broadcast.objects.get().pk]))

    assert drafts() == [TEXT]


def test_taking_back_replaces_no_other_draft(client, writer):
    version = prepare(client, write(client))
    go(client, version, count=1)
    write(client, "之後寫的")

    client.post(reverse("broadcast_take_back", args=[Broadcast.objects.get().pk]))

    assert drafts() == ["之後寫的"]


def test_reload_of_the_check_keeps_what_was_chosen(client, writer):
    version = make_template().latest
    kept = {
        "when": "at",
        "at": "2026-12-24T18:30",
        "waves": "own",
        "sizes": "1, 9",
        "disturb": "on",
    }

    page = client.get(url("send_check", version, channel="line", to="everyone", **kept))

    form = page.context["form"]
    assert {name: form[name].value() for name in kept} == kept
    assert form.chosen == "at"
    assert 'value="2026-12-24T18:30"' in page.text
    assert '<input type="radio" name="when" value="at" checked>' in page.text


@pytest.mark.parametrize("at", ["<b>", "2026-99-99T99:99", "x" * 5_000])
def test_a_forged_time_in_the_address_is_only_text(client, writer, at):
    version = make_template().latest

    page = client.get(
        url("send_check", version, channel="line", to="everyone", when="at", at=at, sizes=at)
    )

    assert page.status_code == 200
    assert "<b>" not in page.text.split('id="id_at"')[1][:200]
