"""What the record keeps of signing in, of second factors, and of looking at what is personal."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import rights
from people.models import Entry
from push.models import Broadcast, Contact, Delivery, Tag
from tests.makers import make_contact, make_template, make_user

pytestmark = pytest.mark.django_db

PASSWORD = "first-line-demo"


def entries(*leave_out):
    found = Entry.objects.exclude(verb__in=leave_out).order_by("pk")
    return [(entry.by and entry.by.username, entry.verb, entry.target) for entry in found]


def sign_in(client, password=PASSWORD, **headers):
    known = {"login": "佩珊", "password": password}
    return client.post("/accounts/login/", known, headers=headers)


def test_sign_ins_and_failures_keep_the_address_that_the_proxy_saw(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    make_user()

    sign_in(client, "wrong", **{"X-Forwarded-For": "10.9.9.9, 198.51.100.7"})
    sign_in(client, **{"X-Forwarded-For": "10.9.9.9, 198.51.100.8"})

    kept = Entry.objects.order_by("pk").values_list("verb", "detail")
    assert list(kept) == [
        ("sign-in failed", {"address": "198.51.100.7"}),
        ("signed in", {"address": "198.51.100.8"}),
    ]


def test_setting_the_own_password_is_recorded(client):
    make_user()
    sign_in(client)
    new = {"password1": "長長長長長長長長的密碼", "password2": "長長長長長長長長的密碼"}

    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **new})

    assert entries("signed in") == [("佩珊", "changed own password", "")]


def test_a_second_factor_is_recorded_from_on_to_off(client, django_capture_on_commit_callbacks):
    make_user()
    sign_in(client)

    with django_capture_on_commit_callbacks(execute=True):
        address = reverse("mfa_activate_totp")
        asked = client.get(address)
        page = client.post(asked.url, {"password": PASSWORD, "next": address}, follow=True)
        secret = page.context["form"].secret
        code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
        client.post(address, {"code": code})
    assert Authenticator.objects.count() == 2
    client.get(reverse("mfa_view_recovery_codes"))
    client.get(reverse("mfa_download_recovery_codes"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_generate_recovery_codes"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_deactivate_totp"))

    assert [verb for _by, verb, _target in entries("signed in")] == [
        "turned on second factor",
        "created backup codes",
        "viewed backup codes",
        "viewed backup codes",
        "created backup codes",
        "turned off second factor",
    ]
    said = "".join(str(entry.detail) for entry in Entry.objects.all())
    assert secret not in said


@pytest.fixture
def root(client):
    person = User.objects.create_superuser("root")
    client.force_login(person)
    return person


def test_deletions_in_the_admin_are_recorded_one_by_one(client, root):
    """Contacts and tags, by their page and by the action for many; names are not kept."""
    first, second = (make_contact(name, contactable_id=name[1:]) for name in ("小1", "小2"))
    vip, old = Tag.objects.create(name="vip"), Tag.objects.create(name="舊")
    first.tags.add(vip)

    def delete(model, one, many):
        client.post(f"/admin/push/{model}/{one.pk}/delete/", {"post": "yes"})
        data = {"action": "delete_selected", "_selected_action": [many.pk], "post": "yes"}
        client.post(f"/admin/push/{model}/", data)

    delete("tag", vip, old)
    delete("contact", first, second)

    assert (Contact.objects.count(), Tag.objects.count()) == (0, 0)
    assert entries("signed in") == [
        ("root", "deleted tag", "vip"),
        ("root", "deleted tag", "舊"),
        ("root", "deleted contact", "line 1"),
        ("root", "deleted contact", "line 2"),
    ]


def test_looking_at_what_was_sent_is_recorded(client):
    client.force_login(make_user(rights=[rights.SEND]))
    broadcast = Broadcast.objects.create(version=make_template().latest, channel="line")
    delivery = Delivery.objects.create(
        broadcast=broadcast, contact=make_contact(), at=timezone.now(), values={"name": "小明"}
    )
    parts = [broadcast.pk, delivery.pk]

    client.get(reverse("delivery", args=parts))
    client.get(reverse("delivery_body", args=parts))
    client.head(reverse("delivery_body", args=parts))
    client.get(reverse("broadcast", args=[broadcast.pk]))

    seen = Entry.objects.filter(verb="viewed message")
    assert [(entry.target, entry.detail) for entry in seen] == [
        (str(broadcast), {"delivery": delivery.pk})
    ] * 2


def test_every_entry_has_its_words_in_both_languages(client):
    client.force_login(make_user("雅婷", rights=[rights.RECORD]))
    sign_in(Client(), "wrong")

    pages = [
        client.get("/record/", headers={"accept-language": language}).content.decode()
        for language in ("en", "zh-hant")
    ]

    assert "IP address" in pages[0]
    assert "IP 位址" in pages[1]
