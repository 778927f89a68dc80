"""`import_contacts FILE --channel SLUG`: contacts of one channel from CSV or Excel."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError

from composer.vocabulary import channels
from people import record
from people.commandline import OneLine, misused
from push import importing, rejects
from push.importing import Counts, Source, say
from push.models import Contact
from push.rows import ParsedRow, Rejection
from push.sentences import Unreadable

TOLD = 5


class Command(OneLine):
    """Progress on stderr, the counts as JSON last on stdout."""

    help = (
        "Imports the contacts of one channel from a CSV or .xlsx file. The columns id (or "
        "contactable_id) and name are required; tags (apart by ;), account and picture_url are "
        "known; all others become attributes. May be run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="CSV or .xlsx")
        parser.add_argument("--channel", help=", ".join(channels.ALL), metavar="SLUG")
        parser.add_argument("--account", default="", metavar="NAME", help="for rows without one")
        parser.add_argument("--dry-run", action="store_true", help="all but writing")
        parser.add_argument("--rejects", metavar="FILE", help="rows left out, with the reason")

    def handle(self, *args: Any, file: str, channel: str | None, **options: Any) -> None:
        if channel not in channels.ALL:
            known = ", ".join(channels.ALL)
            raise misused(f"--channel: “{channel or ''}” is none of {known}")
        longest = Contact._meta.get_field("account").max_length or 0
        if len(options["account"]) > longest:
            raise misused(f"--account: at most {longest} characters")
        if options["rejects"] and Path(options["rejects"]).resolve() == Path(file).resolve():
            raise misused("--rejects: this is the file to be imported")
        counts = self._import(Path(file), channel=channel, **options)
        if not options["dry_run"]:
            record.note(None, "imported contacts", target=Path(file).name, **asdict(counts))
        self.stdout.write(json.dumps(asdict(counts)))

    def _import(self, path: Path, **options: Any) -> Counts:
        try:
            with importing.opened(path) as source:
                return self._run(source, **options)
        except Unreadable as error:
            raise misused(f"{path.name}: {say(error.sentence)}") from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            name = getattr(error, "filename", None) or path
            raise misused(f"{name}: {reason}") from error

    def _run(
        self, source: Source, *, channel: str, account: str, dry_run: bool, **options: Any
    ) -> Counts:
        self.stderr.write(f"Read as {source.table.read_as}.")
        for note in source.columns.notes:
            self.stderr.write(say(note))
        report = options["rejects"]
        keeping = rejects.written(Path(report), source.columns.header) if report else nullcontext()
        progress = Progress(self.stderr.write)
        with keeping as keep:
            try:
                return importing.run(
                    source,
                    channel=channel,
                    account=account.strip(),
                    is_dry=dry_run,
                    on_row=keep or Teller(self.stderr.write),
                    on_batch=progress,
                )
            except (DatabaseError, Unreadable, KeyboardInterrupt) as error:
                done, why = progress.counts.total, str(error) or "interrupted"
                raise CommandError(
                    f"Stopped after {done:,} rows: {why}. They are kept; run it again to go on."
                ) from error


class Teller:
    """Says the first few rows that are left out, where no report is asked for."""

    def __init__(self, write: Callable[[str], Any]) -> None:
        self._write = write
        self._told = 0

    def __call__(self, item: ParsedRow | Rejection) -> None:
        if isinstance(item, Rejection):
            self._told += 1
            if self._told <= TOLD:
                self._write(f"Line {item.line}: {say(item.reason)}")
            elif self._told == TOLD + 1:
                self._write("More rows are left out: --rejects FILE lists them all.")


class Progress:
    """A line a second, and one at the end."""

    def __init__(self, write: Callable[[str], Any]) -> None:
        self._write = write
        self._next = 0.0
        self.counts = Counts()

    def __call__(self, counts: Counts, share: float) -> None:
        self.counts = counts
        if time.monotonic() >= self._next or share == 1:
            self._next = time.monotonic() + 1
            self._write(f"{share:.0%}  {counts.total:,} rows")
