"""A text that a form accepts is posted byte for byte, and previewed and checked as it is posted."""

import json
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer import forms, kinds, library
from composer.preview import draw
from composer.vocabulary import message, notices, placeholders
from people import rights
from push.models import Broadcast, Contact
from push.wire import Envelope
from tests.composer.test_placeholders import HARD, hard, stored, uses
from tests.journeys.sending import url
from tests.makers import make_contact, make_user
from tests.push.test_broadcasts import prepare
from tests.push.turns import work

surrogates = st.sampled_from(["\ud83d", "\udfff"])
typed = st.lists(hard | uses | surrogates | st.text(max_size=20)).map("".join)
linked = st.fixed_dictionaries(
    {"label": typed, "type": st.just("url"), "url": typed.map("https://a.tw/".__add__)}
)
contents = st.tuples(st.just("text"), st.fixed_dictionaries({"message": typed})) | st.tuples(
    st.just("button"),
    st.fixed_dictionaries({"explain_text": typed, "options": st.lists(linked, min_size=1)}),
)


def kept(value):
    """What a form makes of a line break; addresses lose the spaces around them."""
    return value.replace("\r\n", "\n")


@given(contents, stored)
def test_accepted_text_is_the_same_in_preview_check_and_post(given, values):
    kind, content = given
    form = forms.bound(kind, content)
    if not form.is_valid():
        assert all(sentence for _field, sentence in form.problems())
        return

    payload = message.payload(kinds.MESSAGES[kind].build(form.content()))
    envelope = Envelope(payload, contactable_type="App\\LineContact", is_forced=False)
    posted = json.loads(envelope.body("U1", values))

    assert posted["message"] == draw(payload, channel="line", values=values).plain_message
    assert posted["message"] == notices.Reading(kinds.read(payload), values, {}).body
    said = content["message"] if kind == "text" else content["explain_text"]
    ours = payload["message"] if kind == "text" else payload["message"]["explain_text"]
    assert ours == kept(said)
    assert [each for each in notices.check(payload, values=values) if each.level == "error"] == []
    if not placeholders.names(payload):
        assert posted["message"] == payload["message"]


@pytest.mark.parametrize("text", [each for each in HARD if each.strip() and "\0" not in each])
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quick")
def test_text_that_hurts_arrives_as_written(text, client, fake_firstline):
    peishan = make_user("佩珊", rights=[rights.WRITE, rights.SEND])
    client.force_login(peishan)
    typed = f"{text}您好 {{{{ name }}}} {text}"
    ming = make_contact(f"王{text[:100]}", contactable_id="7")
    drawn = client.post("/compose/text/preview/", {"message": typed, "channel": "line"})
    form = forms.bound("text", {"message": typed})
    assert form.is_valid()
    version = library.once(kinds.MESSAGES["text"].build(form.content()), by=peishan)

    page = client.post(
        url("send_test", version, channel="line"), {"contact": ming.pk, "press": uuid4()}
    )
    prepare(Broadcast.objects.get())
    work()

    assert (drawn.status_code, page.status_code) == (200, 302)
    name = placeholders.fill("{{ name }}", Contact.objects.get().values)
    assert [post.json for post in fake_firstline.posts] == [
        {
            "contactable_type": "App\\LineContact",
            "contactable_id": 7,
            "type": "text",
            "message": f"{text}您好 {name} {text}".replace("\r\n", "\n"),
        }
    ]
