"""Signing in and out: the pages, the demo's sign-ins, the limits, the record."""

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_out
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from people import devices
from people.models import Entry
from tests.makers import make_user

pytestmark = pytest.mark.django_db


def sign_in(client, name="佩珊", password="first-line-demo", *, headers=None, **more):
    known = {"login": name, "password": password, **more}
    return client.post("/accounts/login/", known, headers=headers)


def in_another_process():
    """What one process remembers, another one does not."""
    for cache in caches.all():
        if isinstance(cache, LocMemCache):
            cache.clear()


def deeds():
    return list(Entry.objects.order_by("pk").values_list("by__username", "verb", "target"))


def test_sign_in_says_as_whom(client):
    make_user()
    sign_in(client, headers={"Accept-Language": "zh-hant"})
    page = client.get("/")

    assert "已用 佩珊 登入。" in page.text


def test_sign_in_leads_where_one_wanted_to_go(client):
    make_user()

    response = sign_in(client, next="/library/?q=嗨")

    assert response.url == "/library/?q=%E5%97%A8"
    assert deeds() == [("佩珊", "signed in", "")]


def test_sign_in_leads_to_no_other_host(client):
    make_user()

    assert sign_in(client, next="https://evil.example/").url == "/"


def test_wrong_password_is_said_and_recorded(client):
    make_user()

    page = sign_in(client, password="wrong").content.decode()

    assert "are not correct" in page
    assert deeds() == [(None, "sign-in failed", "佩珊")]


@pytest.mark.parametrize("name", ["nobody", "my-password", "<b>", "a\0b", "名" * 500])
def test_a_stranger_is_refused_without_being_written_down(client, name):
    response = sign_in(client, name=name)

    assert response.status_code == 200
    assert {target for _, _, target in deeds()} <= {""}


def from_address(address):
    return {"X-Forwarded-For": address}


@pytest.fixture
def proxied(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


def guess(address, times=5, name="佩珊"):
    for _ in range(times):
        sign_in(Client(), name, "wrong", headers=from_address(address))
        in_another_process()


def test_guessing_is_slowed_down(client):
    make_user()
    for _ in range(5):
        sign_in(client, password="wrong")
        in_another_process()

    page = sign_in(client).content.decode()

    assert "Too many failed login attempts" in page
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("proxied")
@pytest.mark.parametrize("other", ["198.51.100.2", "2001:db8:1:2::1"])
def test_stranger_who_guesses_locks_out_only_themselves(other):
    make_user()
    for number in range(40):
        guess(f"203.0.113.{number}")
    guess("2001:db8:1:1::7")

    stranger = sign_in(Client(), headers=from_address("203.0.113.1"))
    neighbour = sign_in(Client(), headers=from_address("2001:db8:1:1:ffff::9"))
    colleague = sign_in(Client(), headers=from_address(other))

    assert "Too many failed login attempts" in stranger.content.decode()
    assert "Too many failed login attempts" in neighbour.content.decode()
    assert colleague.status_code == 302


@pytest.mark.usefixtures("proxied")
def test_stranger_behind_the_same_address_does_not_lock_out_a_known_browser(client):
    make_user()
    make_user("雅婷")
    here = from_address("198.51.100.1")
    sign_in(client, headers=here)
    client.post("/accounts/logout/", headers=here)
    guess("198.51.100.1")
    guess("198.51.100.1", name="雅婷")

    unknown = sign_in(Client(), headers=here)
    as_another = sign_in(client, "雅婷", headers=here)
    known = sign_in(client, headers=here)

    assert "Too many failed login attempts" in unknown.content.decode()
    assert "Too many failed login attempts" in as_another.content.decode()
    assert known.status_code == 302


def test_known_browser_has_a_limit_too(client):
    make_user()
    sign_in(client)
    client.post("/accounts/logout/")
    for _ in range(5):
        sign_in(client, password="wrong")

    assert "Too many failed login attempts" in sign_in(client).content.decode()


def test_browser_is_known_only_by_a_cookie_of_ours(client):
    make_user()
    client.cookies["known_device"] = "eyJhIjoiYiJ9:1w:forged"
    for _ in range(5):
        sign_in(client, password="wrong")

    assert "Too many failed login attempts" in sign_in(client).content.decode()


def test_browser_that_many_share_remembers_the_last(rf):
    cookies = {}
    for number in range(20):
        response = HttpResponse()
        request = rf.get("/")
        request.COOKIES = cookies
        devices.remember(request, response, f"人{number}")
        cookies = {devices.COOKIE: response.cookies[devices.COOKIE].value}
    request.COOKIES = cookies

    known = [number for number in range(20) if devices.find(request, f"人{number}")]
    assert known == list(range(12, 20))


@pytest.mark.usefixtures("proxied")
def test_tries_count_for_the_address_that_the_proxy_saw():
    make_user()
    for number in range(30):
        sign_in(Client(), str(number), headers=from_address(f"{number}, 198.51.100.1"))

    slowed = sign_in(Client(), headers=from_address("198.51.100.1"))
    other = sign_in(Client(), headers=from_address("198.51.100.2"))

    assert "Too many failed login attempts" in slowed.content.decode()
    assert other.status_code == 302


def test_sign_out_takes_a_press_and_is_recorded(client):
    client.force_login(make_user())

    assert client.get("/accounts/logout/").status_code == 200
    client.post("/accounts/logout/")

    assert "_auth_user_id" not in client.session
    assert deeds()[-1] == ("佩珊", "signed out", "")


def test_signing_out_nobody_is_not_recorded():
    user_logged_out.send(User, request=None, user=None)

    assert deeds() == []


def test_demo_people_are_offered_on_a_drill(client, settings):
    make_user("agent")
    make_user("志豪")

    page = client.get("/accounts/login/").content.decode()

    assert 'data-fill="agent"' in page
    assert 'data-fill="admin"' not in page
    assert "志豪" not in page
    assert settings.DEMO_PASSWORD in page


def test_demo_people_are_not_offered_where_customers_are_real(client, settings):
    settings.DRILL = False
    make_user("agent")

    page = client.get("/accounts/login/").content.decode()

    assert "data-fill" not in page
    assert settings.DEMO_PASSWORD not in page


def test_nobody_signs_up(client):
    assert (
        "People are added by an administrator" in client.get("/accounts/signup/").content.decode()
    )


@pytest.mark.parametrize(
    "name",
    ["account_change_password", "mfa_index", "account_logout"],
)
def test_pages_of_ones_own_account_have_our_look(client, name):
    client.force_login(make_user())

    page = client.get(reverse(name)).content.decode()

    assert 'class="panel account-panel"' in page
    assert 'class="rail"' in page


def test_password_changes(client):
    person = make_user()
    client.force_login(person)

    client.post(
        reverse("account_change_password"),
        {
            "oldpassword": "first-line-demo",
            "password1": "長長長長長長長長長長的密碼",
            "password2": "長長長長長長長長長長的密碼",
        },
    )

    person.refresh_from_db()
    assert person.check_password("長長長長長長長長長長的密碼")


def test_a_second_step_can_be_set_up(client):
    client.force_login(make_user())
    address = reverse("mfa_activate_totp")

    asked = client.get(address)
    again = {"password": "first-line-demo", "next": address}
    page = client.post(asked.url, again, follow=True).content.decode()

    assert 'src="data:image/svg' in page
