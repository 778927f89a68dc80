"""Who may give which permissions, and change whose account: nobody beyond what they hold."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.db.models import Q, QuerySet


def can_change_account(by: User | AnonymousUser, account: User) -> bool:
    """Whether `by` holds at least what the account holds, also while that one is inactive.

    Whoever can set a password, an e-mail address or a second factor can sign in with it.
    """
    if by.is_superuser:
        return True
    return not account.is_superuser and _ids(_held(account)) <= _ids(_held(by))


def can_change_group(by: User | AnonymousUser, group: Group) -> bool:
    return by.is_superuser or _ids(group.permissions.all()) <= _ids(_held(by))


def find_beyond(by: User | AnonymousUser, wanted: Iterable[Permission]) -> list[Permission]:
    """Those that `by` does not hold, so cannot give."""
    if by.is_superuser:
        return []
    held = _ids(_held(by))
    return [each for each in wanted if each.pk not in held]


def find_groups_beyond(by: User | AnonymousUser, groups: Iterable[Group]) -> list[Group]:
    return [group for group in groups if not can_change_group(by, group)]


def _held(account: User | AnonymousUser) -> QuerySet[Permission]:
    return Permission.objects.filter(Q(user=account.pk) | Q(group__user=account.pk))


def _ids(permissions: QuerySet[Permission]) -> set[int]:
    return set(permissions.values_list("pk", flat=True))
