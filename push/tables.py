"""Rows of text out of a CSV or an Excel file, whatever its encoding and delimiter."""

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Protocol

from composer.vocabulary.words import gettext_noop as _
from push.columns import field_of
from push.excel import ExcelTable
from push.rows import Row
from push.sentences import Sentence, Unreadable

CELL_MAX = 100_000
LINE_MAX = 1_000_000
# A cell of Excel has 253 line breaks at most; what goes on for longer is not closed.
ROW_LINES_MAX = 500
# Each row that a stray quotation mark swallows has its other lines read again. So many of those are
# a second's work; a file that wants more is one long mistake, and would take hours.
AGAIN_MAX = 1_000_000
# The delimiter shows in the beginning of the header.
HEADER_LOOKED_AT = 10_000
# Rare characters are two in a hundred of Chinese text; of text that is not Big5, a third. What
# could be GB2312 as well (Big5 by accident alone, once it is a few names long) must be surer.
RARE_MAX = 0.25
RARE_MAX_IF_GB = 0.1
BLOCK = 2**20

csv.field_size_limit(CELL_MAX)

CELL_TOO_LONG = Sentence(
    _("A cell has more than %(limit)s characters."), {"limit": f"{CELL_MAX:,}"}
)
QUOTE_ASTRAY = Sentence(_("A quotation mark in this row is not closed, or stands inside a cell."))


class Table(Protocol):
    """A file that gives its rows one after the other; `share` of it has been read."""

    read_as: str

    def rows(self) -> Iterator[Row]: ...
    @property
    def share(self) -> float: ...
    def close(self) -> None: ...


@contextmanager
def opened(file: BinaryIO) -> Iterator[Table]:
    """Told apart by what is in the file, not by its name; raises Unreadable.

    The file can be searched, and stays open.
    """
    table = _open(file)
    try:
        yield table
    finally:
        table.close()


def _open(file: BinaryIO) -> Table:
    file.seek(0)
    start = file.read(4_096)
    if not start.strip(b"\0\r\n\t ,;\xef\xbb\xbf\xff\xfe"):
        raise Unreadable(_("The file is empty."))
    if start.startswith(b"PK\x03\x04"):
        return ExcelTable(file)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            _("This is an old Excel file, or one with a password. Save it as .xlsx or as CSV.")
        )
    encoding, read_as = _encoding(file, start)
    return CsvTable(file, encoding, read_as)


def _encoding(file: BinaryIO, start: bytes) -> tuple[str, str]:
    """The codec and what people call it."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if start.startswith(codecs.BOM_UTF32_LE) or _bad_line(file, "utf-16"):
            raise Unreadable(_("The file is not whole UTF-16. Save it as “CSV UTF-8”."))
        return "utf-16", "UTF-16"
    if start.count(b"\0") > len(start) / 4:
        raise Unreadable(_("The file looks like UTF-16 without its mark. Save it as “CSV UTF-8”."))
    bad_line = _bad_line(file, "utf-8-sig")
    if not bad_line:
        return "utf-8-sig", "UTF-8"
    if not _bad_line(file, "cp950") and _is_chinese(file):
        return "cp950", "Big5"
    raise Unreadable(
        _(
            "The file is not UTF-8, UTF-16 or Big5 (line %(line)s cannot be read as UTF-8). "
            "Save it as “CSV UTF-8”."
        ),
        line=bad_line,
    )


def _bad_line(file: BinaryIO, encoding: str) -> int:
    """The first line that cannot be decoded; 0 when all can."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    file.seek(0)
    while block := file.read(BLOCK):
        try:
            line += decoder.decode(block).count("\n")
        except UnicodeDecodeError as error:
            return line + error.object[: error.start].count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return 0


def _is_chinese(file: BinaryIO) -> bool:
    """Whether Big5's common characters prevail, as they do in any Chinese text that is Big5."""
    file.seek(0)
    text = codecs.getincrementaldecoder("cp950")().decode(file.read(BLOCK))
    characters = "".join(character for character in text if character > "\x7f")
    leads = characters.encode("cp950")[::2]
    limit = RARE_MAX if _bad_line(file, "gb2312") else RARE_MAX_IF_GB
    return sum(lead >= 0xC9 for lead in leads) <= limit * len(leads)


class CsvTable:
    """A CSV file."""

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
        reader = csv.reader(
            lines, delimiter=delimiter_of(lines.peek()[:HEADER_LOOKED_AT]), strict=True
        )
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

    def peek(self) -> str:
        """The first line that says something, without taking it."""
        while line := self._text.readline(LINE_MAX):
            self._number += 1
            self._again.append((self._number, line))
            if line.strip():
                return line
        return ""

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
        line = self._text.readline(LINE_MAX)
        if not line:
            raise StopIteration
        self._number += 1
        if len(line) >= LINE_MAX and not line.endswith("\n"):
            while (rest := self._text.readline(LINE_MAX)) and not rest.endswith(("\r", "\n")):
                pass
        return self._number, line


def delimiter_of(line: str) -> str:
    """The one under which the header names most known columns, else most columns."""

    def merit(delimiter: str) -> tuple[int, int]:
        cells = line.split(delimiter)
        return sum(field_of(cell.strip(' "\ufeff\r\n')) is not None for cell in cells), len(cells)

    return max(",;\t", key=merit)
