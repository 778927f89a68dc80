"""The page after a Save or a Send that was refused, which stands at the form's own address."""

import re

import pytest

from composer.models import Template
from people import rights
from tests.makers import make_template, make_user, make_version


@pytest.fixture
def me(client, db):
    person = make_user(rights=[rights.WRITE, rights.SEND])
    client.force_login(person)
    return person


def addresses(page):
    return set(re.findall(r'(?:form)?action="(/compose/text/(?:save|send)/.*?)"', page))


def ticked(page, name):
    return re.findall(rf'name="{name}" value="(\w+)"[^>]*? checked', page)


@pytest.mark.parametrize("step", ["save", "send"])
def test_asked_for_anew_it_is_there_with_what_was_typed(client, me, step):
    template = make_template(state=Template.State.DRAFT, owner=me)
    make_version(template, "第二版")
    opened = client.get(f"/compose/text/?template={template.pk}").content.decode()
    address = f"/compose/text/{step}/?template={template.pk}"
    typed = {"template": template.pk, "expected": 2, "name": "", "message": " " * (step == "send")}

    refused = client.post(address, typed)
    again = client.get(address, follow=True)

    assert address in addresses(opened)
    assert addresses(refused.content.decode()) == addresses(opened)
    assert refused.status_code == 422
    assert again.redirect_chain == [(f"/compose/text/?template={template.pk}", 302)]
    assert "This is your draft" in again.content.decode()


def test_language_can_be_changed_on_it(client, me):
    refused = client.post("/compose/text/save/", {"message": "別弄丟我"}).content.decode()
    back = re.search(r'name="next" value="(.*?)"', refused)[1]

    answer = client.post("/language/setlang/", {"language": "zh-hant", "next": back}, follow=True)

    assert answer.status_code == 200
    assert "別弄丟我" in answer.content.decode()


def test_it_shows_what_was_picked(client, me):
    picked = {"look": "dark", "size": "narrow", "beside": "json", "channel": "viber"}

    fresh = client.get("/compose/text/").content.decode()
    refused = client.post("/compose/text/save/", picked | {"message": "嗨"}).content.decode()
    forged = client.post("/compose/text/save/", dict.fromkeys(picked, "x")).content.decode()

    plainest = {"look": ["light"], "size": ["large"], "beside": ["notices"], "channel": ["line"]}
    assert {name: ticked(fresh, name) for name in picked} == plainest
    assert {name: ticked(forged, name) for name in picked} == plainest
    assert {name: ticked(refused, name) for name in picked} == {
        name: [value] for name, value in picked.items()
    }
