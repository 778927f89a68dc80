"""Home: what runs, what needs a decision, and where to begin."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from composer.models import Draft
from people import rights
from push.models import Broadcast, Outcome
from push.schedule import Plan
from tests.makers import make_template, make_user
from tests.runs import make_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def peishan(client):
    user = make_user("佩珊", rights=[rights.SEND, rights.WRITE, rights.IMPORT])
    client.force_login(user)
    return user


def test_home_in_the_first_minute_says_how_to_begin(client, peishan):
    page = client.get(reverse("home"))

    assert "Your first broadcast" in page.text
    assert reverse("contacts_import") in page.text
    for kind in ("text", "button", "quickreply", "carousel", "image_carousel"):
        assert reverse("compose", args=[kind]) in page.text


def test_home_tells_running_from_what_needs_a_decision(client, peishan):
    running = make_run(Outcome.SENT, waiting=1)
    paused = make_run(Outcome.SENT, waiting=1, state="paused")
    held = make_run(Outcome.SENT, Outcome.HELD)
    make_run(Outcome.SENT)

    page = client.get(reverse("home"))

    assert [each.broadcast for each in page.context["running"]] == [paused, running]
    assert [each.broadcast for each in page.context["waiting"]] == [held]


def test_home_shows_what_begins_next_first(client, peishan):
    later, sooner = (
        make_run(state="scheduled", plan=Plan(at=timezone.now() + timedelta(hours=hours)))
        for hours in (2, 1)
    )

    page = client.get(reverse("home"))

    assert list(page.context["scheduled"]) == [sooner, later]
    begins = timezone.localtime(sooner.start_at)
    assert f"begins {begins:%Y-%m-%d (%a) %H:%M}" in page.text


@pytest.mark.parametrize("because", ["wave", "late", "token_refused"])
def test_what_stopped_by_itself_needs_a_decision(client, peishan, because):
    stopped = make_run(Outcome.SENT, waiting=1, state="paused")
    Broadcast.objects.update(paused_because=because)

    page = client.get(reverse("home"))

    assert [each.broadcast for each in page.context["waiting"]] == [stopped]
    assert list(page.context["running"]) == []


def test_who_is_held_needs_no_decision_while_tried_again(client, peishan):
    make_run(Outcome.SENT, Outcome.HELD)
    Broadcast.objects.update(held_again_at=timezone.now())

    page = client.get(reverse("home"))

    assert page.context["waiting"] == []


def test_home_shows_only_ones_own_drafts(client, peishan):
    template = make_template("我的草稿", state="draft", owner=peishan)
    make_template("別人的草稿", state="draft", owner=make_user("志豪"))
    Draft.objects.create(by=peishan, kind="carousel", content={})

    page = client.get(reverse("home"))

    assert list(page.context["own"]) == [template]
    assert [draft["url"] for draft in page.context["drafts"]] == ["/compose/carousel/"]
    assert "別人的草稿" not in page.text


@pytest.mark.parametrize("many", [1, 3])
def test_home_asks_as_often_for_many_as_for_one(client, peishan, many, django_assert_num_queries):
    for _number in range(many):
        make_run(Outcome.SENT, waiting=1)
        make_run(Outcome.SENT, Outcome.FAILED)

    with django_assert_num_queries(14):
        client.get(reverse("home"))


def test_home_shows_the_templates_used_most_first(client, peishan):
    make_template("少用")
    often = make_template("常用", uses=9)

    page = client.get(reverse("home"))

    assert page.context["most_used"][0]["template"] == often


def test_home_without_the_right_to_send_offers_no_sending(client):
    client.force_login(make_user("志豪", rights=[rights.WRITE]))

    page = client.get(reverse("home"))

    assert "Start a message" in page.text
    assert f'href="{reverse("send")}"' not in page.text


def test_numbers_are_grouped_by_three_in_both_languages(client, peishan):
    broadcast = make_run(Outcome.SENT)
    broadcast.chunks.update(sent=12_416)

    pages = [
        client.get(reverse("broadcasts"), headers={"accept-language": language}).text
        for language in ("en", "zh-hant")
    ]

    assert ["12,416" in page for page in pages] == [True, True]


def test_home_leaves_out_a_draft_of_a_kind_that_is_gone(client, peishan):
    Draft.objects.create(by=peishan, kind="sticker", content={})
    Draft.objects.create(by=peishan, kind="text", content={}, name="週年慶")

    page = client.get(reverse("home"))

    assert [draft["name"] for draft in page.context["drafts"]] == ["週年慶"]


def test_home_tells_a_new_account_whom_to_ask_and_links_to_nothing_it_may_not_open(client):
    make_run(Outcome.SENT, waiting=1)
    make_template("公開的範本")
    administrator = make_user("雅婷")
    administrator.is_superuser = True
    administrator.save()
    client.force_login(make_user("新人", views=()))

    page = client.get(reverse("home")).text

    assert "Your account has no permissions yet" in page
    assert "Ask an administrator to add you to a group: 雅婷." in page
    for name in ("library", "contacts", "broadcasts", "drill"):
        assert f'href="{reverse(name)}"' not in page
    assert "/compose/" not in page
    assert "公開的範本" not in page
