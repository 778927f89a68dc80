"""Rows of text out of an Excel file."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any, BinaryIO

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from composer.vocabulary.words import gettext_noop as _
from push.rows import Rounded, Row
from push.sentences import Unreadable

UNPACKED_MAX = 2**30
STRINGS_MAX = 300 * 2**20


class ExcelTable:
    """The first sheet of an .xlsx file, as its cells were last shown."""

    read_as = "Excel"

    def __init__(self, file: BinaryIO) -> None:
        _check_unpacked(file)
        with _excel_faults():
            # Given a path, openpyxl goes by its ending, which an upload that was put aside lacks.
            self._book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        if not self._book.worksheets:
            raise Unreadable(_("The Excel file has no sheet with cells."))
        self._sheet: Any = self._book.worksheets[0]
        self._size = self._sheet.max_row or 0
        self._read = 0
        # Files that say a wrong size would be cut short.
        self._sheet.reset_dimensions()

    @property
    def share(self) -> float:
        return min(1.0, self._read / self._size) if self._size else 0.0

    def close(self) -> None:
        self._book.close()

    def rows(self) -> Iterator[Row]:
        with _excel_faults():
            for line, values in enumerate(self._sheet.iter_rows(values_only=True), 1):
                self._read = line
                yield Row(line, _trimmed([text_of(value) for value in values]))


def text_of(value: object) -> str:
    """A cell as a person would write it."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float() if abs(value) >= 10**15:
            return _long_number(value)
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time.min:
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "minutes")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _long_number(value: int | float) -> str:
    """Excel keeps 15 digits and writes noughts after them; other programs may write all."""
    is_whole = isinstance(value, int) and value % 10 ** (len(str(abs(value))) - 15)
    return str(value) if is_whole else Rounded(f"{value:.0f}")


def _trimmed(cells: Sequence[str]) -> Sequence[str]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _check_unpacked(file: BinaryIO) -> None:
    """A small file may unpack to fill the memory: asked before it is."""
    with _excel_faults(), zipfile.ZipFile(file) as archive:
        sizes = {item.filename: item.file_size for item in archive.infolist()}
    strings = max(
        (size for name, size in sizes.items() if name.endswith("sharedStrings.xml")), default=0
    )
    if sum(sizes.values()) > UNPACKED_MAX or strings > STRINGS_MAX:
        raise Unreadable(_("The Excel file is too large once unpacked. Save it as CSV."))


@contextmanager
def _excel_faults() -> Iterator[None]:
    """Whatever a broken workbook makes openpyxl raise is one thing to people."""
    try:
        yield
    except Unreadable:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        InvalidFileException,
        AttributeError,
        EOFError,
        LookupError,
        OverflowError,
        SyntaxError,
        TypeError,
        ValueError,
    ) as error:
        raise Unreadable(_("The file is broken: Excel's format was not found in it.")) from error
