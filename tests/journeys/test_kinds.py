"""Another kind, or a pasted message, in the midst of writing: nothing is lost."""

import json
import re

import pytest
from django.urls import reverse

from composer import drafts, forms, kinds
from composer.models import Draft
from people import rights
from tests.makers import make_template, make_user

CARD = {
    "image_url": "https://nuanri.example/coat.jpg",
    "title": "大衣",
    "text": "85 折",
    "actions": [{"text": "看", "type": "text", "value": "看大衣", "url": "", "label": ""}],
}
CAROUSEL = {"alt_text": "新品", "columns": [CARD]}
TEXT = {"message": "嗨"}


@pytest.fixture
def me(db):
    return make_user(rights=[rights.WRITE])


@pytest.fixture
def client(client, me):
    client.force_login(me)
    return client


def switch(client, kind, content, to, **extra):
    """What the page's script puts into the form, an older draft, and the words that are said."""
    posted = forms.flat(content) | {"to": to} | extra
    return read(client.post(reverse("compose_switch", args=[kind]), posted))


def read(answer):
    page = answer.content.decode()
    found = re.findall(r'<script id="(\w+)" type="application/json">(.*?)</script>', page)
    scripts = {name: json.loads(text) for name, text in found}
    words = re.findall(r"<p>(.*?)</p>", page.partition('id="toasts"')[2])
    return scripts["filled"], scripts.get("replaced"), " ".join(words)


def test_what_fits_comes_along_and_what_does_not_is_named(client):
    filled, replaced, words = switch(client, "carousel", CAROUSEL, "text")

    assert (filled, replaced) == ({"message": "85 折"}, None)
    assert words == (
        "What fits came along. Put aside until you switch back: Alt text, Picture, Title, "
        "Wording, Text sent back."
    )


def test_a_message_that_fits_whole_says_so(client):
    assert switch(client, "text", TEXT, "button")[2] == "All of it came along."


def test_switching_back_brings_back_what_was_put_aside(client, me):
    switch(client, "carousel", CAROUSEL, "text")

    filled, _replaced, words = switch(client, "text", {"message": "又改了"}, "carousel")

    assert filled["columns-0-title"] == "大衣"
    assert words == "It is as you left it."
    draft = Draft.objects.get(by=me)
    assert (draft.kind, draft.aside) == ("carousel", {"text": {"message": "又改了"}})


def test_an_older_draft_of_that_kind_is_not_taken_for_it(client, me):
    drafts.keep(me, "text", None, {"message": "上週的"})

    filled, replaced, _words = switch(client, "carousel", CAROUSEL, "text")

    assert (filled, replaced) == ({"message": "85 折"}, {"message": "上週的"})


def test_an_earlier_state_is_shown_as_it_was(client, me):
    fields = "columns-TOTAL_FORMS=1&columns-0-title=%E5%A4%A7%E8%A1%A3"

    filled, _replaced, words = switch(client, "text", TEXT, "carousel", fields=fields)

    assert filled["columns-0-title"] == "大衣"
    assert words == ""
    assert Draft.objects.get(by=me).content["columns"][0]["title"] == "大衣"


def test_a_template_stays_the_template(client, me):
    template = make_template(owner=me)

    switch(client, "text", TEXT, "button", template=template.pk, expected=1, name="改名")

    draft = Draft.objects.get()
    assert (draft.template, draft.kind, draft.expected, draft.name) == (
        template,
        "button",
        1,
        "改名",
    )
    page = client.get(f"/compose/button/?template={template.pk}").content.decode()
    assert ">\n嗨</textarea>" in page
    assert 'value="改名"' in page


def test_a_template_opened_as_another_kind_begins_with_what_fits(client, me):
    template = make_template(owner=me, message="嗨大家")

    page = client.get(f"/compose/quickreply/?template={template.pk}").content.decode()

    assert ">\n嗨大家</textarea>" in page


def test_dropping_the_draft_leads_back_to_what_is_saved(client, me):
    template = make_template(owner=me)
    switch(client, "text", TEXT, "button", template=template.pk, expected=1)

    posted = {"template": template.pk, "expected": 1, "explain_text": "嗨"}
    answer = client.post(reverse("compose_discard", args=["button"]), posted)

    assert answer.headers["Location"] == f"/compose/text/?template={template.pk}"
    assert not Draft.objects.exists()


