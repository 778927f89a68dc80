"""What browsers may keep of a page, and what they may do in it."""

import re

import pytest
from django.urls import get_resolver

from push.models import Contact
from tests.makers import make_contact, make_template, make_user
from tests.people.routes import address_of, patterns

pytestmark = pytest.mark.django_db

PAGES = sorted(
    {address_of(route) for route, _name in patterns(get_resolver().url_patterns)} - {"/looks.css"}
)
PICTURES = "https://pictures.stranger.example"


@pytest.fixture
def administrator(client):
    user = make_user("雅婷")
    user.is_staff = user.is_superuser = True
    user.save()
    client.force_login(user)
    return user


@pytest.mark.parametrize("headers", [None, {"HX-Request": "true"}], ids=["page", "fragment"])
def test_every_private_page_is_kept_by_no_cache(client, administrator, headers):
    make_template()
    make_contact()
    kept = [
        address
        for address in PAGES
        if not address.startswith(("/media/", "/accounts/logout/", "/admin/logout/"))
        and "no-store" not in client.get(address, headers=headers).headers["Cache-Control"]
    ]

    assert len(PAGES) > 100
    assert kept == []


def test_redirects_and_refusals_are_not_kept_either(client):
    answers = [client.get(each) for each in ("/", "/contacts/", "/nowhere/", "/accounts/login/")]

    assert all("no-store" in answer.headers["Cache-Control"] for answer in answers)


def test_what_is_public_may_be_kept(client):
    assert "no-store" not in client.get("/looks.css").headers["Cache-Control"]


def test_pages_may_only_write_to_the_clipboard(client):
    allowed = dict(
        part.split("=") for part in client.get("/accounts/login/")["Permissions-Policy"].split(", ")
    )

    assert [name for name, value in allowed.items() if value != "()"] == ["clipboard-write"]
    assert allowed["clipboard-write"] == "(self)"
    assert {"camera", "microphone", "geolocation", "payment", "usb"} <= allowed.keys()


def test_pictures_of_contacts_are_not_loaded_from_strangers(client, administrator):
    person = make_contact("小明", picture_url=f"{PICTURES}/1.png")
    Contact.objects.filter(pk=person.pk).update(account=f"{PICTURES}/2.png")
    template = make_template()
    pages = [
        "/",
        "/contacts/",
        "/contacts/?channel=line",
        f"/contacts/{person.pk}/",
        f"/compose/text/?template={template.pk}&as={person.pk}",
        f"/compose/?to=line:{person.contactable_id}",
        f"/send/{template.latest.pk}/?channel=line",
        "/admin/push/contact/",
        f"/admin/push/contact/{person.pk}/change/",
    ]

    shown = "".join(client.get(page, follow=True).content.decode() for page in pages)

    assert "小明" in shown
    assert (
        re.findall(rf'(?:src|srcset|poster|data)="[^"]*{PICTURES}|url\([^)]*{PICTURES}', shown)
        == []
    )
