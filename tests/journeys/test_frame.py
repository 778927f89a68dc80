"""The frame around every page, and the pages that say what went wrong."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, override_settings
from django.urls import path
from django.utils.html import strip_tags

from composer.templatetags import look
from config import urls
from people import rights
from tests.makers import make_user

pytestmark = pytest.mark.django_db


def broken(request):
    raise RuntimeError("as when something breaks")


def suspicious(request):
    raise SuspiciousOperation("as when a request is altered")


@rights.required(rights.SEND)
def sends(request):
    raise AssertionError("nobody without the right gets here")


def denied(request):
    raise PermissionDenied


urlpatterns = [
    path("broken/", broken),
    path("suspicious/", suspicious),
    path("sends/", sends),
    path("denied/", denied),
    *urls.urlpatterns,
]
handler403 = urls.handler403


@pytest.fixture
def page():
    """Asks for an address as a person, or as nobody, and gives the status and the page."""

    def ask(address, user=None, **headers):
        client = Client(raise_request_exception=False, headers=headers)
        if user:
            client.force_login(user)
        response = client.get(address)
        return response.status_code, response.content.decode()

    with override_settings(ROOT_URLCONF=__name__):
        yield ask


@pytest.mark.parametrize("name", ["佩珊", None])
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nowhere/", 404, "There is nothing at this address"),
        ("/broken/", 500, "Something went wrong on our side"),
        ("/suspicious/", 400, "The server did not understand this request"),
        ("/denied/", 403, "Your rights do not cover this"),
    ],
)
def test_error_page_says_what_happened(page, name, address, status, words):
    answered, html = page(address, make_user(name) if name else None)

    assert answered == status
    assert words in html
    assert "css/base.css" in html


def test_missing_right_is_named_with_who_can_give_it(page):
    administrator = make_user("阿強")
    administrator.last_name, administrator.first_name = "張", "雅婷"
    administrator.is_superuser = True
    administrator.save()

    status, html = page("/sends/", make_user("志豪"))

    assert status == 403
    assert "You need the right to send broadcasts" in html
    assert "These people can give it to you: 張雅婷." in html


def test_missing_right_sends_nobody_to_sign_in(page):
    status, _ = page("/sends/")

    assert status == 302


def test_stale_form_is_explained():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/accounts/login/", {"login": "佩珊"})

    assert response.status_code == 403
    assert "This page is out of date" in response.content.decode()


def test_rail_shows_where_one_is_and_what_one_may(page):
    _, plain = page("/library/", make_user("志豪"))
    _, trusted = page("/library/", make_user("佩珊", rights=[rights.RECORD]))

    assert plain.count('aria-current="page"') == 1
    assert '<a class="rail-link" href="/library/" aria-current="page">' in plain
    assert 'href="/record/"' not in plain
    assert 'href="/admin/"' not in plain
    assert 'href="/record/"' in trusted


def test_frame_follows_the_chosen_language(client):
    client.force_login(make_user())

    response = client.post("/language/setlang/", {"language": "zh-hant", "next": "/library/"})

    assert response["Location"] == "/library/"
    assert '<html lang="zh-hant"' in client.get("/library/").content.decode()


def test_drill_strip_is_gone_where_customers_are(client, settings):
    client.force_login(make_user())

    assert 'class="drill"' in client.get("/library/").content.decode()
    settings.DRILL = False
    assert 'class="drill"' not in client.get("/library/").content.decode()


def test_every_verdict_has_its_own_icon_and_word():
    verdicts = ["as-is", "loses", "refused", "hint"]

    drawn = [look.verdict(name) for name in verdicts]

    assert len({drawing.split("data-icon=")[1].split()[0] for drawing in drawn}) == 4
    assert len({strip_tags(drawing) for drawing in drawn}) == 4


def test_channel_name_of_an_unknown_slug_is_the_slug():
    assert [look.channel_name(slug) for slug in ("line", "pigeon")] == ["LINE", "pigeon"]
