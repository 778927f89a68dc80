"""`import_templates FILE`: templates from JSON, all or none."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from composer import exchange, incoming
from people.commandline import OneLine, misused


class Command(OneLine):
    """Takes a JSON list of templates or one bare message."""

    help = (
        'Imports a JSON list of {"name", "type", "message", "tags"?, "notes"?}, or one bare '
        '{"type", "message"}. A known name gets a new version. All or nothing.'
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the JSON file, or - for standard input")
        parser.add_argument("--publish", action="store_true", help="publish what was imported")

    def handle(self, *args: Any, file: str, publish: bool, **options: Any) -> None:
        found = incoming.read(content_of(file))
        if found.problems:
            more = len(found.problems) - 1
            raise misused(f"{found.problems[0]}{f' (and {more} more)' if more else ''}")
        self.stdout.write(json.dumps(exchange.take(found.entries, publish=publish)))


def content_of(file: str) -> bytes:
    """One byte more than is taken, so that what is too large is noticed and not read whole."""
    try:
        if file == "-":
            return sys.stdin.buffer.read(incoming.LARGEST + 1)
        with Path(file).open("rb") as opened:
            return opened.read(incoming.LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise misused(f"{file}: {reason}") from error
