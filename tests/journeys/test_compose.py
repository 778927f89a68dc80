"""Writing a message, as the browser asks for it."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from composer import drafts, forms, kinds
from composer.models import Draft, Template, Version
from people import rights
from tests.makers import make_template, make_user, make_version

HOSTILE = "<script>alert(1)</script>\"'&{{ x }}😀"
COUPON = {
    "explain_text": "選一個",
    "options": [{"label": "好", "type": "text", "value": "好", "url": "", "number": ""}],
}


@pytest.fixture
def client(client, db):
    client.force_login(make_user(rights=[rights.WRITE, rights.SEND]))
    return client


def me(client):
    return int(client.session["_auth_user_id"])


def post(client, view, kind, content, **extra):
    return client.post(reverse(view, args=[kind]), forms.flat(content) | extra)


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_page_of_each_kind_opens(client, kind):
    response = client.get(reverse("compose", args=[kind]))

    assert response.status_code == 200
    assert 'id="preview"' in response.content.decode()


@pytest.mark.parametrize(
    "name", ["compose_preview", "compose_switch", "compose_save", "compose_send"]
)
def test_without_sign_in_there_is_nothing(db, name):
    response = Client().post(reverse(name, args=["text"]))

    assert response.headers["Location"].startswith("/accounts/login/")


def test_without_the_right_it_is_forbidden(db, client):
    client.force_login(make_user("志豪"))

    assert client.get(reverse("compose", args=["text"])).status_code == 403


@pytest.mark.parametrize("address", ["/compose/sticker/", "/compose/text/?template=999"])
def test_unknown_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_preview_draws_the_payload_filled(client):
    answer = (
        post(
            client,
            "compose_preview",
            "text",
            {"message": "嗨 {{ name | 貴賓 }}"},
            channel="line",
            values=json.dumps({"name": "小明"}),
        )
        .getvalue()
        .decode()
    )

    assert '<span class="filled">小明</span>' in answer


def test_picture_leaves_before_what_is_said_of_it(client):
    answer = post(client, "compose_preview", "button", COUPON, channel="line")

    drawn, said = (piece.decode() for piece in answer.streaming_content)

    assert drawn.endswith("<!--drawn-->\n")
    assert ("phone-actions" in drawn, "notices" in drawn) == (True, False)
    assert ("phone-actions" in said, "notices" in said) == (False, True)


@pytest.mark.parametrize("channel", ["line", "telegram", "all", "fax", ""])
@pytest.mark.parametrize("kind", kinds.NAMES)
def test_picture_is_what_is_said_without_a_phone(client, kind, channel):
    content = json.loads(json.dumps(forms.blank(kind).content()).replace('""', json.dumps(HOSTILE)))

    response = post(client, "compose_picture", kind, content, channel=channel)

    answer = response.content.decode()
    assert response.status_code == 200
    assert 'class="phone-row"' in answer
    assert 'class="phone"' not in answer
    assert "<script" not in answer


def test_card_alone_is_drawn_as_among_others(client):
    column = forms.blank("carousel").content()["columns"][0]
    cards = [column | {"title": f"{{{{ name }}}} {number}", "text": "嗨"} for number in range(3)]
    values = json.dumps({"name": "小明"})

    def drawn(view, columns):
        content = {"alt_text": "", "columns": columns}
        answer = post(client, view, "carousel", content, channel="line", values=values)
        return re.findall(r"<article.*?</article>", answer.getvalue().decode(), re.DOTALL)

    alone = [drawn("compose_picture", [card])[0] for card in cards]
    assert alone == drawn("compose_preview", cards)


@pytest.mark.parametrize(
    "values", ["", "null", "[]", "{", '{"name": 5}', '{"name": {"a": 1}}', '"x"']
)
def test_forged_values_are_nobody(client, values):
    answer = post(
        client, "compose_preview", "text", {"message": "{{ name | 貴賓 }}"}, values=values
    )

    assert '<span class="filled">貴賓</span>' in answer.getvalue().decode()


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_preview_escapes_everything(client, kind):
    content = json.loads(json.dumps(forms.blank(kind).content()).replace('""', json.dumps(HOSTILE)))

    answer = post(client, "compose_preview", kind, content).getvalue().decode()

    assert "<script>alert" not in answer
    assert answer.count("<script") == 1  # the counters, as data


def test_preview_of_nothing_at_all_still_draws(client):
    for kind in kinds.NAMES:
        assert b"phone" in client.post(reverse("compose_preview", args=[kind])).getvalue()


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


def test_five_thousand_characters_are_kept(client):
    said = "字" * 5000

    post(client, "compose_save", "text", {"message": said}, name="長")

    assert Version.objects.get().payload["message"] == said


def test_page_of_the_largest_carousel_asks_few_questions(client, django_assert_num_queries):
    content = forms.blank("carousel").content()
    content["columns"] = [
        content["columns"][0] | {"actions": content["columns"][0]["actions"] * 3}
    ] * 10
    drafts.keep(make_user("阿明"), "carousel", None, content)

    with django_assert_num_queries(3):  # session, person, rights
        post(client, "compose_preview", "carousel", content).getvalue()


def test_all_channels_side_by_side(client):
    answer = post(client, "compose_preview", "button", COUPON, channel="all").getvalue().decode()

    assert answer.count('data-size="small"\n') == 7
    assert answer.count('class="all-cell"') == 21  # text, option and what is guessed, on seven


def test_all_channels_leave_the_choice_of_channel_to_the_next_step(client):
    response = post(client, "compose_send", "text", {"message": "嗨"}, channel="all")

    assert response.headers["Location"] == f"/send/?version={Version.objects.get().pk}"


@pytest.mark.parametrize(
    ("scheme", "header"),
    [("Bearer", "Bearer $FIRSTLINE_API_TOKEN"), ("", "$FIRSTLINE_API_TOKEN")],
)
def test_curl_says_the_token_as_the_product_does(client, settings, scheme, header):
    settings.FIRSTLINE_AUTH_SCHEME = scheme

    answer = post(client, "compose_preview", "text", {"message": "嗨"}, beside="curl")

    assert f"&quot;Authorization: {header}&quot;" in answer.getvalue().decode()


def test_json_and_curl_are_the_payload(client):
    shown = post(client, "compose_preview", "text", {"message": "嗨 '<b>'"}, beside="json")
    answer = post(client, "compose_preview", "text", {"message": "嗨 '<b>'"}, beside="curl")
    curl = answer.getvalue().decode()

    assert "&lt;b&gt;" in shown.getvalue().decode()
    assert "App\\\\LineContact" in curl
    assert "&#x27;\\&#x27;&#x27;" in curl


def test_half_characters_are_not_kept(client):
    post(client, "compose_draft", "text", {"message": "a\0b"})

    assert Draft.objects.get().content == {"message": "ab"}
