"""One demo person for each role."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group, User


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
    """Makes who is missing and the passwords what the setting says; how many changes."""
    return sum(_person(role) for role in ROLES)


def _person(role: Role) -> bool:
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
        person.groups.add(Group.objects.get(name=role.group))
    has_password = not is_new and person.check_password(settings.DEMO_PASSWORD)
    if not has_password:
        person.set_password(settings.DEMO_PASSWORD)
        person.save(update_fields=["password"])
    return is_new or not has_password
