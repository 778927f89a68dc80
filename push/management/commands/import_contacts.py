"""`import_contacts FILE --channel SLUG`: contacts of one channel from CSV or Excel."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.management.base import CommandError
from django.db import DatabaseError

from composer.vocabulary import channels
from people import record, sheets
from people.commandline import OneLine, misused
from push import encodings, importing, reader_process
from push.columns import Columns
from push.encodings import Undecided
from push.import_preview import Preview
from push.importing import Aim, Counts, say
from push.models import Contact
from push.reader_process import Source
from push.rejects import Report, rows_of
from push.rows import ParsedRow, Rejection
from push.sentences import Sentence, Unreadable

TOLD = 5
SHEETS_TOLD = 20


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
        parser.add_argument("--sheet", default="", metavar="NAME", help="another sheet of Excel")
        parser.add_argument(
            "--encoding", default="", metavar="NAME", help=f"of a CSV: {', '.join(encodings.ALL)}"
        )

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

    def _import(
        self, path: Path, *, rejects: str | None, encoding: str, sheet: str, **options: Any
    ) -> Counts:
        try:
            if path.is_fifo():
                raise misused(f"{path}: a pipe cannot be read, save it as a file first")
            with (
                path.open("rb") as file,
                reader_process.opened(file, encoding=encoding, sheet=sheet) as source,
            ):
                if not rejects:
                    return self._run(source, on_row=Teller(self.stderr.write), **options)
                with (
                    Path(rejects).open("w", encoding="utf-8", newline="") as report,
                    _reported(report, source.columns.header) as take,
                ):
                    return self._run(source, on_row=take, **options)
        except Undecided as error:
            raise misused(f"{path.name}: {say(error.sentence)} Use --encoding NAME.") from error
        except Unreadable as error:
            raise misused(f"{path.name}: {say(error.sentence)}") from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            name = getattr(error, "filename", None) or path
            raise misused(f"{name}: {reason}") from error

    def _run(
        self,
        source: Source,
        *,
        channel: str,
        account: str,
        dry_run: bool,
        on_row: Callable[[ParsedRow | Rejection], None],
        **_options: Any,
    ) -> Counts:
        about, preview = source.about, Preview(source.columns)
        self.stderr.write(f"Read as {about['read_as']}.")
        if about["sheet"]:
            every = [*about["sheets"], *(f"{name} (hidden)" for name in about["hidden"])]
            others = f" --sheet NAME reads another of: {', '.join(every[:SHEETS_TOLD])}."
            self.stderr.write(f"Sheet: {about['sheet']}.{others if len(every) > 1 else ''}")
        if aliases := _aliases(source.columns):
            self.stderr.write(aliases)
        for note in about["notes"]:
            self.stderr.write(say(Sentence(**note)))
        aim = Aim(channel, account.strip(), is_dry=dry_run)
        progress = Progress(self.stderr.write)

        def both(item: ParsedRow | Rejection) -> None:
            on_row(item)
            preview.take(item)

        try:
            counts = importing.run(source, aim, on_row=both, keeper=progress)
        except Unreadable as error:
            counts = progress.counts
            if dry_run or not counts.created + counts.updated:
                raise
            raise CommandError(
                f"Stopped after {counts.total:,} rows: {say(error.sentence)} "
                "What was imported is kept."
            ) from error
        except (DatabaseError, KeyboardInterrupt) as error:
            done, why = progress.counts.total, str(error) or "interrupted"
            raise CommandError(
                f"Stopped after {done:,} rows: {why}. They are kept; run it again to go on."
            ) from error
        for title, found in preview.remarks():
            rows = f"{found.count} rows, the first on line {found.line}"
            where = rows if found.count > 1 else f"line {found.line}"
            self.stderr.write(f"{title}: {say(found.sentence)} ({where})")
        return counts


def _aliases(found: Columns) -> str:
    """Which column is which field, where its header is another word."""
    told = [
        f"“{found.header[place]}” as {name}"
        for name, place in found.places.items()
        if found.header[place].casefold() not in (name, "contactable_id")
    ]
    return f"Read {', '.join(told)}." if told else ""


@contextmanager
def _reported(
    report: IO[str], header: Sequence[str]
) -> Iterator[Callable[[ParsedRow | Rejection], None]]:
    """Gives what takes each item; the rejected stand in the report afterwards, whatever happens."""
    with TemporaryFile("w+", encoding="utf-8") as kept:
        rejected = Report(kept, header)
        try:
            yield rejected.take
        finally:
            rejected.end()
            kept.seek(0)
            report.writelines(sheets.pieces(rows_of(kept)))


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


class Progress(importing.Keeper):
    """A line a second, and one at the end."""

    def __init__(self, write: Callable[[str], Any]) -> None:
        self._write = write
        self._next = 0.0
        self.counts = Counts()

    def save(self, counts: Counts, share: float) -> None:
        self.counts = counts
        if time.monotonic() >= self._next or share == 1:
            self._next = time.monotonic() + 1
            self._write(f"{share:.0%}  {counts.total:,} rows")
