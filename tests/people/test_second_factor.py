"""Second factors: their secrets are unreadable, and some people cannot work without one."""

import json
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from cryptography.fernet import InvalidToken
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.cache import caches

from config import database_checks
from people import second_factor
from people.models import Entry
from tests.homes import Home
from tests.makers import make_user

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SEED = "5eed" * 20
OLD, NEW = "the-old-key-" * 5, "the-new-key-" * 5
PASSWORD = "first-line-demo"


@pytest.fixture(autouse=True)
def _empty_cache():
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def protected():
    user = make_user("雅婷")
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


@pytest.fixture
def administrator(client):
    user = make_user("志豪")
    User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)
    user.refresh_from_db()
    client.force_login(user)
    return user


def code():
    return format_hotp_value(hotp_value(SECRET, next(counters())))


def sign_in(client, user, code=None):
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    if code:
        client.post("/accounts/2fa/authenticate/", {"code": code})
    return "_auth_user_id" in client.session


def test_secrets_are_unreadable_in_the_database(protected, settings):
    kept = json.dumps([each.data for each in Authenticator.objects.all()])

    assert SECRET not in kept
    assert settings.SECRET_KEY not in kept
    assert kept.count(second_factor.MARK) == 2


def test_code_of_an_encrypted_secret_signs_in(client, protected):
    assert sign_in(client, protected, code())


def test_recovery_code_of_an_encrypted_seed_signs_in_once(client, protected):
    first = Authenticator.objects.get(type="recovery_codes").wrap().generate_codes()[0]

    assert sign_in(client, protected, first)
    client.post("/accounts/logout/")
    assert not sign_in(client, protected, first)


def test_two_secrets_alike_do_not_look_alike():
    assert second_factor.encrypt(SECRET) != second_factor.encrypt(SECRET)


def test_key_can_change(client, settings):
    settings.SECRET_KEY = OLD
    user = make_user("雅婷")
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert sign_in(client, user, code())
    second_factor.rotate_all()
    settings.SECRET_KEY_FALLBACKS = []

    assert second_factor.decrypt(Authenticator.objects.get(type="totp").data["secret"]) == SECRET
    assert len(Authenticator.objects.get(type="recovery_codes").wrap().generate_codes()) == 10


def test_secret_of_a_lost_key_is_said_and_lets_nobody_in(client, protected, settings, caplog):
    settings.SECRET_KEY = NEW
    client.post("/accounts/login/", {"login": "雅婷", "password": PASSWORD})

    page = client.post("/accounts/2fa/authenticate/", {"code": code()})

    assert "Ask an administrator" in page.content.decode()
    assert "_auth_user_id" not in client.session
    assert "not in SECRET_KEY_FALLBACKS" in caplog.text


def test_readable_secrets_of_before_are_encrypted_and_back():
    migration = import_module("people.migrations.0005_encrypt_second_factors")
    user = make_user()
    plain = [
        ("totp", {"secret": SECRET}),
        ("recovery_codes", {"seed": SEED, "used_mask": 5}),
    ]
    for kind, data in plain:
        Authenticator.objects.create(user=user, type=kind, data=data)
    other = make_user("雅婷")
    migrated = {"migrated_codes": ["12345678", "23456789"], "used_mask": 0}
    Authenticator.objects.create(user=other, type="recovery_codes", data=migrated)

    migration.encrypt(apps, None)
    migration.encrypt(apps, None)
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    codes = Authenticator.objects.get(user=other).wrap().generate_codes()
    migration.decrypt(apps, None)

    assert not [each for each in (SECRET, SEED, "12345678") if each in kept]
    assert '"used_mask": 5' in kept
    assert codes == migrated["migrated_codes"]
    assert list(Authenticator.objects.order_by("pk").values_list("type", "data")) == [
        *plain,
        ("recovery_codes", migrated),
    ]


def test_text_that_is_no_secret_is_refused():
    with pytest.raises(InvalidToken):
        second_factor.decrypt(SECRET)


def test_admin_shows_no_secret_to_anybody(client, administrator, protected):
    totp = Authenticator.objects.get(type="totp")
    pages = [
        "/admin/",
        "/admin/mfa/authenticator/",
        f"/admin/mfa/authenticator/{totp.pk}/change/",
        f"/admin/mfa/authenticator/{totp.pk}/delete/",
        f"/admin/auth/user/{protected.pk}/change/",
    ]

    answers = [client.get(page) for page in pages]

    assert [answer.status_code for answer in answers] == [200] * 5
    shown = "".join(answer.content.decode() for answer in answers)
    assert not [each for each in (SECRET, totp.data["secret"], second_factor.MARK) if each in shown]
    assert client.get("/admin/mfa/authenticator/add/").status_code == 403
    assert client.post(pages[2], {"data": "{}"}).status_code == 403
    assert client.get("/admin/account/emailaddress/").status_code == 404


