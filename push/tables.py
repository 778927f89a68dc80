"""Rows of text out of a CSV or an Excel file, whatever its encoding and delimiter."""

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import BinaryIO, Protocol

from composer.vocabulary.words import gettext_noop as _
from push import encodings
from push.cells import Row
from push.columns import HEADER_WITHIN, field_of
from push.excel import ExcelTable
from push.sentences import Sentence, Unreadable

CELL_MAX = 100_000
LINE_MAX = 1_000_000
# A cell of Excel has 253 line breaks at most; what goes on for longer is not closed.
ROW_LINES_MAX = 500
# Each row that a stray quotation mark swallows has its other lines read again. So many of those are
# a second's work; a file that wants more is one long mistake, and would take hours.
AGAIN_MAX = 1_000_000
# Lines, blank ones as well, that are looked at before the first row.
PEEK_MAX = 1_000
# The delimiter shows in the beginning of the header.
HEADER_LOOKED_AT = 10_000

# Of those that are equally good the first; the last one is what Chinese keyboards write.
DELIMITERS = ",;\t|，"
SEPARATOR = re.compile(r'"?sep=([^\w\s"]|\t)"?', re.IGNORECASE)

BLANK = b"\0\r\n\t ,;|\xef\xbb\xbf\xff\xfe"
# How other files begin whose name may say that they are CSV or Excel.
OTHER_KINDS = {
    b"%PDF": "PDF",
    b"\x1f\x8b": "GZIP",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7-Zip",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"{\\rtf": "RTF",
    b"BEGIN:VCARD": "vCard",
    b"SQLite format 3": "SQLite",
    b"PAR1": "Parquet",
}

csv.field_size_limit(CELL_MAX)

CELL_TOO_LONG = Sentence(
    _("A cell has more than %(limit)s characters."), {"limit": f"{CELL_MAX:,}"}
)
QUOTE_ASTRAY = Sentence(_("A quotation mark in this row is not closed, or stands inside a cell."))


class Table(Protocol):
    """A file that gives its rows one after the other; `share` of it has been read."""

    read_as: str
    sheet: str
    sheets: tuple[str, ...]
    hidden: tuple[str, ...]
    # Of a sheet; in a CSV, a cell beyond the header is one comma too many.
    width: int

    @property
    def notes(self) -> tuple[Sentence, ...]: ...
    def rows(self) -> Iterator[Row]: ...
    @property
    def share(self) -> float: ...
    def close(self) -> None: ...


@contextmanager
def opened(file: BinaryIO, *, encoding: str = "", sheet: str = "") -> Iterator[Table]:
    """Told apart by what is in the file, not by its name; raises Unreadable.

    The file can be searched, and stays open. Where its encoding is not certain, Undecided says
    which it may be.
    """
    table = _open(file, encoding=encoding, sheet=sheet)
    try:
        yield table
    finally:
        table.close()


def _open(file: BinaryIO, *, encoding: str, sheet: str) -> Table:
    file.seek(0)
    start = file.read(4_096)
    if not start.strip(BLANK) and not any(block.strip(BLANK) for block in _blocks(file)):
        raise Unreadable(_("The file is empty."))
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ExcelTable(file, sheet=sheet)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            _("This is an old Excel file, or one with a password. Save it as .xlsx or as CSV.")
        )
    if kind := next((kind for mark, kind in OTHER_KINDS.items() if start.startswith(mark)), ""):
        raise Unreadable(_("This is %(kind)s, not a table. Save it as .xlsx or as CSV."), kind=kind)
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        raise Unreadable(
            _("This is a web page or XML, not a table. Open it in Excel and save it as .xlsx.")
        )
    if sheet:
        raise Unreadable(_("Only an Excel file has sheets."))
    codec, read_as = encodings.choose(file, encoding)
    return CsvTable(file, codec, read_as)


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    return iter(partial(file.read, encodings.BLOCK), b"")


