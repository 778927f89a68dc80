"""Workbooks as other programs write them."""

import pytest

from push import excel, tables
from push.importing import say
from push.sentences import Unreadable
from tests.push import workbooks

LINES = (["id", "name", "note"], ["1", "a", 0.15])
EVERY = [["id", "name", "note"], ["1", "a", "15%"]]
CHART = '<chartsheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture
def path(tmp_path):
    return workbooks.write(tmp_path / "contacts.xlsx", *LINES, formats={"C2": "0%"})


def read(path):
    with path.open("rb") as file, tables.opened(file) as table:
        return [list(row.cells) for row in table.rows()]


def refused(path):
    with pytest.raises(Unreadable) as caught:
        read(path)
    return say(caught.value.sentence)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/styles.xml", "<fill>", "<fill/><fill>"),
        ("xl/styles.xml", '<sz val="11" />', '<sz val="eleven"/>'),
        ("xl/styles.xml", 'rgb="00000000"', 'rgb="none"'),
        ("xl/styles.xml", '<xf numFmtId="9"', '<xf foo="1" numFmtId="9"'),
        ("docProps/core.xml", "</dcterms:created>", "-yesterday</dcterms:created>"),
        ("xl/workbook.xml", "<definedNames />", '<definedNames><definedName localSheetId="0" '
         'name="_xlnm.Print_Titles">#REF!#REF!</definedName></definedNames>'),
        ("xl/worksheets/sheet1.xml", "</sheetData>", '</sheetData><dataValidations count="1">'
         '<dataValidation type="anything" sqref="A1"/></dataValidations>'),
        ("xl/worksheets/sheet1.xml", "</sheetData>", '</sheetData><pageSetup orientation="up"/>'),
        ("xl/worksheets/sheet1.xml", "<sheetData>", '<sheetViews><sheetView view="odd" '
         'workbookViewId="0"/></sheetViews><sheetData>'),
        ("xl/worksheets/sheet1.xml", "</sheetData>", '</sheetData><autoFilter ref="A1:C2">'
         '<filterColumn colId="0"><customFilters><customFilter operator="like" val="x"/>'
         "</customFilters></filterColumn></autoFilter>"),
    ],
    ids=[
        "empty fill", "font size", "colours", "format", "date of the document", "print titles",
        "rules for input", "page", "view", "filter",
    ],
)  # fmt: skip
def test_what_says_nothing_of_cells_does_not_matter(path, part, old, new):
    assert read(workbooks.patch(path, old, new, part=part)) == EVERY


def test_a_cell_may_name_a_format_that_is_not_there(path):
    workbooks.patch(path, 'r="C2" s="1"', 'r="C2" s="77"')

    assert read(path)[1] == ["1", "a", "0.15"]


def test_a_sheet_that_is_a_chart_may_come_first(path):
    workbooks.patch(
        path, "<sheets>", '<sheets><sheet name="Chart" sheetId="9" r:id="rId99" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>',
        part="xl/workbook.xml",
    )  # fmt: skip
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartsheet"
    rel = f'<Relationship Id="rId99" Type="{kind}" Target="/xl/chartsheets/sheet1.xml"/>'
    workbooks.patch(
        path, "</Relationships>", f"{rel}</Relationships>", "xl/_rels/workbook.xml.rels"
    )
    workbooks.add(path, "xl/chartsheets/sheet1.xml", CHART)

    assert read(path) == EVERY


@pytest.mark.parametrize(
    ("kept", "text"),
    [
        ("a_x005F_x000D_b", "a_x000D_b"),
        ("a_x000D__x000A_b", "a\r\nb"),
        ("a_x005F_b", "a_b"),
        ("ax005F_b", "ax005F_b"),
    ],
)
def test_a_shared_text_loses_its_escape_once(path, kept, text):
    workbooks.patch(path, ">a<", f">{kept}<")
    workbooks.share_texts(path)

    assert read(path)[1] == ["1", text, "15%"]


def test_rows_that_the_file_leaves_out_still_count(path):
    workbooks.patch(path, '<row r="2"', '<row r="7"')

    with path.open("rb") as file, tables.opened(file) as table:
        assert [row.line for row in table.rows() if row.has_text] == [1, 7]


def test_strict_workbooks_are_named(path):
    workbooks.patch(path, TRANSITIONAL, STRICT, part="xl/workbook.xml")

    assert refused(path) == (
        "This is an Excel file of the kind “Strict Open XML Spreadsheet”. "
        "Save it as “Excel Workbook (.xlsx)”."
    )


def test_a_workbook_without_a_type_is_refused_and_not_a_crash(path):
    workbooks.patch(path, "sheet.main+xml", "nothing+xml", part="[Content_Types].xml")

    assert refused(path) == "The file is broken: Excel's format was not found in it."


def test_an_empty_archive_has_no_workbook(tmp_path):
    path = tmp_path / "empty.xlsx"
    path.write_bytes(b"PK\x05\x06" + b"\0" * 18)

    assert refused(path) == "This file has no Excel workbook in it. Save it as .xlsx or as CSV."


def test_dates_beyond_the_calendar_are_one_bad_cell(path):
    workbooks.patch(path, 'numFmtId="9"', 'numFmtId="14"', part="xl/styles.xml")
    workbooks.patch(path, "0.15", "99999999")

    [cell] = read(path)[1][2:]
    assert isinstance(cell, excel.ErrorCell)
