"""Requests that no browser sends."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLResolver, get_resolver

from composer.models import Draft, Version
from people import rights
from tests.makers import make_template, make_user

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
DEEP = "[" * 100_000
NUMBER = re.compile(r"<(?:int|key):\w+>")
EVERY_RIGHT = [rights.WRITE, rights.PUBLISH, rights.IMPORT, rights.SEND, rights.FORCE]


@pytest.fixture
def strict_client():
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get("/accounts/login/")
    return client


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"message=\xe5", f"{FORM}; charset=big5"),
        (b"m\0e\0", f"{FORM}; charset=utf-16"),
        (b"garbage", "multipart/form-data"),
        (b"garbage", "multipart/form-data; boundary=" + "x" * 300),
        (b"&".join(b"f%d=" % number for number in range(3_000)), FORM),
        (b"message=" + b"x" * 6_000_000, FORM),
    ],
    ids=["big5", "utf-16", "no boundary", "long boundary", "3,000 fields", "6 MB"],
)
def test_body_that_cannot_be_read_is_said_on_a_page(strict_client, body, content_type):
    response = strict_client.generic("POST", "/accounts/login/", body, content_type=content_type)

    assert response.status_code == 400
    assert "did not understand this request" in response.content.decode()


def test_garbage_at_no_address_is_not_found(strict_client):
    response = strict_client.post("/nowhere/", b"garbage", content_type="multipart/form-data")

    assert response.status_code == 404
    assert "There is nothing at this address" in response.content.decode()


@pytest.mark.parametrize(
    "values", [DEEP, "[1]", '{"name":{"a":1}}', '{"name":"\\ud800"}', "\0", "nan"]
)
def test_forged_values_are_nobodys(client, values):
    client.force_login(make_user(rights=[rights.WRITE]))
    posted = {"message": "嗨 {{ name }}", "values": values}

    response = client.post("/compose/text/preview/", posted)

    assert response.status_code == 200
    assert "嗨" in response.getvalue().decode()


def test_pasted_half_a_character_is_not_kept(client):
    client.force_login(make_user(rights=[rights.WRITE]))
    pasted = json.dumps({"type": "text", "message": "a\ud800b"})

    response = client.post("/compose/text/paste/", {"json": pasted})

    assert response.status_code == 200
    assert [draft.content for draft in Draft.objects.all()] == [{"message": "ab"}]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("address", "on_postgresql"),
    [
        ("/library/?q=%00&tag=%00&owner=%00", 200),
        ("/contacts/?q=%00&tag=%00&account=%00", 200),
        ("/send/?find=%00", 400),
        ("/send/?version=1&search=%00&tag=%00&kept=%00&to=some&channel=line", 200),
        ("/send/test/?version=1&find=%00&channel=line", 400),
        ("/drill/?q=%00&phone=line:%00", 400),
        ("/record/?verb=%00", 200),
    ],
)
def test_nul_in_an_address_is_refused_where_the_database_does(client, address, on_postgresql):
    client.force_login(make_user(rights=[rights.SEND, rights.RECORD]))
    version = make_template().latest

    response = client.get(address.replace("version=1", f"version={version.pk}"))

    expected = on_postgresql if connection.vendor == "postgresql" else 200
    assert response.status_code == expected


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("step", "status"),
    [
        ("draft", 200),
        ("save", 422),
        ("send", 422),
        ("switch", 200),
        ("paste", 422),
        ("preview", 200),
    ],
)
def test_nul_in_a_message_is_said_or_left_out(client, step, status):
    client.force_login(make_user(rights=[rights.SEND, rights.WRITE]))
    posted = {"message": "a\0b", "name": "c\0d", "json": '"\\u0000"', "to": "button"}

    response = client.post(f"/compose/text/{step}/", posted)

    kept = [(draft.name, draft.content | draft.aside) for draft in Draft.objects.all()]
    assert response.status_code == status
    assert "\\u0000" not in json.dumps(kept)
    assert not Version.objects.exists()


def test_keys_no_database_holds_are_at_no_address(client):
    client.force_login(make_user(rights=EVERY_RIGHT))
    addresses = list(with_keys(get_resolver(), "9" * 20))

    answered = {
        address: client.generic(method, address).status_code
        for address in addresses
        for method in ("GET", "POST")
    }

    assert len(addresses) > 30
    assert set(answered.values()) == {404}


def with_keys(resolver, key):
    """Our own addresses that hold a key, filled with one."""
    for pattern in resolver.url_patterns:
        route = str(pattern.pattern)
        if isinstance(pattern, URLResolver) and not route:
            yield from with_keys(pattern, key)
        elif NUMBER.search(route):
            yield "/" + NUMBER.sub(key, route)
