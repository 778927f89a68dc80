"""Versions and the record in the database itself: rows are added, never changed, never deleted."""

import pytest
from django.db import IntegrityError, connection, models, transaction

from composer.models import Version
from people import append_only, record
from people.models import Entry, RetentionPass
from tests.makers import make_template, make_user

pytestmark = pytest.mark.django_db

# A replaced version need not name the row in its way: its number does.
OTHERS = ", ".join(field.column for field in Version._meta.fields if not field.primary_key)


def rows(model):
    """Past the model's own refusal."""
    return models.QuerySet(model)


def make(model):
    if model is Version:
        return make_template().latest
    return record.note(make_user(), "saved", target="歡迎")


def raw(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("model", [Version, Entry])
@pytest.mark.parametrize(
    "change",
    [
        lambda model, made: rows(model).update(at="2000-01-01T00:00Z"),
        lambda model, made: rows(model).filter(pk=made.pk).update(by=None),
        lambda model, made: rows(model)._raw_delete("default"),
        lambda model, made: raw(f"DELETE FROM {model._meta.db_table}"),
        lambda model, made: raw(f"UPDATE {model._meta.db_table} SET by_id = NULL"),
        lambda model, made: raw(f"UPDATE {model._meta.db_table} SET id = id + 1"),
        lambda model, made: made.save(),
        lambda model, made: made.delete(),
    ],
    ids=["update", "forget who", "delete", "DELETE", "UPDATE", "renumber", "save", "delete one"],
)
def test_database_refuses_change(model, change):
    made = make(model)
    before = list(rows(model).values())

    with pytest.raises((IntegrityError, TypeError)), transaction.atomic():
        change(model, made)

    assert list(rows(model).values()) == before


@pytest.mark.parametrize("model", [Version, Entry])
def test_database_refuses_that_all_rows_go_or_are_replaced(model):
    made, table, is_version = make(model), model._meta.db_table, model is Version
    before = list(rows(model).values())
    # Each in the words of its database; CASCADE, because deliveries refer to versions.
    statements = {
        "sqlite": [
            f"REPLACE INTO {table} SELECT * FROM {table}",
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE id = {made.pk}",
            *([f"REPLACE INTO {table} ({OTHERS}) SELECT {OTHERS} FROM {table}"] * is_version),
        ],
        "postgresql": [f"TRUNCATE {table} CASCADE"],
    }

    # PostgreSQL truncates no table whose foreign keys it still has to check.
    connection.check_constraints()
    for statement in statements[connection.vendor]:
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            raw(statement)

    assert list(rows(model).values()) == before


@pytest.mark.parametrize("model", [Version, Entry])
def test_rows_are_added_as_ever(model):
    make(model)

    assert rows(model).count() >= 1


@pytest.mark.parametrize("model", [Version, Entry])
def test_retention_is_let_through_and_nobody_after_it(model):
    made = make(model)

    with append_only.allow_changes():
        rows(model).filter(pk=made.pk).update(at="2000-01-01T00:00Z")

    assert rows(model).get(pk=made.pk).at.year == 2000
    with pytest.raises(IntegrityError), transaction.atomic():
        rows(model).filter(pk=made.pk).update(at="2001-01-01T00:00Z")


def test_a_retention_run_that_fails_leaves_the_tables_closed():
    make(Entry)

    def fail():
        with append_only.allow_changes():
            rows(Entry)._raw_delete("default")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert (Entry.objects.count(), RetentionPass.objects.count()) == (1, 0)


def test_triggers_are_made_again_after_a_migration_that_lost_them():
    append_only.remove(connection)
    append_only.install(connection)
    append_only.install(connection)
    made = make(Entry)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows(Entry).filter(pk=made.pk).update(verb="x")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_tables_are_closed_again_after_a_test_that_emptied_them(turn):
    made = make(Entry)

    with pytest.raises(IntegrityError):
        rows(Entry).filter(pk=made.pk).update(verb="x")
