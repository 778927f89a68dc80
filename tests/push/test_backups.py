"""Backup and restore, beside processes that write, and with files that are none."""

import hashlib
import os
import resource
import sqlite3
import stat

import pytest

from tests.homes import Home, SqliteHome
from tests.servers import wait_for

MAKE = """
from push.models import Contact
Contact.objects.bulk_create(
    Contact(channel="line", contactable_id=str(number), name=f"小明 {number}")
    for number in range(%s, %s)
)
"""
COUNT = "from push.models import Contact; print(Contact.objects.count())"
BROADCASTS = """
from datetime import timedelta
from django.utils import timezone
from push.models import Broadcast
from tests.makers import make_template
version = make_template().versions.get()
now = timezone.now()
for state, at in [
    ("running", None), ("expanding", None), ("paused", None), ("done", None), ("cancelled", None),
    ("scheduled", now - timedelta(minutes=1)), ("scheduled", now + timedelta(days=1)),
]:
    Broadcast.objects.create(version=version, channel="line", state=state, start_at=at)
"""


@pytest.fixture
def home():
    with SqliteHome() as home:
        yield home


def database(home):
    return home.folder / "composer.sqlite3"


def files(home):
    found = home.folder.glob("composer*")
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def refuse(home, *words):
    """The one line on stderr of a command that changes nothing."""
    before = files(home)
    done = home.manage(*words, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert files(home) == before
    return done.stderr


def test_a_backup_beside_a_writer_is_of_one_moment_and_comes_back(home, tmp_path):
    file = tmp_path / "backup.sqlite3"
    home.python(MAKE % (0, 500))
    writer = sqlite3.connect(database(home), isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM push_contact WHERE id % 2 = 0")

    made = home.manage("backup", file)
    writer.execute("COMMIT")
    writer.close()
    left = home.python(COUNT)
    restored = home.manage("restore", file)

    assert made.stdout == f"{file}: {file.stat().st_size} bytes\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.sqlite3"]
    assert left == "250"
    assert home.python(COUNT) == "500"
    assert restored.stdout.startswith("Restored.")
    [previous] = home.folder.glob("*.before-*[0-9]")
    kept = sqlite3.connect(previous).execute("SELECT COUNT(*) FROM push_contact").fetchone()
    assert kept == (250,)


def test_a_backup_replaces_nothing(home, tmp_path):
    file = tmp_path / "kept"
    file.write_text("mine")

    line = refuse(home, "backup", file)

    assert line == f"CommandError: {file} already exists: choose another name.\n"
    assert file.read_text() == "mine"


def test_a_backup_for_which_there_is_no_room_leaves_nothing(home, tmp_path):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        done = home.manage("backup", tmp_path / "b", check=False)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("CommandError: No backup was made: ")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_database_is_not_backed_up(home, tmp_path):
    with sqlite3.connect(database(home)) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with database(home).open("r+b") as file:
        file.seek(4_096)
        file.write(os.urandom(200_000))

    done = home.manage("backup", tmp_path / "b", check=False)

    assert (done.returncode in {1, 2}, done.stdout, done.stderr.count("\n")) == (True, "", 1)
    assert list(tmp_path.iterdir()) == []


def test_restore_refuses_while_a_process_has_the_database_open(home, tmp_path):
    home.manage("backup", tmp_path / "b")
    worker = home.start("worker")
    seen = "from push import heartbeat; print(heartbeat.last_seen() is not None)"
    wait_for(lambda: home.python(seen) == "True", what="the worker")

    refused = home.manage("restore", tmp_path / "b", check=False)
    worker.stop()
    restored = home.manage("restore", tmp_path / "b")

    line = "The database is in use: stop the web server and every worker first."
    assert (refused.returncode, refused.stderr) == (2, f"CommandError: {line}\n")
    assert restored.returncode == 0


@pytest.mark.parametrize("kind", ["text", "empty", "other", "cut", "newer", "itself", "folder"])
def test_restore_refuses_what_is_no_backup(home, tmp_path, kind):
    file = tmp_path / "b"
    home.manage("backup", file)
    if kind == "text":
        file.write_text("no database" * 1_000)
    elif kind == "empty":
        file.write_bytes(b"")
    elif kind == "other":
        file.unlink()
        sqlite3.connect(file).execute("CREATE TABLE t (x)")
    elif kind == "cut":
        with file.open("r+b") as opened:
            opened.truncate(file.stat().st_size // 2)
    elif kind == "newer":
        with sqlite3.connect(file) as opened:
            opened.execute("INSERT INTO django_migrations VALUES (9999, 'push', '9999_later', '')")
    elif kind == "itself":
        file = database(home)
    else:
        file = tmp_path

    line = refuse(home, "restore", file)

    assert str(file) in line


def test_restore_mends_a_damaged_database(home, tmp_path):
    home.python(MAKE % (0, 3))
    home.manage("backup", tmp_path / "b")
    database(home).write_bytes(b"no database at all" * 1_000)

    home.manage("restore", tmp_path / "b")

    assert home.python(COUNT) == "3"


def test_what_was_going_on_waits_for_a_person_after_a_restore(home, tmp_path):
    home.python(BROADCASTS)
    home.manage("backup", tmp_path / "b")
    home.manage("restore", tmp_path / "b")

    states = home.python(
        "from push.models import Broadcast\n"
        "for b in Broadcast.objects.order_by('pk'): print(b.state, b.paused_because or '-')"
    )

    assert states.splitlines() == [
        "paused restored",
        "paused restored",
        "paused -",
        "done -",
        "cancelled -",
        "paused restored",
        "scheduled -",
    ]


@pytest.mark.homes
@pytest.mark.parametrize("command", ["backup", "restore"])
def test_postgresql_has_its_own_tools(postgres, tmp_path, command):
    with Home.on("postgresql", lambda _name: postgres) as home:
        done = home.manage(command, tmp_path / "b", check=False)

    line = "The database is PostgreSQL: use pg_dump and pg_restore (docs/operate.md)."
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"CommandError: {line}\n")