@pytest.mark.parametrize("to", ["", "sticker", "<b>"])
def test_an_unknown_kind_is_not_found(client, to):
    posted = forms.flat(TEXT) | {"to": to}

    assert client.post(reverse("compose_switch", args=["text"]), posted).status_code == 404


def test_the_same_kind_changes_nothing(client):
    filled, _replaced, words = switch(client, "carousel", CAROUSEL, "carousel")

    assert (filled["columns-0-title"], words) == ("大衣", "")


def test_the_page_has_blank_rows_of_its_kind_and_blank_fields_of_all_others(client):
    page = client.get(reverse("compose", args=["carousel"])).content.decode()
    own, others = page.split('<div id="others" hidden>')

    assert re.findall(r'<template data-blank="(.*?)">', own) == [
        "columns",
        "columns-__prefix__-actions",
    ]
    assert 'name="columns-__prefix__-actions-__prefix__-text"' in own
    assert re.findall(r'<template data-kind="(.*?)">', others) == [
        name for name in kinds.NAMES if name != "carousel"
    ]
    assert others.count('<template data-blank="options">') == 2


def test_compose_begins_where_the_last_draft_was_left(client, me):
    hidden = make_template("收起來的", state="archived")
    drafts.keep(me, "quickreply", None, {})
    drafts.keep(me, "text", hidden, TEXT)

    assert client.get("/compose/").headers["Location"] == "/compose/quickreply/"


def test_the_name_that_was_typed_is_in_the_draft(client):
    client.post(reverse("compose_draft", args=["text"]), TEXT | {"name": " 週年慶 "})

    assert 'name="name" value="週年慶"' in client.get("/compose/text/").content.decode()


def test_a_pasted_message_takes_the_place_of_this_one(client, me):
    template = make_template(owner=me)
    pasted = '{"type": "quickreply", "message": {"explain_text": "貼上的", "options": []}, "a": 1,}'
    posted = TEXT | {"json": pasted, "template": template.pk, "expected": 1}

    answer = client.post(reverse("compose_paste", args=["text"]), posted)

    filled, _replaced, words = read(answer)
    assert filled["explain_text"] == "貼上的"
    assert "A comma too many was taken out." in words
    assert "because there is no place for it: a" in words
    draft = Draft.objects.get()
    assert (draft.template, draft.kind, draft.aside) == (template, "quickreply", {"text": TEXT})


def paste(client, payload):
    posted = TEXT | {"json": json.dumps(payload)}
    return read(client.post(reverse("compose_paste", args=["text"]), posted))


def test_cards_and_buttons_that_do_not_fit_are_cut_and_said(client):
    cards = [CARD | {"title": f"第 {number} 件"} for number in range(1, 13)]
    cards[2] = CARD | {"actions": CARD["actions"] * 4}
    said = {"type": "carousel", "message": {"alt_text": "新品", "columns": cards}}

    filled, _replaced, words = paste(client, said)

    assert filled["columns-TOTAL_FORMS"] == "10"
    assert filled["columns-9-title"] == "第 10 件"
    assert filled["columns-2-actions-TOTAL_FORMS"] == "3"
    assert "Cards: only 10 fit. Left out: number 11–12." in words
    assert "Card 3, Buttons: only 3 fit. Left out: number 4." in words
    assert len(Draft.objects.get().content["columns"]) == 10


def test_a_long_list_of_what_was_left_out_says_how_long(client):
    said = {"type": "text", "message": "嗨"} | {f"key{number}": 1 for number in range(15)}

    _filled, _replaced, words = paste(client, said)

    assert "key11 and 3 more" in words


@pytest.mark.parametrize("pasted", ["", "嗨", "[" * 5000, "x" * 300_000])
def test_pasted_nonsense_is_said_in_the_dialog_and_changes_nothing(client, pasted):
    answer = client.post(reverse("compose_paste", args=["text"]), TEXT | {"json": pasted})

    assert (answer.status_code, answer.headers["HX-Retarget"]) == (422, "#paste-said")
    assert not Draft.objects.exists()