class CsvTable:
    """A CSV file."""

    sheet = ""
    sheets: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    width = 0
    notes: tuple[Sentence, ...] = ()

    def __init__(self, file: BinaryIO, encoding: str, read_as: str) -> None:
        self.read_as = read_as
        self._file = file
        self._size = file.seek(0, io.SEEK_END)
        file.seek(0)
        self._text = io.TextIOWrapper(file, encoding=encoding, newline="")

    @property
    def share(self) -> float:
        return min(1.0, self._file.tell() / self._size)

    def close(self) -> None:
        self._text.detach()

    def rows(self) -> Iterator[Row]:
        lines = _Lines(self._text)
        reader = csv.reader(lines, delimiter=_delimiter(lines), strict=True)
        while True:
            lines.begin()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Row(lines.first, lines.cells(), lines.blame(error))
            else:
                yield Row(lines.first, cells)


class _TooLong(csv.Error):
    pass


class _Lines:
    """A text's lines, those of the row at hand remembered: a row that a stray quotation mark
    has swallowed is given back, so that it costs one row and not the rest of the file."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._number = 0
        self._again: deque[tuple[int, str]] = deque()
        self._taken: list[tuple[int, str]] = []
        self._length = self._read_again = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        number, line = self._again.popleft() if self._again else self._fresh()
        self._taken.append((number, line))
        self._length += len(line)
        if self._length >= LINE_MAX or len(self._taken) > ROW_LINES_MAX:
            raise _TooLong("field larger than field limit")
        return line

    def peek(self) -> list[str]:
        """The first lines that say something, without taking them; blank ones above are dropped."""
        said = 0
        while said < HEADER_WITHIN and len(self._again) < PEEK_MAX and (line := self._read()):
            said += bool(line.strip())
            if said:
                self._again.append((self._number, line))
        return [line[:HEADER_LOOKED_AT] for _number, line in self._again if line.strip()]

    def drop(self) -> None:
        """Without the first line that says something."""
        while not self._again.popleft()[1].strip():
            pass

    def begin(self) -> None:
        self._taken, self._length = [], 0

    @property
    def first(self) -> int:
        return self._taken[0][0]

    def cells(self) -> list[str]:
        return [self._taken[0][1][:CELL_MAX].rstrip("\r\n")]

    def blame(self, error: csv.Error) -> Sentence:
        """Why the first line will not do; the others are read again."""
        self._read_again += len(self._taken) - 1
        if self._read_again > AGAIN_MAX:
            raise Unreadable(
                _(
                    "Too many rows have a quotation mark that is not closed, the last one on line "
                    "%(line)s. Check which quotation marks and delimiter the file was saved with."
                ),
                line=self.first,
            )
        self._again.extendleft(reversed(self._taken[1:]))
        is_long = "limit" in str(error) and len(self._taken) == 1
        return CELL_TOO_LONG if is_long else QUOTE_ASTRAY

    def _fresh(self) -> tuple[int, str]:
        line = self._read()
        if not line:
            raise StopIteration
        return self._number, line

    def _read(self) -> str:
        """The next line; of one that is too long the beginning alone."""
        line = self._text.readline(LINE_MAX)
        self._number += bool(line)
        if len(line) >= LINE_MAX and not line.endswith("\n"):
            while (rest := self._text.readline(LINE_MAX)) and not rest.endswith(("\r", "\n")):
                pass
        # Programs that join files leave a second mark of UTF-8 at the beginning.
        return line.lstrip("\ufeff") if self._number == 1 else line


def _delimiter(lines: _Lines) -> str:
    """What Excel's own first line says, `sep=;`, or what the header is split by."""
    first, *others = lines.peek() or [""]
    if match := SEPARATOR.fullmatch(first.rstrip("\r\n")):
        lines.drop()
        return match[1]
    return delimiter_of(max((first, *others), key=_known_columns))


def _known_columns(line: str) -> int:
    return max(_merit(line, delimiter)[0] for delimiter in DELIMITERS)


def delimiter_of(line: str) -> str:
    """The one under which the header names most known columns, else most columns."""
    return max(DELIMITERS, key=lambda delimiter: _merit(line, delimiter))


def _merit(line: str, delimiter: str) -> tuple[int, int]:
    cells = line.split(delimiter)
    known = {field_of(cell.strip(' "\ufeff\r\n')) for cell in cells}
    return len(known - {None}), len(cells)
