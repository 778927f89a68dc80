"""Rows of text out of an Excel file, each cell as Excel shows it."""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO
from xml.etree import ElementTree

from openpyxl.utils import coordinate_to_tuple, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from composer.vocabulary.words import gettext_noop as _
from push import number_formats
from push.cells import Date, ErrorCell, NoResult, Number, Rounded, Row
from push.columns import COLUMNS_MAX
from push.sentences import Sentence, Unreadable, shortened
from push.workbook import WorkbookReader, number_format

ROWS_MAX = 2**20
# What openpyxl holds in memory as a whole may be so large once unpacked, and the sheet itself,
# which is read row by row. Contacts shrink to a tenth or a twentieth when they are packed; a
# part that shrinks to less than a hundredth is made to fill the memory.
PART_MAX = 8 * 2**20
STRINGS_MAX = 64 * 2**20
SHEET_MAX = 2**30
RATIO_MAX = 100
RATIO_FROM = 2**20
BLOCK = 2**20
MERGED_SHOWN = 3
# Where the root of a part, with its namespaces, ends at the latest.
BEGINNING = 4_096
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/"

ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]+[0-9]+:[A-Z]+[0-9]+)\"")


class ExcelTable:
    """The first visible sheet of an .xlsx file, or the one of a name."""

    read_as = "Excel"

    def __init__(self, file: BinaryIO, *, sheet: str = "") -> None:
        self._archive = _open_archive(file)
        with _excel_faults():
            self._reader = WorkbookReader(file)
            self._reader.read()
            self._book = self._reader.wb
            parts = {found.name: rel.target for found, rel in self._reader.parser.find_sheets()}
        worksheets = self._book.worksheets
        self.sheets = tuple(each.title for each in worksheets if each.sheet_state == "visible")
        self.hidden = tuple(each.title for each in worksheets if each.sheet_state != "visible")
        self.sheet = self._choose(sheet)
        self._sheet: Any = self._book[self.sheet]
        self._part = parts[self.sheet]
        self._size = self._sheet.max_row or 0
        self.width = min(self._sheet.max_column or 0, COLUMNS_MAX)
        self._read = 0
        with _excel_faults():
            self._has_formulas, self._merged = self._look_ahead()

    @property
    def share(self) -> float:
        return min(1.0, self._read / self._size) if self._size else 0.0

    @property
    def notes(self) -> tuple[Sentence, ...]:
        """What is to be known of the sheet as a whole."""
        if not self._merged:
            return ()
        shown = ", ".join(self._merged[:MERGED_SHOWN])
        more = "…" if len(self._merged) > MERGED_SHOWN else ""
        text = _("Cells are merged (%(cells)s): every row of them gets the value.")
        return (Sentence(text, {"cells": shown + more}),)

    def close(self) -> None:
        self._book.close()
        self._archive.close()

    def rows(self) -> Iterator[Row]:
        with _excel_faults():
            unknown = self._without_result()
            merged = _Merged(self._merged)
            for line, cells in self._lines():
                self._read = line
                texts = [cell_of(cell) for cell in cells[: _end(cells)]]
                if texts := merged.fill(line, unknown.fill(line, texts)):
                    yield Row(line, texts)

    def _lines(self) -> Iterator[tuple[int, Sequence[Any]]]:
        """Every row, also those that the file leaves out because they are blank."""
        expected = 1
        with self._archive.open(self._part) as source:
            for number, cells in self._reader.rows(self._sheet, source, width=COLUMNS_MAX + 1):
                for blank in range(expected, min(number, ROWS_MAX + 1)):
                    yield blank, ()
                if expected <= number <= ROWS_MAX:
                    yield number, cells
                expected = max(expected, number + 1)

    def _choose(self, name: str) -> str:
        if not self.sheets:
            raise Unreadable(_("The Excel file has no sheet with cells."))
        if name and name not in (every := [*self.sheets, *self.hidden]):
            raise Unreadable(
                _("The Excel file has no sheet “%(name)s”. It has: %(sheets)s."),
                name=shortened(name),
                sheets=", ".join(f"“{shortened(each)}”" for each in every),
            )
        return name or self.sheets[0]

    def _look_ahead(self) -> tuple[bool, tuple[str, ...]]:
        """Whether the sheet has formulas, and which cells are merged: that stands at its end."""
        has_formulas, merged, rest = False, list[str](), b""
        with self._archive.open(self._part) as source:
            while block := source.read(BLOCK):
                text = rest + block
                has_formulas = has_formulas or FORMULA.search(text) is not None
                ends = [0]
                for match in MERGED.finditer(text):
                    merged.append(match[1].decode())
                    ends.append(match.end())
                rest = text[max(ends[-1], len(text) - 200) :]
        return has_formulas, tuple(ref for ref in merged if _is_downward(ref))

    def _without_result(self) -> "_NoResults":
        return _NoResults(self._formulas() if self._has_formulas else iter(()))

    def _formulas(self) -> Iterator[tuple[int, int]]:
        """Rows and columns of formulas without a result, which openpyxl shows as empty cells."""
        with self._archive.open(self._part) as source:
            # It opens no files, and expat stops entities that grow.
            for _event, element in ElementTree.iterparse(source):  # noqa: S314
                name = element.tag.rpartition("}")[2]
                if name == "c" and _lacks_result(element) and (place := element.get("r")):
                    yield coordinate_to_tuple(place)
                elif name == "row":
                    element.clear()


