"""What the composer is told of contacts: whom to draw for, and which placeholders there are."""

import html
import json
import re

import pytest
from django.core.cache import caches

from people import rights
from push import attributes, contacts
from push.attributes import Filled
from tests.makers import make_contact, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _signed_in(client):
    caches["process"].clear()
    client.force_login(make_user("志豪", rights=[rights.WRITE]))


def options(page):
    return [
        json.loads(html.unescape(value)) for value in re.findall(r'<option value="(.*?)"', page)
    ]


def known(page):
    return re.search(r'name="known" value="(.*?)"', page)[1]


def test_shown_as_gives_values_and_nobody(client):
    make_contact("小明", contactable_id="1", attributes={"city": "台北"})
    make_contact("小華", channel="facebook", contactable_id="2", attributes={"size": "M"})

    page = client.get("/contacts/as/?channel=line").content.decode()

    assert options(page) == [{"name": "小明", "id": "1", "city": "台北"}, {}]
    assert known(page) == "name,id,city,size"


@pytest.mark.parametrize("query", ["", "?channel=all", "?channel=viber"])
def test_shown_as_without_contacts_is_nobody(client, query):
    page = client.get(f"/contacts/as/{query}").content.decode()

    assert (options(page), known(page)) == ([{}], "name,id")


def test_shown_as_keeps_hostile_values_inside_their_option(client):
    make_contact('"><script>', attributes={"a": "'\"</select>"})

    page = client.get("/contacts/as/?channel=line").content.decode()

    assert "<script>" not in page
    assert options(page)[0]["a"] == "'\"</select>"


def test_telling_contacts_are_the_ones_that_may_go_wrong():
    usual = {"city": "台北", "points": "3"}
    for number in range(20):
        make_contact(f"王小明{number:02}", attributes=usual)
    longest = make_contact("長" * 30, attributes=usual)
    emoji = make_contact("🎀小美", attributes=usual)
    nameless = make_contact("", attributes=usual)
    bare = make_contact("林怡君", attributes={})
    latin = make_contact("Emily", attributes=usual)
    wordy = make_contact("周", attributes={"city": "台北" * 50, "points": "3"})

    told = contacts.telling(contacts.sample("line"))

    assert len(told) == 8
    assert {longest, emoji, nameless, bare, latin, wordy} <= set(told)
    assert (bool(told[0].name), told[0].attributes) == (True, usual)


def test_placeholders_say_how_many_fill_them(client):
    make_contact("小明", attributes={"city": "台北", "note": ""})
    make_contact("", attributes={"city": "高雄", "size": "M"})
    make_contact("小華", channel="viber", attributes={"other": "x"})

    response = client.get("/contacts/placeholders/?channel=line")

    assert response.context["offered"] == [
        (Filled("name", 1, 2), "{{ name | }}"),
        (Filled("id", 2, 2), "{{ id }}"),
        (Filled("city", 2, 2), "{{ city }}"),
        (Filled("size", 1, 2), "{{ size | }}"),
    ]
    assert 'data-insert="{{ city }}"' in response.content.decode()


def test_of_many_contacts_some_are_looked_at_and_no_name_is_forgotten(client, monkeypatch):
    monkeypatch.setattr(attributes, "LOOKED_AT", 2)
    for number in range(3):
        make_contact("小明", contactable_id=str(number), attributes={"city": "台北"})
    rare = make_contact("小明", contactable_id="9")
    contacts.save(rare, tags=[], changes={"rare": "x"}, by=make_user())

    page = client.get("/contacts/placeholders/?channel=line")

    assert page.context["is_sampled"] is True
    assert [filled.name for filled, _text in page.context["offered"]] == ["name", "id", "city"]
    assert known(client.get("/contacts/as/").content.decode()) == "name,id,city,rare"


def test_counting_is_done_once_a_minute(client, django_assert_num_queries):
    make_contact("小明")
    client.get("/contacts/placeholders/?channel=line")

    # Session, person, permissions.
    with django_assert_num_queries(3):
        client.get("/contacts/placeholders/?channel=line")


@pytest.mark.parametrize("many", [1, 3])
def test_shown_as_costs_the_same_for_one_and_three(client, django_assert_num_queries, many):
    for number in range(many):
        make_contact(f"小明{number}", attributes={"city": "台北"})

    # Session, person, permissions, the first by name, the last; totals, attributes, names.
    with django_assert_num_queries(8):
        client.get("/contacts/as/?channel=line")


def test_shown_as_names_no_contact_to_those_who_may_not_see_them(client):
    make_contact("小明", "livechat", attributes={"city": "台北"})
    client.force_login(make_user("新人", rights=[rights.WRITE], views=()))

    page = client.get("/contacts/as/")

    assert "小明" not in page.content.decode()
    assert "台北" not in page.content.decode()
