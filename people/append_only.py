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
# Triggers of rows do not see that all of them go at once.
POSTGRESQL_TRUNCATE = """
CREATE OR REPLACE TRIGGER {table}_append_only_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""
SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_{event}_append_only BEFORE {event} ON {table}
WHEN NOT EXISTS (SELECT 1 FROM people_retentionpass) {condition}
BEGIN
    SELECT RAISE(ABORT, '{table} is append-only');
END
"""
# REPLACE deletes the row that is in its way, and SQLite calls no trigger of DELETE for that.
REPLACES = "AND EXISTS (SELECT 1 FROM {table} WHERE {taken})"
TAKEN = {
    "composer_version": "id = NEW.id OR template_id = NEW.template_id AND number = NEW.number",
    "people_entry": "id = NEW.id",
}
SQLITE_EVENTS = ("UPDATE", "DELETE", "INSERT")


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
                cursor.execute(POSTGRESQL_TRUNCATE.format(table=table))
                continue
            replaces = REPLACES.format(table=table, taken=TAKEN[table])
            for event in SQLITE_EVENTS:
                condition = replaces if event == "INSERT" else ""
                cursor.execute(SQLITE.format(table=table, event=event, condition=condition))


def remove(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "postgresql":
                for name in (f"{table}_append_only", f"{table}_append_only_truncate"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            else:
                for event in SQLITE_EVENTS:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{event}_append_only")


@contextmanager
def allow_changes() -> Iterator[None]:
    """For retention only: within it, and in its transaction, rows may be changed and deleted."""
    with transaction.atomic():
        passed = RetentionPass.objects.create()
        yield
        passed.delete()
