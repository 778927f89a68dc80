"""The report of the rows that an import left out: a CSV to mend and bring again."""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from push.importing import say
from push.rows import ParsedRow, Rejection


@contextmanager
def written(path: Path, header: Sequence[str]) -> Iterator[Callable[[ParsedRow | Rejection], None]]:
    """Gives what takes each item and keeps the rejected: line, reason, then the row as it was."""
    # The mark at the beginning makes Excel read it as UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        report = csv.writer(file)
        report.writerow(["line", "reason", *header])

        def keep(item: ParsedRow | Rejection) -> None:
            if isinstance(item, Rejection):
                report.writerow([item.line, say(item.reason), *item.cells])

        yield keep
