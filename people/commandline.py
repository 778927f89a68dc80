"""What our commands share: what went wrong is one line on stderr; 2 is for a usage error."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, InterfaceError

from people import database_errors


class OneLine(BaseCommand):
    """A command that says in one line what was wrong."""

    def create_parser(self, *args: Any, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(*args, **kwargs)
        parser.error = lambda message: _refuse(parser, message)  # type: ignore[method-assign]
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except (DatabaseError, InterfaceError) as error:
            if database_errors.find_cause(error) is None:
                raise
            raise CommandError(f"The database cannot be used: {_line(error)}") from error


def misused(text: str) -> CommandError:
    return CommandError(_line(text), returncode=2)


def _refuse(parser: CommandParser, message: str) -> None:
    if not parser.called_from_command_line:
        raise misused(message)
    parser.exit(2, f"{parser.prog}: {_line(message)}\n")


def _line(text: object) -> str:
    return " ".join(str(text).split())
