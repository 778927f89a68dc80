"""What in the database keeps every process from starting; see `config.startup`."""

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from people import schema, second_factor
from push.demo import people


def find_reasons() -> list[str]:
    """Reasons not to start, the most important first.

    A database that does not answer, or has no tables yet, gives none: each command says that in
    its own words.
    """
    try:
        return [*_find_newer_schema(), *_find_demo_people(), *_find_unknown_groups()]
    except (DatabaseError, InterfaceError):
        return []


def find_missing_tables() -> list[str]:
    """For what serves people: tables of older code would fail later, page by page."""
    try:
        missing = schema.find_differences().missing
    except (DatabaseError, InterfaceError):
        return []
    if not missing:
        return []
    return ["The database was not updated for this version: run `python -m scripts.ready` first."]


def _find_newer_schema() -> list[str]:
    unknown = schema.find_differences().unknown
    if not unknown:
        return []
    newest = ".".join(unknown[-1])
    return [
        f"The database was updated by a newer version (migration {newest}): install that version"
        " again, or restore the backup from before the update with `manage.py restore FILE`."
    ]


def _find_demo_people() -> list[str]:
    if settings.DRILL:
        return []
    names = ", ".join(person.username for person in people.find_active())
    if not names:
        return []
    return [
        f"Demo users can still sign in ({names}): `manage.py end_demo` deactivates them and"
        " removes the demo's contacts."
    ]


def _find_unknown_groups() -> list[str]:
    return [
        f"MFA_REQUIRED_FOR must be all or names of groups; there is no group “{name}”."
        for name in second_factor.find_unknown_groups()
    ]
