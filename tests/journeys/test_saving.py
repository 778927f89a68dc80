"""A message is kept: saved as a version, waiting as a draft, or on its way to be sent."""

import pytest
from django.urls import reverse

from composer.models import Draft, Template, Version
from people import rights
from tests.journeys.writing import COUPON, post
from tests.makers import make_template, make_user, make_version


@pytest.fixture
def client(client, db):
    client.force_login(make_user(rights=[rights.WRITE, rights.SEND]))
    return client


def me(client):
    return int(client.session["_auth_user_id"])


def test_save_makes_a_template(client):
    post(client, "compose_save", "button", COUPON, name="  折扣   確認 ")

    version = Version.objects.get()
    assert (version.template.name, version.number, version.by_id) == ("折扣 確認", 1, me(client))
    assert version.payload == {
        "type": "button",
        "message": {
            "explain_text": "選一個",
            "options": [{"label": "好", "value": "好", "type": "text"}],
        },
    }


def test_save_again_makes_a_version(client):
    template = make_template(owner_id=me(client), state=Template.State.DRAFT)

    post(
        client,
        "compose_save",
        "text",
        {"message": "再會"},
        name=template.name,
        template=template.pk,
        expected=1,
    )

    assert list(template.versions.values_list("number", "payload__message")) == [
        (2, "再會"),
        (1, "嗨 {{ name | 貴賓 }}"),
    ]


def test_save_without_a_name_asks_for_one_and_keeps_the_text(client):
    response = post(client, "compose_save", "text", {"message": "別弄丟我"}, name=" ")

    assert response.status_code == 422
    assert "Give it a name" in response.content.decode()
    assert "別弄丟我" in response.content.decode()


def test_save_under_a_name_that_is_taken_keeps_the_text(client):
    make_template("歡迎")

    response = post(client, "compose_save", "text", {"message": "別弄丟我"}, name="歡迎")

    assert response.status_code == 422
    assert "別弄丟我" in response.content.decode()


def test_save_under_a_new_name_that_is_taken_saves_nothing(client):
    make_template("歡迎")
    template = make_template("再見", owner_id=me(client), state=Template.State.DRAFT)
    tab = {"template": template.pk, "expected": 1}

    post(client, "compose_save", "text", {"message": "別弄丟我"}, name="歡迎", **tab)
    post(client, "compose_save", "text", {"message": "別弄丟我"}, name="再會", **tab)

    template.refresh_from_db()
    assert template.name == "再會"
    assert [version.number for version in template.versions.all()] == [2, 1]


def test_save_with_errors_shows_each_at_its_field(client):
    wrong = {"explain_text": "", "options": [COUPON["options"][0] | {"label": ""}]}

    response = post(client, "compose_save", "button", wrong, name="折扣")

    assert response.status_code == 422
    assert response.content.decode().count('_error">') == 2
    assert not Template.objects.exists()


def test_two_tabs_saving_lose_nothing(client):
    template = make_template(owner_id=me(client), state=Template.State.DRAFT)
    tab = {"name": template.name, "template": template.pk, "expected": 1}
    post(client, "compose_save", "text", {"message": "第一個分頁"}, **tab)

    second = post(client, "compose_save", "text", {"message": "第二個分頁"}, **tab)

    assert second.status_code == 409
    assert "第二個分頁" in second.content.decode()
    assert "佩珊 saved version 2 while you were writing" in second.content.decode()
    post(client, "compose_save", "text", {"message": "第二個分頁"}, **(tab | {"expected": 2}))
    assert [version.payload["message"] for version in template.versions.all()] == [
        "第二個分頁",
        "第一個分頁",
        "嗨 {{ name | 貴賓 }}",
    ]


def test_somebody_elses_template_is_saved_as_ones_own(client):
    template = make_template(owner=make_user("志豪"))
    tab = {"template": template.pk, "expected": 1}

    taken = post(client, "compose_save", "text", {"message": "改了"}, name=template.name, **tab)
    post(client, "compose_save", "text", {"message": "改了"}, name="我的", **tab)

    assert taken.status_code == 422
    assert template.versions.count() == 1
    assert Template.objects.get(name="我的").owner_id == me(client)


def test_draft_comes_back(client):
    post(client, "compose_draft", "text", {"message": "寫到一半"})

    assert "寫到一半" in client.get(reverse("compose", args=["text"])).content.decode()


