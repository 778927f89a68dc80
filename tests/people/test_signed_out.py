"""A session that ends while a page is open."""

import pytest
from django.test import Client
from django.urls import reverse

from people import rights
from tests.makers import make_user

pytestmark = pytest.mark.django_db

PREVIEW = "/compose/text/preview/"


@pytest.mark.parametrize(("method", "address"), [("post", PREVIEW), ("get", "/library/")])
def test_fragment_is_not_answered_with_the_sign_in_page(client, method, address):
    response = getattr(client, method)(address, headers={"HX-Request": "true"})

    assert (response.status_code, response.content) == (401, b"")


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/compose/text/?template=3", "/compose/text/%3Ftemplate%3D3"),
        ("https://evil.example/compose/", "/"),
        ("//evil.example/", "/"),
        ("", "/"),
    ],
)
def test_form_leads_back_to_its_page(client, referer, back):
    response = client.post(reverse("compose_save", args=["text"]), headers={"Referer": referer})

    assert response.url == f"/accounts/login/?next={back}"
    assert "nothing was done" in client.get(response.url).content.decode()


def test_page_is_asked_for_again_after_sign_in(client):
    assert client.get("/library/?q=x").url == "/accounts/login/?next=/library/%3Fq%3Dx"


def test_whoever_is_signed_in_notices_nothing(client):
    client.force_login(make_user(rights=[rights.WRITE]))

    response = client.post(PREVIEW, {"message": "嗨"}, headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert "嗨" in response.getvalue().decode()


def test_fragment_without_any_cookie_is_signed_out_too():
    """A browser whose cookies are gone shows no token either: that is not a missing permission."""
    browser = Client(enforce_csrf_checks=True)

    response = browser.post(PREVIEW, {"message": "嗨"}, headers={"HX-Request": "true"})

    assert (response.status_code, response.content) == (401, b"")


def test_fragment_of_a_page_that_is_out_of_date_is_not_a_missing_permission():
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_user(rights=[rights.WRITE]))

    response = browser.post(PREVIEW, {"message": "嗨"}, headers={"HX-Request": "true"})

    assert response.status_code == 400
