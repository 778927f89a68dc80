"""The groups of a fresh installation, and changing who is in them."""

import pytest
from django.contrib.auth.models import Group

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

    assert granted("Broadcasters") == {rights.SEND, rights.FORCE}


def test_changing_a_person_is_recorded(client):
    groups.ensure()
    administrator = make_user("雅婷", rights.GROUPS["Administrators"])
    administrator.is_staff = True
    administrator.save()
    someone = make_user("佩珊")
    client.force_login(administrator)
    agents = Group.objects.get(name="Agents")

    response = client.post(
        f"/admin/auth/user/{someone.pk}/change/",
        {
            "username": "佩珊",
            "groups": [agents.pk],
            "is_active": "on",
            "date_joined_0": "2026-01-01",
            "date_joined_1": "00:00:00",
        },
    )

    assert response.status_code == 302
    assert list(someone.groups.all()) == [agents]
    entry = Entry.objects.get(verb="changed person")
    assert (entry.by, entry.target, entry.detail["groups"]) == (administrator, "佩珊", ["Agents"])


def test_changing_a_group_is_recorded(client):
    groups.ensure()
    superuser = make_user("雅婷")
    superuser.is_staff = superuser.is_superuser = True
    superuser.save()
    client.force_login(superuser)
    force = Group.objects.get(name="Force")

    client.post(f"/admin/auth/group/{force.pk}/change/", {"name": "Force", "permissions": []})

    assert Entry.objects.get(verb="changed group").detail == {"rights": []}


def test_a_fresh_installation_has_the_groups_with_all_their_rights():
    """Those that the migration made: nobody called anything."""
    assert {name: granted(name) for name in rights.GROUPS} == {
        name: set(wanted) for name, wanted in rights.GROUPS.items()
    }
