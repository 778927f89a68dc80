"""A template that was archived or is no longer shared while somebody had it open."""

import pytest

from composer.models import Draft, Template, Version
from people import rights
from tests.makers import make_template, make_user

WORDS = "no longer shared with you"


@pytest.fixture
def agent(client, db):
    person = make_user(rights=[rights.WRITE, rights.SEND])
    client.force_login(person)
    return person


@pytest.fixture
def typed(client, agent):
    """What is on the open page of a template that is archived by now, beside a new message."""
    client.post("/compose/text/draft/", {"message": "另一則新訊息"})
    template = make_template("歡迎", state=Template.State.ARCHIVED)
    return {"template": template.pk, "expected": 1, "name": "歡迎", "message": "改到一半"}


def kept():
    return [(draft.template, draft.content) for draft in Draft.objects.all()]


NEW_MESSAGE = [(None, {"message": "另一則新訊息"})]


@pytest.mark.parametrize("step", ["draft", "switch", "paste"])
def test_what_keeps_by_itself_writes_into_no_other_draft(client, typed, step):
    more = {"to": "button", "json": '{"type": "text", "message": "貼上"}'}

    answer = client.post(f"/compose/text/{step}/", typed | more)

    assert answer.status_code == 404
    assert kept() == NEW_MESSAGE


@pytest.mark.parametrize("step", ["save", "send"])
def test_press_says_it_first_and_shows_what_was_typed(client, typed, step):
    answer = client.post(f"/compose/text/{step}/", typed)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert WORDS in page
    assert "改到一半" in page
    assert f'name="template" value="{typed["template"]}"' in page
    assert kept() == NEW_MESSAGE
    assert Version.objects.count() == 1


def test_saved_again_it_is_a_new_template(client, agent, typed):
    told = typed | {"apart": "1"}

    taken = client.post("/compose/text/save/", told)
    client.post("/compose/text/save/", told | {"name": "歡迎，我的"})

    saved = Template.objects.get(name="歡迎，我的")
    assert taken.status_code == 422
    assert "Another template has this name" in taken.content.decode()
    assert (saved.owner, saved.latest.payload["message"]) == (agent, "改到一半")
    assert kept() == NEW_MESSAGE


def test_sent_again_it_goes_out_outside_the_library(client, typed):
    answer = client.post("/compose/text/send/", typed | {"apart": "1"})

    version = Version.objects.get(template__is_listed=False)
    assert answer.url == f"/send/?version={version.pk}&channel=line"
    assert kept() == NEW_MESSAGE


def test_going_back_to_what_is_saved_drops_no_other_draft(client, typed):
    answer = client.post("/compose/text/discard/", typed, follow=True)

    assert answer.redirect_chain == [("/library/", 302)]
    assert WORDS in answer.content.decode()
    assert kept() == NEW_MESSAGE


def test_damaged_key_is_no_new_message(client, typed):
    assert client.post("/compose/text/draft/", typed | {"template": "1,001"}).status_code == 404
    assert kept() == NEW_MESSAGE


def test_open_page_is_told(client, typed):
    answer = client.post(f"/compose/here/{typed['template']}/", {"expected": 1})

    assert WORDS in answer.content.decode()
    assert '<input type="hidden" form="compose" name="apart" value="1">' in answer.content.decode()
