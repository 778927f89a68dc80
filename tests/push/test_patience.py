"""Waiting for a database that does not answer."""

import logging
import sqlite3
import threading
from contextlib import closing
from uuid import uuid4

import environ
import pytest
from django.db import DatabaseError, DataError, OperationalError, connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper as SqliteWrapper

from push import patience
from push.patience import Patience, is_out_of_reach

FULL = OperationalError("database or disk\nis full")


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(patience, "LONGEST", 0.01)


@pytest.mark.django_db
def test_wait_says_so_once_and_end_says_that_it_is_over(caplog):
    caplog.set_level(logging.INFO)
    waiting = Patience(threading.Event())

    for _ in range(3):
        waiting.wait(FULL)
    waiting.end()
    waiting.end()

    assert [record.getMessage() for record in caplog.records] == [
        "database or disk is full: trying again until it works",
        "it works again after 3 tries",
    ]


@pytest.mark.django_db
def test_wait_gives_up_only_when_stopping_takes_too_long(monkeypatch):
    monkeypatch.setattr(patience, "LAST_WORDS", 0.0)
    stopping = threading.Event()
    waiting = Patience(stopping)
    waiting.wait(FULL)

    stopping.set()
    waiting.wait(FULL)

    with pytest.raises(OperationalError):
        waiting.wait(FULL)


MISTAKES = [
    "SELECT * FROM nowhere",
    "SELECT nothing FROM push_contact",
    "SELEC 1",
    "INSERT INTO push_tag (name) VALUES (NULL)",
    f"SELECT concat({', '.join(['1'] * 1_000)})",
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", MISTAKES, ids=lambda statement: statement[:30])
def test_a_mistake_is_not_waited_for(statement):
    with pytest.raises(DatabaseError) as caught, connection.cursor() as cursor:
        cursor.execute(statement)

    assert not is_out_of_reach(caught.value)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "error", [ValueError("x"), KeyError("x"), OSError("x"), RecursionError(), DataError("x")]
)
def test_a_bug_is_not_waited_for(error):
    assert not is_out_of_reach(error)


def a_file(path):
    """A SQLite database beside that of the tests, which nobody waits for."""
    options = {"NAME": path, "OPTIONS": {"timeout": 0}}
    return closing(SqliteWrapper(connections.settings["default"] | options))


def a_server(postgres):
    own = environ.Env.db_url_config(postgres.database(f"own{uuid4().hex}"))
    return closing(PostgresWrapper(connections.settings["default"] | own | {"OPTIONS": {}}))


@pytest.mark.django_db
def test_a_locked_a_read_only_a_broken_and_a_missing_file_are_waited_for(tmp_path):
    path = tmp_path / "composer.sqlite3"
    found = {}

    def ask(name, statement, path=path):
        with a_file(path) as own, pytest.raises(DatabaseError) as caught:
            own.cursor().execute(statement)
        found[name] = is_out_of_reach(caught.value)

    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE tag (name)")
    other.execute("BEGIN IMMEDIATE")
    ask("locked", "INSERT INTO tag VALUES (1)")
    other.close()
    ask("read-only", "INSERT INTO tag VALUES (1)", f"file:{path}?mode=ro")
    ask("missing", "SELECT 1 FROM tag", tmp_path / "no" / "folder.sqlite3")
    path.write_bytes(b"no database at all " * 100)
    ask("broken", "SELECT * FROM tag")

    assert found == dict.fromkeys(["locked", "read-only", "missing", "broken"], True)


@pytest.mark.homes
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statements",
    [
        ["SELECT pg_terminate_backend(pg_backend_pid())"],
        ["SET statement_timeout = 1", "SELECT pg_sleep(1)"],
        ["SET default_transaction_read_only = on", "CREATE TABLE a (b int)"],
    ],
    ids=["ended", "too slow", "read-only"],
)
def test_a_server_that_is_away_or_read_only_is_waited_for(statements, postgres):
    *before, last = statements
    with a_server(postgres) as own, own.cursor() as cursor:
        for statement in before:
            cursor.execute(statement)

        with pytest.raises(DatabaseError) as caught:
            cursor.execute(last)

    assert is_out_of_reach(caught.value)


@pytest.mark.homes
@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_the_server_ended_is_waited_for(postgres):
    with a_server(postgres) as own, own.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
        cursor.execute("SET idle_in_transaction_session_timeout = 1")
        cursor.execute("BEGIN")
        while postgres.ask(f"SELECT 1 FROM pg_stat_activity WHERE pid = {pid}"):
            continue

        with pytest.raises(DatabaseError) as caught:
            cursor.execute("SELECT 1")

    assert is_out_of_reach(caught.value)
