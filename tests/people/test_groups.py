"""The groups of a fresh installation, and changing who is in them."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command

from people import groups, rights
from people.models import Entry
from tests.makers import make_user

pytestmark = pytest.mark.django_db


def granted(name):
    permissions = Group.objects.get(name=name).permissions.select_related("content_type")
    return {f"{each.content_type.app_label}.{each.codename}" for each in permissions}


def test_ensure_gives_every_group_its_rights():
    groups.ensure()

    assert {name: granted(name) for name in rights.GROUPS} == {
        name: set(wanted) for name, wanted in rights.GROUPS.items()
    }


def test_ensure_again_keeps_what_an_administrator_added():
    groups.ensure()
    Group.objects.get(name="Broadcasters").permissions.set(
        Group.objects.get(name="Force").permissions.all()
    )

    groups.ensure()

    assert granted("Broadcasters") == {*rights.GROUPS["Broadcasters"], rights.FORCE}


@pytest.fixture
def administrator(client):
    groups.ensure()
    person = User.objects.create_user("雅婷", is_staff=True)
    person.groups.add(Group.objects.get(name="Administrators"))
    client.force_login(person)
    return person


@pytest.fixture
def superuser():
    return User.objects.create_superuser("root", password="first-line-demo")


def change(client, person, **fields):
    kept = {
        "username": person.username,
        "is_active": "on",
        "date_joined_0": "2026-01-01",
        "date_joined_1": "00:00:00",
    }
    return client.post(f"/admin/auth/user/{person.pk}/change/", kept | fields)


def set_password(client, person):
    known = {"usable_password": "true", "password1": "another-one-1", "password2": "another-one-1"}
    return client.post(f"/admin/auth/user/{person.pk}/password/", known)


def deeds(verb):
    entries = Entry.objects.filter(verb=verb).order_by("pk")
    return [(entry.by, entry.target, entry.detail) for entry in entries]


def test_administrator_makes_another_one_by_group(client, administrator):
    someone = make_user("佩珊", views=())
    chosen = Group.objects.get(name="Administrators")

    response = change(client, someone, groups=[chosen.pk], is_staff="on")

    someone.refresh_from_db()
    assert response.status_code == 302
    assert (list(someone.groups.all()), someone.is_staff) == ([chosen], True)
    said = {"groups": ["Administrators"], "rights": [], "active": True, "staff": True}
    assert deeds("changed person") == [(administrator, "佩珊", said | {"superuser": False})]


@pytest.mark.parametrize("whom", ["雅婷", "佩珊"], ids=["themselves", "another"])
def test_administrator_makes_nobody_superuser(client, administrator, whom):
    make_user("佩珊", views=())
    person = User.objects.get(username=whom)
    every = Permission.objects.values_list("pk", flat=True)

    change(client, person, is_staff="on", is_superuser="on", user_permissions=list(every))

    person = User.objects.get(username=whom)
    assert (person.is_superuser, person.get_all_permissions()) == (False, set())


def test_administrator_changes_no_superuser(client, administrator, superuser):
    changed = change(client, superuser, username="mine")
    reset = set_password(client, superuser)

    superuser.refresh_from_db()
    assert (changed.status_code, reset.status_code) == (403, 403)
    assert superuser.username == "root"
    assert superuser.check_password("first-line-demo")


def test_superuser_makes_a_superuser(client, superuser):
    someone = make_user("佩珊", views=())
    client.force_login(superuser)

    change(client, someone, is_staff="on", is_superuser="on")

    someone.refresh_from_db()
    assert someone.is_superuser


def test_a_new_password_is_recorded(client, administrator):
    someone = make_user("佩珊", views=())

    set_password(client, someone)

    someone.refresh_from_db()
    assert someone.check_password("another-one-1")
    assert deeds("reset password") == [(administrator, "佩珊", {})]
    assert deeds("changed person") == []


def test_nobody_is_deleted(client, superuser):
    someone = make_user("佩珊", views=())
    client.force_login(superuser)

    alone = client.post(f"/admin/auth/user/{someone.pk}/delete/", {"post": "yes"})
    many = {"action": "delete_selected", "_selected_action": [someone.pk], "post": "yes"}
    client.post("/admin/auth/user/", many)

    assert alone.status_code == 403
    assert User.objects.filter(username="佩珊").exists()


def test_migrating_gives_groups_what_they_lack():
    Group.objects.get(name="Broadcasters").permissions.clear()
    Group.objects.get(name="Force").delete()

    call_command("migrate", verbosity=0)

    assert (granted("Broadcasters"), granted("Force")) == (
        set(rights.GROUPS["Broadcasters"]),
        set(rights.GROUPS["Force"]),
    )


def test_changing_a_group_is_recorded(client, superuser):
    client.force_login(superuser)
    force = Group.objects.get(name="Force")

    client.post(f"/admin/auth/group/{force.pk}/change/", {"name": "Force", "permissions": []})

    assert deeds("changed group") == [(superuser, "Force", {"rights": []})]


def test_deleting_groups_is_recorded(client, superuser):
    client.force_login(superuser)
    one, other = Group.objects.create(name="甲"), Group.objects.create(name="乙")

    client.post(f"/admin/auth/group/{one.pk}/delete/", {"post": "yes"})
    many = {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"}
    client.post("/admin/auth/group/", many)

    assert not Group.objects.filter(name__in=["甲", "乙"]).exists()
    assert deeds("deleted group") == [(superuser, "甲", {}), (superuser, "乙", {})]


def test_a_fresh_installation_has_the_groups_with_all_their_rights():
    """Those that the migration made: nobody called anything."""
    assert {name: granted(name) for name in rights.GROUPS} == {
        name: set(wanted) for name, wanted in rights.GROUPS.items()
    }


def test_who_worked_with_the_product_goes_on_seeing_it():
    """The migration: groups and people with any of its rights get the views, the others nothing."""
    by_hand, own, nothing = Group.objects.create(name="夜班"), make_user("佩珊"), make_user("志豪")
    sends = Permission.objects.get(codename="send_broadcast")
    by_hand.permissions.set([sends])
    own.user_permissions.set([sends])
    nothing.user_permissions.clear()

    import_module("people.migrations.0004_views").give_views(apps, None)

    assert granted("夜班") == {rights.SEND, *rights.VIEWS}
    assert own.get_all_permissions() == {rights.SEND, *rights.VIEWS}
    assert nothing.get_all_permissions() == set()
