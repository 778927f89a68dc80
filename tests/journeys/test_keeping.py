"""Nothing typed is lost, and who writes at the same template is seen."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from composer import presence
from composer.models import Draft, Presence, Template
from people import rights
from tests.makers import make_template, make_user, make_version


@pytest.fixture
def me(db):
    return make_user(rights=[rights.WRITE, rights.PUBLISH])


@pytest.fixture
def client(client, me):
    client.force_login(me)
    return client


@pytest.fixture
def other(db):
    return make_user("志豪", rights=[rights.WRITE, rights.PUBLISH])


def browser_of(person):
    client = Client()
    client.force_login(person)
    return client


def call(client, template, expected=1):
    return client.post(f"/compose/here/{template.pk}/", {"expected": expected})


def test_two_at_the_same_template_see_each_other(client, other):
    template = make_template()
    alone = call(client, template).content.decode()

    theirs = call(browser_of(other), template).content.decode()
    mine = call(client, template).content.decode()

    assert "is here too" not in alone
    assert 'title="佩珊 is here too"' in theirs
    assert 'title="志豪 is here too"' in mine
    assert "佩珊" not in mine


def test_who_is_at_another_template_is_not_here(client, other):
    call(browser_of(other), make_template("再見"))

    assert "is here too" not in call(client, make_template()).content.decode()


def test_who_left_is_forgotten(client, me, other):
    template, elsewhere = make_template(), make_template("再見")
    long_ago = timezone.now() - presence.LASTS - timedelta(seconds=1)
    for each in (template, elsewhere):
        Presence.objects.create(template=each, person=other, seen_at=long_ago)

    page = call(client, template).content.decode()

    assert "is here too" not in page
    assert [each.person for each in Presence.objects.all()] == [me]


def test_newer_version_is_said(client, other):
    template = make_template()
    before = call(client, template).content.decode()
    make_version(template, "別人的", by=other)

    after = call(client, template).content.decode()

    assert "was saved by" not in before
    assert "Version 2 was saved by 志豪 at" in after
    assert f'href="/library/{template.pk}/versions/2/"' in after
    assert "was saved by" not in call(client, template, expected=2).content.decode()


def test_calling_is_cheap(client, other, django_assert_num_queries):
    template = make_template()
    call(browser_of(other), template)

    # Session, person, rights; then the version, the note and the people.
    with django_assert_num_queries(6):
        call(client, template)


def test_template_that_one_may_not_see_is_said_to_be_gone(db):
    hidden = make_template(owner=make_user("阿明"), state=Template.State.DRAFT)
    writer = browser_of(make_user("志豪", rights=[rights.WRITE]))

    answer = call(writer, hidden).content.decode()

    assert "no longer shared with you" in answer
    assert hidden.name not in answer
    assert not Presence.objects.exists()


def test_calling_needs_the_right_and_a_post(client):
    template = make_template()

    assert client.get(f"/compose/here/{template.pk}/").status_code == 405
    assert call(browser_of(make_user("志豪")), template).status_code == 403


def test_draft_comes_back_on_another_machine(client, me):
    template = make_template()
    typed = {"message": "寫到一半", "template": template.pk, "expected": 1}
    client.post("/compose/text/draft/", typed)

    page = browser_of(me).get(f"/compose/text/?template={template.pk}").content.decode()

    assert "寫到一半" in page
    assert "This is your draft, not yet saved to the template." in page
    assert "Draft kept at" in page


@pytest.mark.parametrize("channel", ["line", "viber", "all"])
def test_stale_save_draws_both_versions(client, other, channel):
    template = make_template()
    make_version(template, "別人的字", by=other)
    mine = {"message": "我的字", "template": template.pk, "expected": 1, "name": template.name}

    response = client.post("/compose/text/save/", mine | {"channel": channel})

    page = response.content.decode()
    box = page[page.index('class="newer-both"') : page.index("Save mine as the next version")]
    slug = "line" if channel == "all" else channel
    assert response.status_code == 409
    assert (
        box.index("Version 2 by 志豪") < box.index("別人的字") < box.index("Yours, not yet saved")
    )
    assert "我的字" in box
    assert box.count(f'data-channel="{slug}"') == 2


@pytest.mark.parametrize("name", ["", "歡迎"])
def test_save_that_fails_keeps_what_it_brought(client, name):
    make_template("歡迎")

    response = client.post("/compose/text/save/", {"message": "別弄丟我", "name": name})

    assert response.status_code == 422
    assert Draft.objects.get().content == {"message": "別弄丟我"}


@pytest.mark.parametrize("then", ["", "test"])
def test_send_that_fails_keeps_what_it_brought(client, then):
    client.force_login(make_user("阿明", rights=[rights.WRITE, rights.SEND]))
    typed = {"explain_text": "別弄丟我", "options-TOTAL_FORMS": "0", "then": then}

    response = client.post("/compose/button/send/", typed)

    assert response.status_code == 422
    assert Draft.objects.get().content == {"explain_text": "別弄丟我", "options": []}