@pytest.mark.parametrize("by_list", [True, False])
def test_administrator_turns_off_a_lost_second_factor(client, administrator, protected, by_list):
    totp = Authenticator.objects.get(type="totp")
    if by_list:
        chosen = {"action": "delete_selected", "_selected_action": [totp.pk], "post": "yes"}
        client.post("/admin/mfa/authenticator/", chosen)
    else:
        client.post(f"/admin/mfa/authenticator/{totp.pk}/delete/", {"post": "yes"})

    assert not Authenticator.objects.exists()
    entry = Entry.objects.get(verb="removed second factor")
    assert (entry.by, entry.target) == (administrator, "雅婷")
    client.logout()
    assert sign_in(client, protected)


@pytest.fixture(params=["all", "group"])
def required(request, settings):
    """佩珊, who must have a second factor and has none."""
    user = make_user("佩珊", rights=["composer.write_template"])
    user.groups.add(Group.objects.get(name="Agents"))
    settings.MFA_REQUIRED_FOR = ["all"] if request.param == "all" else ["Force", "Agents"]
    return user


PAGES = ["/", "/compose/text/", "/contacts/", "/record/", "/admin/", "/accounts/password/change/"]


@pytest.mark.parametrize("page", PAGES)
def test_who_lacks_a_second_factor_is_led_to_set_it_up(client, required, page):
    client.force_login(required)

    opened, sent = client.get(page), client.post(page, {"message": "嗨"})

    assert (opened.status_code, opened.url) == (302, "/accounts/2fa/totp/activate/")
    assert (sent.status_code, sent.url) == (302, "/accounts/2fa/totp/activate/")


def test_fragment_leads_there_too(client, required):
    client.force_login(required)

    answer = client.post(
        "/compose/text/preview/", {"message": "嗨"}, headers={"HX-Request": "true"}
    )

    assert (answer.headers["HX-Redirect"], answer.content) == ("/accounts/2fa/totp/activate/", b"")


def test_set_up_opens_the_product(client, required):
    sign_in(client, required)
    asked = client.get("/", follow=True)
    address = "/accounts/2fa/totp/activate/"
    client.post(asked.redirect_chain[-1][0], {"password": PASSWORD, "next": address})
    page = client.get(address)
    assert "Set up two-step verification first" in asked.content.decode()

    secret = client.session["mfa.totp.secret"]
    done = client.post(address, {"code": format_hotp_value(hotp_value(secret, next(counters())))})

    assert page.status_code == 200
    assert done.url == "/accounts/2fa/recovery-codes/"
    assert [client.get(each).status_code for each in ("/", done.url)] == [200, 200]
    assert "mfa.totp.secret" not in client.session


def test_required_second_factor_is_not_turned_off(client, required):
    TOTP.activate(required, SECRET)
    sign_in(client, required, code())
    address = "/accounts/2fa/totp/deactivate/"
    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": address})

    client.post(address)

    assert Authenticator.objects.filter(user=required).exists()


def test_recovery_codes_alone_are_no_second_factor(client, required):
    RecoveryCodes.activate(required)
    client.force_login(required)

    assert client.get("/").url == "/accounts/2fa/totp/activate/"


def test_way_out_stays_open(client, required):
    client.force_login(required)

    assert client.post("/language/setlang/", {"language": "zh-hant"}).status_code == 302
    assert client.get("/healthz").status_code == 200
    assert client.get("/looks.css").status_code == 200
    assert client.post("/accounts/logout/").url == "/"
    assert client.get("/").url.startswith("/accounts/login/")


def test_others_notice_nothing(client, settings):
    settings.MFA_REQUIRED_FOR = ["Force"]
    client.force_login(make_user())

    assert client.get("/").status_code == 200


def test_group_that_the_setting_names_keeps_its_name(client, administrator, settings):
    settings.MFA_REQUIRED_FOR = ["Agents"]
    agents, others = Group.objects.get(name="Agents"), Group.objects.get(name="Force")

    for group in (agents, others):
        client.post(f"/admin/auth/group/{group.pk}/change/", {"name": f"{group.name}!"})
        client.post(f"/admin/auth/group/{group.pk}/delete/", {"post": "yes"})

    assert Group.objects.filter(name="Agents").exists()
    assert not Group.objects.filter(pk=others.pk).exists()


def test_group_that_does_not_exist_stops_the_start(settings):
    settings.MFA_REQUIRED_FOR = ["all", "Agents", "Bosses"]

    assert database_checks.find_reasons() == [
        "MFA_REQUIRED_FOR must be all or names of groups; there is no group “Bosses”."
    ]


def test_group_that_does_not_exist_is_one_line_of_any_command():
    with Home(MFA_REQUIRED_FOR="agents") as home:
        done = home.manage("export_templates", check=False)

    line = "MFA_REQUIRED_FOR must be all or names of groups; there is no group “agents”.\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", line)
