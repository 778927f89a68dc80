"""One demo person for each role."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Group, User
from django.db.models import Q
from django.utils.crypto import get_random_string

# The salt of every password that the demo sets: it shows even after DEMO_PASSWORD has changed.
MARK = "ofTheDemo"
DEFAULT_PASSWORD = "first-line-demo"  # noqa: S105 - printed by `make run`


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
        # As long as Django's own salt, and the mark: a shorter one is replaced at sign-in.
        person.password = make_password(settings.DEMO_PASSWORD, MARK + get_random_string(22))
        person.save(update_fields=["password"])
    return is_new or not has_password


def find_active() -> list[User]:
    """Demo people who can still sign in with a password that the demo gave them."""
    suspects = User.objects.filter(is_active=True).filter(
        Q(username__in=[role.username for role in ROLES]) | Q(password__contains=f"${MARK}")
    )
    return [person for person in suspects.order_by("pk") if _has_demo_password(person)]


def deactivate() -> list[str]:
    """Ends every sign-in of the demo's; gives their names."""
    found = find_active()
    for person in found:
        person.is_active = False
        person.set_unusable_password()
        person.save(update_fields=["is_active", "password"])
    return [person.username for person in found]


def _has_demo_password(person: User) -> bool:
    if f"${MARK}" in person.password:
        return True
    # Of installations whose demo was made before passwords had a mark.
    passwords = {DEFAULT_PASSWORD, settings.DEMO_PASSWORD}
    return any(check_password(password, person.password) for password in passwords)
