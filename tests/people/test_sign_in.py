"""Signing in and out: the pages, the demo's sign-ins, the limits, the record."""

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_out
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.urls import reverse

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


def test_guessing_is_slowed_down(client):
    make_user()
    for _ in range(5):
        sign_in(client, password="wrong")
        in_another_process()

    page = sign_in(client).content.decode()

    assert "Too many failed login attempts" in page
    assert "_auth_user_id" not in client.session


def test_tries_count_for_the_address_that_the_proxy_saw(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    make_user()
    for number in range(10):
        forged = {"X-Forwarded-For": f"{number}, 198.51.100.1"}
        sign_in(client, str(number), headers=forged)

    slowed = sign_in(client, headers={"X-Forwarded-For": "198.51.100.1"})
    other = sign_in(client, headers={"X-Forwarded-For": "198.51.100.2"})

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


def test_the_admin_signs_in_to_the_same_record(client):
    person = make_user("雅婷")
    person.is_staff = True
    person.save()

    client.post("/admin/login/", {"username": "雅婷", "password": "first-line-demo"})

    assert deeds() == [("雅婷", "signed in", "")]


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
    ["account_change_password", "account_email", "mfa_index", "account_logout"],
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