def test_draft_older_than_the_template_overwrites_nothing(client):
    template = make_template(owner_id=me(client), state=Template.State.DRAFT)
    tab = {"template": template.pk, "expected": 1, "name": template.name}
    post(client, "compose_draft", "text", {"message": "寫到一半"}, **tab)
    make_version(template, "別人的", by=make_user("志豪"))

    page = client.get(f"/compose/text/?template={template.pk}").content.decode()

    assert "志豪 saved version 2 while you were writing" in page
    assert "寫到一半" in page
    assert '<input type="hidden" name="expected" value="1">' in page


def test_discarded_draft_is_gone(client):
    post(client, "compose_draft", "text", {"message": "寫到一半"})

    post(client, "compose_discard", "text", {"message": "寫到一半"})

    assert not Draft.objects.exists()


def test_saving_drops_the_draft(client):
    post(client, "compose_draft", "text", {"message": "嗨"})

    post(client, "compose_save", "text", {"message": "嗨"}, name="招呼")

    assert not Draft.objects.exists()


def test_send_keeps_the_message_at_hand_outside_the_library(client):
    response = post(client, "compose_send", "text", {"message": "嗨"}, channel="viber")

    version = Version.objects.get()
    assert not version.template.is_listed
    assert response.headers["Location"] == f"/send/?version={version.pk}&channel=viber"


def test_send_may_be_a_test_first(client):
    response = post(client, "compose_send", "text", {"message": "嗨"}, channel="viber", then="test")

    version = Version.objects.get()
    assert response.headers["Location"] == f"/send/test/?version={version.pk}&channel=viber"


def test_send_of_an_unchanged_template_sends_its_version(client):
    template = make_template(owner_id=me(client))

    response = post(
        client,
        "compose_send",
        "text",
        {"message": "嗨 {{ name | 貴賓 }}"},
        template=template.pk,
        expected=1,
    )

    assert response.headers["Location"] == f"/send/?version={template.latest.pk}&channel=line"


@pytest.mark.parametrize("right", [rights.WRITE, rights.SEND])
def test_send_of_what_one_wrote_needs_both_rights(db, client, right):
    client.force_login(make_user("志豪", [right]))

    response = post(client, "compose_send", "text", {"message": "嗨"})

    assert response.status_code == 403
    assert not Version.objects.exists()


def test_send_with_errors_stays_on_the_page(client):
    response = post(client, "compose_send", "text", {"message": " "})

    assert response.status_code == 422
    assert not Version.objects.exists()


def manager(client):
    person = make_user("阿強", rights=[rights.WRITE, rights.SEND, rights.PUBLISH])
    client.force_login(person)
    return person


def test_what_a_published_template_may_not_say_is_told_on_the_page(client):
    """A reply of spaces passes the form, and FIRST LINE would refuse it."""
    template = make_template(kind="button", message=COUPON, owner=manager(client))
    blank = {**COUPON, "options": [COUPON["options"][0] | {"value": " \t "}]}
    tab = {"template": template.pk, "expected": 1, "name": template.name}

    answer = post(client, "compose_save", "button", blank, **tab)

    assert answer.status_code == 422
    assert "Not saved." in answer.content.decode()
    assert template.versions.count() == 1


@pytest.mark.parametrize("has_draft", [False, True])
def test_saving_keeps_the_name_that_a_colleague_gave_meanwhile(client, has_draft):
    template = make_template("春季", owner=manager(client))
    tab = {"template": template.pk, "expected": 1, "name": "春季", "name_before": "春季"}
    if has_draft:
        post(client, "compose_draft", "text", {"message": "寫到一半"}, **tab)
    Template.objects.update(name="夏季")
    page = client.get(reverse("compose", args=["text"]), {"template": template.pk})

    saved = post(client, "compose_save", "text", {"message": "新的"}, **tab)

    assert (page.context["desk"].name, page.context["desk"].name_before) == ("夏季", "夏季")
    assert 'name="name_before" value="夏季"' in page.content.decode()
    template.refresh_from_db()
    assert (saved.status_code, template.name) == (302, "夏季")
    assert template.latest.payload["message"] == "新的"


def test_a_name_that_was_changed_on_the_page_is_saved(client):
    template = make_template("春季", owner=manager(client))
    tab = {"template": template.pk, "expected": 1, "name": "秋季", "name_before": "春季"}
    post(client, "compose_draft", "text", {"message": "寫到一半"}, **tab)
    Template.objects.update(name="夏季")
    page = client.get(reverse("compose", args=["text"]), {"template": template.pk})

    post(client, "compose_save", "text", {"message": "新的"}, **tab)

    assert (page.context["desk"].name, page.context["desk"].name_before) == ("秋季", "夏季")
    template.refresh_from_db()
    assert template.name == "秋季"
