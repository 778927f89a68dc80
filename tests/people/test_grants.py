"""Nobody gives permissions that they do not hold, or changes the account of who holds more."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission, User

from people import grants, groups
from people.models import Entry
from tests.makers import make_user

pytestmark = pytest.mark.django_db

PASSWORDS = {
    "usable_password": "true",
    "password1": "another-one-1",
    "password2": "another-one-1",
}


def permission(codename):
    return Permission.objects.get(codename=codename)


@pytest.fixture
def administrator(client):
    """雅婷 may also change groups, which Administrators by themselves cannot."""
    groups.ensure()
    person = User.objects.create_user("雅婷", is_staff=True)
    person.groups.add(Group.objects.get(name="Administrators"))
    names = ["add_group", "change_group", "delete_group", "view_authenticator"]
    names += ["delete_authenticator"]
    person.user_permissions.set(permission(name) for name in names)
    client.force_login(person)
    return person


@pytest.fixture
def mighty():
    """A group that may delete contacts, which administrators may not."""
    group = Group.objects.create(name="清理")
    group.permissions.set([permission("delete_contact")])
    return group


def change(client, person, **fields):
    kept = {
        "username": person.username,
        "is_active": "on",
        "date_joined_0": "2026-01-01",
        "date_joined_1": "00:00:00",
    }
    return client.post(f"/admin/auth/user/{person.pk}/change/", kept | fields)


@pytest.mark.parametrize("whom", ["雅婷", "佩珊"], ids=["themselves", "another"])
def test_nobody_is_added_to_a_group_that_can_do_more(client, administrator, mighty, whom):
    make_user("佩珊")
    person = User.objects.get(username=whom)
    before = list(person.groups.all())

    answer = change(client, person, groups=[mighty.pk], is_staff="on")

    assert answer.status_code == 200
    assert "permissions that you do not have yourself: 清理." in answer.content.decode()
    assert list(person.groups.all()) == before


def test_a_group_within_ones_own_permissions_can_be_given(client, administrator):
    person, force = make_user("佩珊"), Group.objects.get(name="Force")

    answer = change(client, person, groups=[force.pk])

    assert (answer.status_code, list(person.groups.all())) == (302, [force])


def test_a_group_gains_nothing_that_one_does_not_hold(client, administrator):
    """Not the group of others, and not one's own."""
    for name in ("Agents", "Administrators"):
        group = Group.objects.get(name=name)
        wanted = [*group.permissions.values_list("pk", flat=True), permission("delete_contact").pk]

        answer = client.post(
            f"/admin/auth/group/{group.pk}/change/", {"name": name, "permissions": wanted}
        )

        assert "permissions that you do not have yourself" in answer.content.decode()
        assert not group.permissions.filter(codename="delete_contact").exists()


def test_a_new_group_has_nothing_that_one_does_not_hold(client, administrator):
    wanted = {"name": "新的", "permissions": [permission("delete_contact").pk]}

    answer = client.post("/admin/auth/group/add/", wanted)

    assert (answer.status_code, Group.objects.filter(name="新的").exists()) == (200, False)


def test_a_group_that_can_do_more_is_neither_changed_nor_deleted(client, administrator, mighty):
    address = f"/admin/auth/group/{mighty.pk}/"

    changed = client.post(f"{address}change/", {"name": "改", "permissions": []})
    deleted = client.post(f"{address}delete/", {"post": "yes"})
    many = {"action": "delete_selected", "_selected_action": [mighty.pk], "post": "yes"}
    client.post("/admin/auth/group/", many)

    assert (changed.status_code, deleted.status_code) == (403, 403)
    mighty.refresh_from_db()
    assert (mighty.name, mighty.permissions.count()) == ("清理", 1)


@pytest.mark.parametrize("is_active", [True, False])
@pytest.mark.parametrize("how", ["by group", "directly"])
def test_the_account_of_who_holds_more_stays_as_it_is(
    client, administrator, mighty, how, is_active
):
    """An inactive one too: it could be activated after its password was set."""
    person = make_user("阿強")
    if how == "by group":
        person.groups.add(mighty)
    else:
        person.user_permissions.add(permission("delete_contact"))
    User.objects.filter(pk=person.pk).update(is_active=is_active)

    changed = change(client, person, email="mine@evil.example", groups=[])
    reset = client.post(f"/admin/auth/user/{person.pk}/password/", PASSWORDS)

    assert (changed.status_code, reset.status_code) == (403, 403)
    person.refresh_from_db()
    assert (person.email, person.check_password("first-line-demo")) == ("", True)


def test_an_inactive_superuser_stays_as_it_is(client, administrator):
    root = User.objects.create_superuser("root", password="first-line-demo", is_active=False)

    changed = change(client, root)
    reset = client.post(f"/admin/auth/user/{root.pk}/password/", PASSWORDS)

    assert (changed.status_code, reset.status_code) == (403, 403)


def test_a_superuser_gives_anything(client, mighty):
    client.force_login(User.objects.create_superuser("root"))
    person = make_user("佩珊")

    change(client, person, groups=[mighty.pk])

    assert list(person.groups.all()) == [mighty]
    assert grants.find_beyond(User.objects.get(username="root"), [permission("add_user")]) == []


def test_the_second_factor_of_who_holds_more_is_not_taken_away(client, administrator, mighty):
    person, agent = make_user("阿強"), make_user("佩珊")
    person.groups.add(mighty)
    first, second = (
        Authenticator.objects.create(user=user, type="totp", data={}) for user in (person, agent)
    )
    address = "/admin/mfa/authenticator/"

    alone = client.post(f"{address}{first.pk}/delete/", {"post": "yes"})
    many = {"action": "delete_selected", "_selected_action": [first.pk], "post": "yes"}
    client.post(address, many)
    taken = client.post(f"{address}{second.pk}/delete/", {"post": "yes"})

    assert (alone.status_code, taken.status_code) == (403, 302)
    assert list(Authenticator.objects.all()) == [first]


def test_a_new_address_is_recorded_but_not_which(client, administrator):
    change(client, make_user("佩珊"), email="peishan@shop.example")

    entry = Entry.objects.get(verb="changed person")
    assert entry.detail["email"] is True
    assert "peishan@" not in str(entry.detail)
