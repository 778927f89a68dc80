"""Writing a message, as the browser asks for it."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from composer import drafts, forms, kinds
from composer.models import Draft, Version
from people import rights
from tests.journeys.writing import COUPON, post
from tests.makers import make_user

HOSTILE = "<script>alert(1)</script>\"'&{{ x }}😀"


@pytest.fixture
def client(client, db):
    client.force_login(make_user(rights=[rights.WRITE, rights.SEND]))
    return client


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
