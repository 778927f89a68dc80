"""`manage.py backup`: a copy of the SQLite database, while the product runs."""

import sqlite3
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from people.commandline import OneLine, misused
from push import backups


class Command(OneLine):
    """The copy is one file of one moment, checked; it replaces nothing."""

    help = "Copies the SQLite database to FILE while the product runs, and checks the copy."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a new file; existing ones are kept")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        try:
            size = backups.backup(Path(file))
        except backups.NotPossible as error:
            raise misused(str(error)) from error
        except (OSError, ValueError, sqlite3.Error) as error:
            raise CommandError(f"No backup was made: {error}") from error
        self.stderr.write("Uploaded images are not in it: copy the folder media as well.")
        self.stdout.write(f"{file}: {size} bytes")
