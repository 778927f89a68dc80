"""Whether the tables are those that this code was written for."""

from dataclasses import dataclass
from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

Key = tuple[str, str]


@dataclass(frozen=True)
class Differences:
    """Migrations that were not applied yet, and those that only newer code knows; sorted."""

    missing: list[Key]
    unknown: list[Key]


def find_differences() -> Differences:
    """One query; a database without any tables lacks everything."""
    return compare(set(MigrationRecorder(connection).applied_migrations()))


def compare(applied: set[Key]) -> Differences:
    """Between what was applied somewhere and what this code brings."""
    known, replaced = _known()
    missing = {
        key for key in known - applied if not (replaced.get(key) and set(replaced[key]) <= applied)
    }
    apps = {app for app, _name in known}
    names = known.union(*replaced.values())
    # Apps that are not installed here may have tables: Redis brings one, for instance.
    unknown = {key for key in applied - names if key[0] in apps}
    return Differences(sorted(missing), sorted(unknown))


@cache
def _known() -> tuple[set[Key], dict[Key, list[Key]]]:
    """What this code brings, and which older migrations each of them stands for."""
    found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return set(found), {key: list(each.replaces) for key, each in found.items() if each.replaces}
