"""Tables whose rows the database itself refuses to change: versions and the record.

A trigger on each looks for a row of `people_retentionpass`. Retention writes one, does its work and
takes it back, in one transaction: nobody else ever sees it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from people.models import RetentionPass

TABLES = ("composer_version", "people_entry")

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM people_retentionpass) THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$
"""
POSTGRESQL = """
CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""
SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_{event}_append_only BEFORE {event} ON {table}
WHEN NOT EXISTS (SELECT 1 FROM people_retentionpass)
BEGIN
    SELECT RAISE(ABORT, '{table} is append-only');
END
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Makes the triggers that are missing. SQLite loses them when a migration rebuilds a table."""
    if not {*TABLES, RetentionPass._meta.db_table} <= set(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for table in TABLES:
            if connection.vendor == "postgresql":
                cursor.execute(POSTGRESQL.format(table=table))
            else:
                for event in ("UPDATE", "DELETE"):
                    cursor.execute(SQLITE.format(table=table, event=event))


def remove(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
            else:
                for event in ("UPDATE", "DELETE"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{event}_append_only")


@contextmanager
def allow_changes() -> Iterator[None]:
    """For retention only: within it, and in its transaction, rows may be changed and deleted."""
    with transaction.atomic():
        passed = RetentionPass.objects.create()
        yield
        passed.delete()
