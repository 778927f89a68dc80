"""Every address asks who it is, and for the right that it needs; the public ones are listed."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from people import rights
from tests.makers import make_contact, make_template, make_user

pytestmark = pytest.mark.django_db

PARTS = {
    "kind": "text",
    "deed": "archive",
    "key": "0b1f7a52-5d5e-4b0e-9a55-0c7e5c0e9f11",
    "name": f"pictures/{'0' * 32}.jpg",
}
PUBLIC = {
    "healthz",
    "looks",
    "set_language",
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "mfa_authenticate",
    # Uploaded pictures: customers' phones do not sign in.
    "/media/" + PARTS["name"],
}
RIGHTS = {
    rights.WRITE: "compose compose_preview compose_picture compose_fix compose_paste "
    "compose_draft compose_discard compose_switch compose_save template_duplicate pictures "
    "picture_shelf picture_crop picture_rename picture_delete",
    rights.PUBLISH: "library_import template_move",
    rights.IMPORT: "contact_new contact_disturb contacts_import import import_discard import_go "
    "import_rejects broadcast_silence",
    rights.SEND: "compose_send send send_check send_count send_examples send_go send_people "
    "send_spreads send_test broadcast_cancel broadcast_csv broadcast_pause broadcast_release "
    "broadcast_resume broadcast_retry broadcast_settle broadcast_go_on broadcast_pace "
    "broadcast_stop_held broadcast_time broadcast_tokens audience_save audience_forget "
    "broadcast_take_back",
    rights.FORCE: "broadcast_force",
    rights.RECORD: "record record_export",
}
NEEDED = {name: right for right, names in RIGHTS.items() for name in names.split()}


def patterns(found, before=""):
    for each in found:
        address = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield address, each.name
        else:
            yield from patterns(each.url_patterns, address)


def address_of(route):
    """An address that the route takes; regular expressions lose their marks."""
    if route.startswith("^media/"):
        return "/media/" + PARTS["name"]
    route = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: PARTS.get(match[1], "1"), route)
    return "/" + re.sub(r"\(\?P.*?\)(?=[-/]|$)", "1", route).replace("^", "").replace("$", "")


ALL = list(patterns(get_resolver().url_patterns))
OURS = {
    name or address_of(route): address_of(route)
    for route, name in ALL
    if not route.startswith("admin/")
}
ADMIN = [address_of(route) for route, _name in ALL if route.startswith("admin/")]
NOT_ASKING = {"/admin/login/", "/admin/logout/", "/admin/jsi18n/"}


def answers(client, address):
    return [client.get(address), client.post(address)]


@pytest.mark.parametrize("name", sorted(OURS.keys() - PUBLIC))
def test_view_asks_nobody_to_sign_in(name):
    asked = answers(Client(), OURS[name])

    assert {response.status_code for response in asked} == {302}
    assert {response.url.split("?")[0] for response in asked} == {"/accounts/login/"}


@pytest.mark.parametrize("address", [each for each in ADMIN if each not in NOT_ASKING])
def test_admin_asks_nobody_to_sign_in(address):
    response = Client().get(address)

    assert (response.status_code, response.url.split("?")[0]) == (302, "/admin/login/")
    assert Client().get(response.url).url.split("?")[0] == "/accounts/login/"


def test_public_addresses_exist():
    assert PUBLIC - OURS.keys() == set()


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_view_asks_for_its_right(client, name):
    every = {right for right in RIGHTS if right != NEEDED[name]}
    client.force_login(make_user("志豪", rights=every))

    asked = answers(client, OURS[name])

    assert {response.status_code for response in asked} == {403}


def test_who_may_only_look_changes_nothing(client):
    contact, template = make_contact(), make_template("歡迎")
    client.force_login(make_user("志豪"))
    again = f"/library/{template.pk}/versions/1/again/"

    refused = [f"/contacts/{contact.pk}/", f"/library/{template.pk}/details/", again]

    assert [client.post(each, {"name": "改", "expected": "1"}).status_code for each in refused] == [
        403,
        403,
        403,
    ]
    contact.refresh_from_db()
    template.refresh_from_db()
    assert (contact.name, template.name) == ("小明", "歡迎")


@pytest.mark.parametrize("address", ["/admin/", "/admin/push/contact/", "/admin/auth/user/"])
def test_admin_is_for_administrators(client, address):
    client.force_login(make_user(rights=[rights.WRITE, rights.SEND, rights.IMPORT]))

    assert client.get(address).url.startswith("/admin/login/")


@pytest.mark.parametrize(
    "where", ["//evil.example", "https://evil.example/", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_host(client, where):
    make_user()
    known = {"login": "佩珊", "password": "first-line-demo", "next": where}

    language = client.post("/language/setlang/", {"language": "zh-hant", "next": where})
    signed_in = client.post("/accounts/login/", known)

    assert (language.url, signed_in.url) == ("/", "/")
