"""Every way that ends in a session asks for the second factor, and counts failed attempts."""

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.models import User
from django.core.cache import caches
from django.test import Client
from django.urls import get_resolver

from people.models import Entry
from tests.makers import make_user
from tests.people.routes import address_of, patterns

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.people.urls_with_mail")]

PASSWORD = "first-line-demo"
SECRET = generate_totp_secret()
ADDRESSES = sorted(
    {
        address_of(route)
        for route, _name in patterns(get_resolver("tests.people.urls_with_mail").url_patterns)
    }
)
# What forms for signing in call their fields, here and elsewhere.
CREDENTIALS = {
    "login": "雅婷",
    "username": "雅婷",
    "email": "yating@shop.example",
    "password": PASSWORD,
    "password1": PASSWORD,
    "password2": PASSWORD,
    "oldpassword": PASSWORD,
    "code": "000000",
    "next": "/",
    "this_is_the_login_form": "1",
}
WRONG = CREDENTIALS | {"password": "wrong", "oldpassword": "wrong"}


@pytest.fixture(autouse=True)
def _empty_cache():
    """Failed attempts of the test before."""
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def person():
    user = make_user("雅婷")
    User.objects.filter(pk=user.pk).update(
        is_staff=True, is_superuser=True, email="yating@shop.example"
    )
    return user


@pytest.fixture
def protected(person):
    TOTP.activate(person, SECRET)
    return person


def code():
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


def is_signed_in(client):
    return "_auth_user_id" in client.session


def try_all(credentials):
    """The addresses that give a session to whoever posts these, by form or as JSON."""
    return [
        address
        for address in ADDRESSES
        for options in ({}, {"content_type": "application/json"})
        for client in [Client()]
        if [client.post(address, credentials, **options), is_signed_in(client)][1]
    ]


@pytest.mark.usefixtures("protected")
def test_no_address_gives_a_session_without_the_second_factor():
    assert len(ADDRESSES) > 100
    assert try_all(CREDENTIALS) == []


@pytest.mark.usefixtures("person")
def test_only_the_sign_in_page_gives_a_session_to_a_password():
    assert try_all(CREDENTIALS) == ["/accounts/login/"]


@pytest.mark.usefixtures("person")
def test_failed_attempts_count_wherever_they_were_made():
    before = Entry.objects.filter(verb="sign-in failed").count()
    for _ in range(5):
        Client().post("/accounts/login/", WRONG)

    assert try_all(CREDENTIALS) == []
    assert Entry.objects.filter(verb="sign-in failed").count() == before + 5


@pytest.mark.usefixtures("protected")
def test_password_and_code_sign_in(client):
    answer = client.post("/accounts/login/", CREDENTIALS)
    assert (answer.url, is_signed_in(client)) == ("/accounts/2fa/authenticate/", False)

    client.post("/accounts/2fa/authenticate/", {"code": code()})

    assert is_signed_in(client)


@pytest.mark.usefixtures("protected")
def test_codes_are_not_guessed(client):
    client.post("/accounts/login/", CREDENTIALS)
    for _ in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})

    client.post("/accounts/2fa/authenticate/", {"code": code()})

    assert not is_signed_in(client)


@pytest.mark.usefixtures("protected")
def test_code_is_taken_once(client):
    client.post("/accounts/login/", CREDENTIALS)
    used = code()
    client.post("/accounts/2fa/authenticate/", {"code": used})
    other = Client()
    other.post("/accounts/login/", CREDENTIALS)

    other.post("/accounts/2fa/authenticate/", {"code": used})

    assert (is_signed_in(client), is_signed_in(other)) == (True, False)


def test_pages_between_password_and_code_are_closed(client, protected):
    client.post("/accounts/login/", CREDENTIALS)

    answers = [client.get(page) for page in ("/", "/admin/", "/accounts/2fa/", "/contacts/")]

    assert {answer.status_code for answer in answers} == {302}
    assert client.post("/accounts/2fa/recovery-codes/").status_code in {302, 405}
    assert protected.authenticator_set.count() == 1


@pytest.mark.parametrize("address", ["/accounts/reauthenticate/", "/accounts/2fa/reauthenticate/"])
def test_asking_again_counts_too(client, protected, address):
    client.force_login(protected)
    for _ in range(5):
        client.post(address, {"password": "wrong", "code": "000000"})

    answer = client.post(address, {"password": PASSWORD, "code": code()})

    assert answer.status_code in {200, 429}


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/admin/login/", "/admin/"),
        ("/admin/login/?next=/admin/auth/user/", "/admin/auth/user/"),
        ("/admin/login/?next=https://evil.example/", "/admin/"),
        ("/admin/login/?next=//evil.example/", "/admin/"),
        ("/admin/login/?next=javascript:alert(1)", "/admin/"),
    ],
)
def test_admin_leads_to_the_sign_in_page(client, address, page):
    answer = client.get(address)

    assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={page}")


def test_admin_takes_no_password(client, person):
    answer = client.post("/admin/login/", CREDENTIALS)

    assert answer.url.startswith("/accounts/login/?next=")
    assert not is_signed_in(client)
    assert not Entry.objects.filter(by=person).exists()


def test_admin_opens_after_the_one_sign_in(client, person):
    asked = client.get("/admin/auth/user/", follow=True)
    answer = client.post(asked.redirect_chain[-1][0], CREDENTIALS | {"next": "/admin/auth/user/"})

    assert answer.url == "/admin/auth/user/"
    assert client.get(answer.url).status_code == 200
    assert client.get("/admin/login/?next=/admin/auth/user/").url == "/admin/auth/user/"
    assert Entry.objects.filter(verb="signed in", by=person).count() == 1


def test_admin_tells_who_may_not_open_it(client):
    client.force_login(make_user("志豪"))

    page = client.get("/admin/", follow=True)

    assert page.status_code == 403
    assert "open the admin pages" in page.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_admin_has_no_password_page_of_its_own(client, person, method):
    client.force_login(person)
    new = {"old_password": PASSWORD, "new_password1": "長" * 12, "new_password2": "長" * 12}

    answer = getattr(client, method)("/admin/password_change/", new)

    person.refresh_from_db()
    assert answer.url == "/accounts/password/change/"
    assert person.check_password(PASSWORD)


def test_admin_signs_out_as_everywhere(client, person):
    client.force_login(person)

    assert client.get("/admin/logout/").status_code == 200
    answer = client.post("/admin/logout/")

    assert (answer.url, is_signed_in(client)) == ("/", False)
