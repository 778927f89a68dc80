"""`manage.py restore`: puts a backup into the place of the SQLite database."""

import sqlite3
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from people.commandline import OneLine, misused
from push import backups


class Command(OneLine):
    """The previous database is kept beside the new one."""

    help = (
        "Replaces the SQLite database by the backup FILE; web server and workers must be stopped."
        " What was being sent is paused, because the backup does not know what was sent since."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="made by `manage.py backup`")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        try:
            previous = backups.restore(Path(file))
        except backups.NotPossible as error:
            raise misused(str(error)) from error
        except (OSError, ValueError, sqlite3.Error) as error:
            raise CommandError(f"Nothing was restored: {error}") from error
        if previous:
            self.stderr.write(f"The previous database is now {previous}.")
        self.stderr.write("Broadcasts that were going on are paused: resume or cancel each.")
        self.stdout.write("Restored. Next: python -m scripts.ready, then start web and worker.")
