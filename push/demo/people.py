"""The groups with their rights, and one demo person for each role."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group, Permission, User

from people import rights


@dataclass(frozen=True)
class Role:
    """A demo person: how they sign in, what they are called, what they may do."""

    username: str
    last_name: str
    first_name: str
    group: str
    is_staff: bool = False
    is_superuser: bool = False


ROLES = (
    Role("agent", "林", "佩珊", "Agents"),
    Role("manager", "王", "志豪", "Template managers", is_staff=True),
    Role("admin", "張", "雅婷", "Administrators", is_staff=True, is_superuser=True),
)


def load() -> int:
    """Makes what is missing and the passwords what the setting says; how many changes."""
    groups = {name: _group(name, granted) for name, granted in rights.GROUPS.items()}
    return sum(_person(role, groups[role.group]) for role in ROLES)


def _group(name: str, granted: list[str]) -> Group:
    group, is_new = Group.objects.get_or_create(name=name)
    # An administrator may have taken a right away since: only a new group gets them all.
    if is_new:
        group.permissions.set(_permission(right) for right in granted)
    return group


def _permission(right: str) -> Permission:
    app, codename = right.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _person(role: Role, group: Group) -> bool:
    person, is_new = User.objects.get_or_create(
        username=role.username,
        defaults={
            "first_name": role.first_name,
            "last_name": role.last_name,
            "is_staff": role.is_staff,
            "is_superuser": role.is_superuser,
        },
    )
    if is_new:
        person.groups.add(group)
    has_password = not is_new and person.check_password(settings.DEMO_PASSWORD)
    if not has_password:
        person.set_password(settings.DEMO_PASSWORD)
        person.save(update_fields=["password"])
    return is_new or not has_password
