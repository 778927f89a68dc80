"""What a person is called: 王志豪, Ada Lovelace, or the name they sign in with."""

import re

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q

SHOWN = 5
HAN = re.compile(r"[\u3400-\u9fff]")


def called(person: User | AnonymousUser | None) -> str:
    """Chinese names begin with the family's and have no space; nobody is a dash."""
    if person is None or isinstance(person, AnonymousUser):
        return "—"
    if HAN.search(person.last_name + person.first_name):
        return f"{person.last_name}{person.first_name}"
    return person.get_full_name() or person.username


def administrators() -> list[str]:
    """Those who can give permissions, by the name that colleagues know."""
    found = User.objects.filter(
        Q(is_superuser=True) | Q(groups__name="Administrators"), is_active=True
    )
    return [called(person) for person in found.distinct().order_by("pk")[:SHOWN]]