class _NoResults:
    """Marks the cells of formulas without a result, row after row."""

    def __init__(self, places: Iterator[tuple[int, int]]) -> None:
        self._places = places
        self._next = next(places, None)

    def fill(self, line: int, texts: list[str]) -> list[str]:
        while self._next and self._next[0] <= line:
            row, column = self._next
            if row == line and column <= COLUMNS_MAX + 1:
                texts += [""] * (column - len(texts))
                texts[column - 1] = NoResult()
            self._next = next(self._places, None)
        return texts


class _Merged:
    """Gives every row of merged cells the value that Excel shows across them."""

    def __init__(self, refs: Iterable[str]) -> None:
        self._ranges = sorted(_rows_and_column(ref) for ref in refs)
        self._open: dict[int, tuple[int, str]] = {}

    def fill(self, line: int, texts: list[str]) -> list[str]:
        for column, (bottom, text) in list(self._open.items()):
            if line > bottom:
                del self._open[column]
            else:
                texts += [""] * (column - len(texts))
                texts[column - 1] = text
        while self._ranges and self._ranges[0][0] <= line:
            _top, bottom, column = self._ranges.pop(0)
            text = texts[column - 1] if column <= len(texts) else ""
            self._open[column] = (bottom, text)
        return texts


def cell_of(cell: Any) -> str:
    """A cell as Excel shows it, and what is known beyond its text."""
    if cell.data_type == "e":
        return ErrorCell(cell.value or "")
    match cell.value:
        case None:
            return ""
        case bool() as value:
            return "TRUE" if value else "FALSE"
        case int() | float() as value:
            return _number(value, number_format(cell))
        case datetime() | date() | time() | timedelta() as value:
            return Date(number_formats.show_moment(value, number_format(cell)))
        case value:
            return unescape(str(value))


def unescape(text: str) -> str:
    """Characters that XML cannot hold are kept by their number, `_x000D_`."""
    if "_x" not in text:
        return text
    told = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    # Emoji may be kept as two numbers; one half alone is none.
    return told.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _number(value: float, code: str) -> str:
    plain = number_formats.plain(value)
    if abs(value) >= number_formats.DIGITS_END:
        return Rounded(plain)
    return Number(number_formats.show(value, code), plain)


def _end(cells: Sequence[Any]) -> int:
    """Where the empty cells begin that every row ends with."""
    end = len(cells)
    while end and cells[end - 1].value is None:
        end -= 1
    return end


def _lacks_result(cell: ElementTree.Element) -> bool:
    """A result that is an empty text is one: it has the type of a text."""
    children = {child.tag.rpartition("}")[2]: child for child in cell}
    value = children.get("v")
    has_value = value is not None and bool(value.text)
    return "f" in children and not has_value and cell.get("t") != "str"


def _is_downward(ref: str) -> bool:
    top, bottom, _column = _rows_and_column(ref)
    return bottom > top


def _rows_and_column(ref: str) -> tuple[int, int, int]:
    """First row, last row, first column of `B2:C4`."""
    left, top, _right, bottom = range_boundaries(ref)
    return top or 1, bottom or 1, left or 1


def _open_archive(file: BinaryIO) -> zipfile.ZipFile:
    """A small file may unpack to fill the memory: its parts are asked before they are read."""
    with _excel_faults():
        archive = zipfile.ZipFile(file)
        if any(name.startswith("xl/workbook.bin") for name in archive.namelist()):
            raise Unreadable(_("This is an Excel file of the kind .xlsb. Save it as .xlsx."))
        if "content.xml" in archive.namelist():
            raise Unreadable(_("This is an OpenDocument file. Save it as .xlsx or as CSV."))
    if any(_is_too_large(part) for part in archive.infolist()):
        raise Unreadable(_("The Excel file is too large once unpacked. Save it as CSV."))
    with _excel_faults():
        workbooks = [name for name in archive.namelist() if name.lower().endswith("workbook.xml")]
        if not workbooks:
            raise Unreadable(
                _("This file has no Excel workbook in it. Save it as .xlsx or as CSV.")
            )
        if any(_is_strict(archive, name) for name in workbooks):
            raise Unreadable(
                _(
                    "This is an Excel file of the kind “Strict Open XML Spreadsheet”. "
                    "Save it as “Excel Workbook (.xlsx)”."
                )
            )
    return archive


def _is_strict(archive: zipfile.ZipFile, name: str) -> bool:
    with archive.open(name) as part:
        return STRICT in part.read(BEGINNING)


def _is_too_large(part: zipfile.ZipInfo) -> bool:
    name = part.filename.lower()
    if not name.endswith((".xml", ".rels")):
        return False  # pictures, macros and the like: nobody reads them
    limits: Mapping[str, int] = {"sharedstrings.xml": STRINGS_MAX}
    limit = limits.get(name.rpartition("/")[2], SHEET_MAX if "/worksheets/" in name else PART_MAX)
    is_bomb = part.file_size > max(RATIO_FROM, RATIO_MAX * part.compress_size)
    return part.file_size > limit or is_bomb


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
        OSError,
        OverflowError,
        RuntimeError,
        SyntaxError,
        TypeError,
        ValueError,
    ) as error:
        raise Unreadable(_("The file is broken: Excel's format was not found in it.")) from error
