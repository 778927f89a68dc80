"""The rows that an import left out, kept as JSON lines; a CSV to mend and bring again is made of
them in the language of whoever asks for it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import IO, Any

from django.utils.translation import gettext as _

from push.importing import say
from push.rows import ParsedRow, Rejection
from push.sentences import Sentence

# Nobody mends more by hand, and a file may be made of nothing but rows to leave out.
ROWS_MAX = 10_000
BYTES_MAX = 5 * 2**20


class Report:
    """Takes each item and keeps the rejected, up to a limit."""

    def __init__(self, file: IO[str], header: Sequence[str]) -> None:
        self._file = file
        self._size = self.kept = self.more = 0
        file.write(_line(list(header)))

    def take(self, item: ParsedRow | Rejection) -> None:
        if not isinstance(item, Rejection):
            return
        line = _line([item.line, asdict(item.reason), list(item.cells)])
        self._size += len(line.encode())
        if self.more or self.kept == ROWS_MAX or self._size > BYTES_MAX:
            self.more += 1
        else:
            self.kept += 1
            self._file.write(line)

    def end(self) -> None:
        """Writes down how many more there were."""
        self._file.write(_line(self.more))


def rows_of(file: IO[str]) -> Iterator[list[Any]]:
    """The report: line, reason, then the row as it was; at the end how many more there were."""
    header = json.loads(file.readline())
    yield ["line", "reason", *header]
    for text in file:
        match json.loads(text):
            case [line, reason, cells]:
                yield [line, say(Sentence(**reason)), *cells]
            case int(more) if more:
                yield ["", _("This list ends here: %s more rows were left out.") % f"{more:,}"]


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
