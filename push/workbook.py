"""What a file of contacts needs of an Excel workbook, and nothing beside it.

openpyxl reads a workbook as a whole, and gives it up where a colour, a print area or a property of
the document is not as it expects. Many programs write such files, and Excel opens them.
"""

from collections.abc import Generator, Iterator, Sequence
from typing import IO, Any, BinaryIO
from xml.etree.ElementTree import Element, SubElement

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import Stylesheet
from openpyxl.worksheet._reader import ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import ARC_STYLE, SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring, iterparse

NUMBER_FORMATS = f"{{{SHEET_MAIN_NS}}}numFmts"
CELL_FORMATS = f"{{{SHEET_MAIN_NS}}}cellXfs"
STRING = f"{{{SHEET_MAIN_NS}}}si"


class WorkbookReader(ExcelReader):
    """Sheets, strings and number formats."""

    package: Any
    wb: Any

    def __init__(self, file: BinaryIO) -> None:
        # Given a path, openpyxl goes by its ending, which an upload that was put aside lacks.
        super().__init__(file, read_only=True, data_only=True, keep_links=False)

    def read(self) -> None:
        self.read_manifest()
        self.read_strings()
        self.read_workbook()
        self._read_number_formats()
        self.read_worksheets()

    def read_strings(self) -> None:
        """As they stand: openpyxl takes the escape of an escape, `_x005F_`, away too early."""
        if (part := self.package.find(SHARED_STRINGS)) is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            for _event, element in iterparse(source):
                if element.tag == STRING:
                    text: Any = Text.from_tree(element)
                    self.shared_strings.append(text.content)
                    element.clear()

    def read_chartsheet(self, sheet: Any, rel: Any) -> None:
        """A chart has no cells."""

    def rows(
        self, sheet: Any, source: IO[bytes], *, width: int
    ) -> Iterator[tuple[int, Sequence[Any]]]:
        """The number and so many cells of each row that the sheet's part has."""
        parser = _RowParser(
            source,
            self.shared_strings,
            data_only=True,
            epoch=self.wb.epoch,
            date_formats=self.wb._date_formats,
            timedelta_formats=self.wb._timedelta_formats,
        )
        for number, cells in parser.parse():
            yield number, sheet._get_row(cells, max_col=width)

    def _read_number_formats(self) -> None:
        if ARC_STYLE not in self.valid_files:
            return
        kept: Any = Element("styleSheet")
        for part in fromstring(self.archive.read(ARC_STYLE)):
            if part.tag == NUMBER_FORMATS:
                kept.append(part)
            elif part.tag == CELL_FORMATS:
                kept.append(_number_formats_alone(part))
        styles: Any = Stylesheet.from_tree(kept)
        if styles.cell_styles:
            self.wb._cell_styles = styles.cell_styles
            self.wb._number_formats = styles.number_formats
            self.wb._date_formats = styles.date_formats
            self.wb._timedelta_formats = styles.timedelta_formats


class _RowParser(WorkSheetParser):
    """The rows of a sheet, without its filters, views and rules for input."""

    def parse(self) -> Generator[Any, None, None]:
        for _event, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                row = self.parse_row(element)
                self.row_dimensions.clear()
                element.clear()
                yield row


def number_format(cell: Any) -> str:
    """Its code; a cell may name a format that the workbook does not have."""
    try:
        return str(cell.number_format)
    except IndexError:
        return "General"


def _number_formats_alone(formats: Element) -> Element:
    found = Element(CELL_FORMATS)
    for each in formats:
        SubElement(found, each.tag, {"numFmtId": each.get("numFmtId", "0")})
    return found
