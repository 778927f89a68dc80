"""Mending what a notice says, as the browser asks for it."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from composer import forms
from composer.models import Template
from people import rights
from tests.composer.messages import CARD, OPTION
from tests.makers import make_user

TEXT = "羊毛雙面呢，" * 8 + "門市皆可試穿。另贈同色腰帶一條，送完為止"
CAROUSEL = {
    "alt_text": "秋冬外套",
    "columns": [
        CARD
        | {
            "text": TEXT,
            "actions": [
                {"text": "看", "type": "url", "value": "", "url": "https://nuanri.tw", "label": ""}
            ],
        }
    ],
}


@pytest.fixture
def client(client, db):
    client.force_login(make_user(rights=[rights.WRITE]))
    return client


def post(client, view, kind, content, **extra):
    return client.post(reverse(view, args=[kind]), forms.flat(content) | extra)


def press(client, kind, content, rule, at, on="", **extra):
    """The answer, and what the page's script is told."""
    answer = post(client, "compose_fix", kind, content, rule=rule, at=at, on=on, **extra)
    return answer.content.decode(), json.loads(answer.headers["HX-Trigger-After-Settle"])["edited"]


def filled(page):
    """What the page's script puts into the form."""
    return json.loads(
        re.search(r'<script id="filled" type="application/json">(.*?)</script>', page)[1]
    )


def buttons(page):
    """Each press that the notices offer: what it posts, and its words."""
    found = re.findall(r"hx-vals='(\{\"rule\".*?\})'>(.*?)</button>", page)
    return {words: json.loads(values) for values, words in found}


def test_the_preview_offers_the_press_and_the_press_mends(client):
    preview = (
        post(client, "compose_preview", "carousel", CAROUSEL, channel="line").getvalue().decode()
    )

    offered = buttons(preview)["Cut after “可試穿。”"]
    page, edited = press(
        client, "carousel", CAROUSEL, offered["rule"], offered["at"], offered["on"]
    )

    mended = "羊毛雙面呢，" * 8 + "門市皆可試穿。"
    assert filled(page)["columns-0-text"] == mended
    assert "Cut after" not in page
    assert edited == {"field": "columns-0-text", "words": "Done: Cut after “可試穿。”"}


def test_lengths_are_mended_with_the_chosen_contacts_values(client):
    content = {"message": "{{ name }}" + "字" * 4999}

    page, _edited = press(
        client, "text", content, "text_max", "message", "line", values='{"name": "王小明"}'
    )

    assert filled(page)["message"] == "{{ name }}" + "字" * 4997


def test_a_weekday_is_judged_by_todays_date(client):
    day = timezone.localdate() + timedelta(days=3)
    right = "一二三四五六日"[day.weekday()]
    wrong = "二三四五六日一"[day.weekday()]
    content = {"message": f"{day.month}/{day.day}（{wrong}）見"}

    page, edited = press(client, "text", content, "weekday", "message")

    assert filled(page)["message"] == f"{day.month}/{day.day}（{right}）見"
    assert edited["words"] == f"Done: Change to （{right}）"


def test_dropping_options_leads_to_the_list(client):
    options = [OPTION | {"label": str(n), "url": "", "number": ""} for n in range(5)]
    content = {"explain_text": "選一個", "options": options}

    page, edited = press(client, "button", content, "options_max", "options", "line")

    assert filled(page)["options-TOTAL_FORMS"] == "4"
    assert edited == {"field": "options", "words": "Done: Keep the first 4"}


@pytest.mark.parametrize(
    ("rule", "at", "on"),
    [
        ("text_max", "message", "line"),
        ("", "", ""),
        ("__class__", "message", "line"),
        ("weekday", "columns[99999999999].text", "fax"),
    ],
)
def test_a_press_that_comes_too_late_changes_nothing(client, rule, at, on):
    page, edited = press(client, "text", {"message": "<b>別弄丟我"}, rule, at, on)

    assert filled(page) == {"message": "<b>別弄丟我"}
    assert edited == {"words": "This has been mended already. Nothing was changed."}


def test_an_old_draft_that_lacks_a_field_can_be_mended(client):
    content = {
        "explain_text": "選一個",
        "options": [{"label": "好,我", "type": "text", "value": "好"}],
    }

    page, _edited = press(client, "button", content, "narrow_punctuation", "options[0].label")

    assert filled(page)["options-0-label"] == "好，我"


def test_without_the_right_nothing_is_mended(client):
    client.force_login(make_user("志豪"))

    assert post(client, "compose_fix", "text", {"message": "好,我"}).status_code == 403
    assert client.get(reverse("compose_fix", args=["text"])).status_code == 403
    assert post(client, "compose_fix", "sticker", {}).status_code == 403


def test_a_long_carousel_is_split_and_its_rest_is_a_draft(client):
    cards = [CAROUSEL["columns"][0] | {"title": f"第 {number} 件"} for number in range(8)]
    whole = {"alt_text": "秋冬外套", "columns": cards}
    preview = (
        post(client, "compose_preview", "carousel", whole, channel="viber").getvalue().decode()
    )

    offered = buttons(preview)["Split into 2 messages"]
    press = {"rule": offered["rule"], "at": offered["at"], "on": offered["on"]}
    answers = [
        post(client, "compose_fix", "carousel", whole, **press, name="雙十一") for _ in range(2)
    ]

    assert filled(answers[0].content.decode())["columns-TOTAL_FORMS"] == "6"
    said = [json.loads(each.headers["HX-Trigger-After-Settle"])["edited"] for each in answers]
    done = "Done: Split into 2 messages. The rest is a draft in the library:"
    assert said == [{"field": "columns", "words": f"{done} 雙十一 ({n})"} for n in (2, 3)]
    kept = Template.objects.get(name="雙十一 (2)")
    assert kept.state == Template.State.DRAFT
    assert kept.latest.message.content() == {"alt_text": "秋冬外套", "columns": cards[6:]}
