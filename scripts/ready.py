"""Brings an installation up to date before it starts: tables, static files, demo data."""

import hashlib
import os
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from config import startup


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with startup.exit_when_refused():
        startup.check_database()
    warn_of_open_files()
    try:
        migrate()
        # Of a database that had no tables yet.
        with startup.exit_when_refused():
            startup.check_database()
        if settings.SECRET_KEY_FALLBACKS:
            import_module("people.second_factor").rotate_all()
        collect()
        if settings.DRILL:
            show()
    except DatabaseError as error:
        print(f"The database does not answer as it should: {error}".strip(), file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The installation cannot be made ready: {error}", file=sys.stderr)
        return 1
    return 0


def warn_of_open_files() -> None:
    """Keys and customers' data must be ours alone; new files are."""
    database = settings.DATABASES["default"]
    is_file = database["ENGINE"].endswith("sqlite3")
    paths = [
        # Empty when none is read: the folder itself is no file.
        Path(os.environ.get("ENV_FILE", settings.BASE_DIR / ".env")),
        settings.DATA_DIR / "secret_key",
        *((Path(database["NAME"]),) if is_file else ()),
    ]
    if found := " ".join(map(str, startup.find_open_files(paths))):
        print(
            f"Warning: others on this machine can read {found}: chmod 600 {found}", file=sys.stderr
        )


def migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Making the tables")
        call_command("migrate", verbosity=0)


def collect() -> None:
    """Static files, when one of them has changed."""
    files = (
        Path(storage.path(name))
        for finder in get_finders()
        for name, storage in finder.list(ignore_patterns=None)
    )
    stamp = Stamp("static", files)
    if not stamp.is_fresh or not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        say("Collecting static files")
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.set()


def show() -> None:
    """Demo data, when there is none or the code has changed; running it again harms nothing."""
    rooms = ("composer", "push", "people", "static/demo")
    files = (file for room in rooms for file in (settings.BASE_DIR / room).rglob("*.*"))
    # The pictures' address and the password are part of it; the key keeps the password unguessable.
    also = (settings.PUBLIC_BASE_URL, settings.DEMO_PASSWORD, settings.SECRET_KEY)
    stamp = Stamp("demo", (file for file in files if "__pycache__" not in file.parts), *also)
    if not stamp.is_fresh or not get_user_model().objects.exists():
        say("Loading demo data")
        call_command("demo", verbosity=0)
        stamp.set()


class Stamp:
    """Whether files are those of last time (path, size, time of change), and what else counts."""

    def __init__(self, name: str, files: Iterable[Path], *also: str) -> None:
        self.path = settings.DATA_DIR / "stamps" / name
        lines = [*also]
        for file in files:
            status = file.stat()
            lines.append(f"{file} {status.st_size} {status.st_mtime_ns}")
        self.key = hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()

    @property
    def is_fresh(self) -> bool:
        return self.path.exists() and self.path.read_text() == self.key

    def set(self) -> None:
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_text(self.key)


def say(words: str) -> None:
    print(f"{words} …", flush=True)


if __name__ == "__main__":
    sys.exit(main())
