"""Excel's cells as Excel shows them, and what is known beyond their text."""

import zipfile
from datetime import datetime

import pytest

from push import excel, tables
from push.cells import Date, ErrorCell, NoResult, Number, Rounded
from push.importing import say
from push.sentences import Unreadable
from tests.push import workbooks


@pytest.fixture
def path(tmp_path):
    return tmp_path / "contacts.xlsx"


def read(path, **options):
    with path.open("rb") as file, tables.opened(file, **options) as table:
        return [(row.line, list(row.cells)) for row in table.rows()]


def cells_of(path):
    return read(path)[-1][1]


def refused(path, **options):
    with pytest.raises(Unreadable) as caught:
        read(path, **options)
    return say(caught.value.sentence)


def test_numbers_have_the_look_that_their_format_gives_them(path):
    line = [0.1 + 0.2, 0.15, 912345678, 1234.5, datetime(2026, 11, 29), datetime(2026, 11, 29)]
    formats = {"B1": "0%", "C1": "0000000000", "D1": "#,##0.00", "E1": "[$-404]e/m/d", "F1": "m/d"}
    workbooks.write(path, line, formats=formats)

    cells = cells_of(path)

    assert cells == ["0.3", "15%", "0912345678", "1,234.50", "115/11/29", "11/29"]
    assert [type(cell) for cell in cells] == [Number, Number, Number, Number, Date, Date]
    assert [cell.plain for cell in cells[:4]] == ["0.3", "0.15", "912345678", "1234.5"]


def test_numbers_that_excel_has_rounded_are_marked(path):
    workbooks.write(path, [1.234567890123457e18, 12345678901234567, 10**15, 10**15 - 1])

    assert [(type(cell), cell) for cell in cells_of(path)] == [
        (Rounded, "1234567890123460000"),
        (Rounded, "12345678901234600"),
        (Rounded, "1000000000000000"),
        (Number, "999999999999999"),
    ]


@pytest.mark.parametrize(
    ("kept", "text"),
    [
        ("l1_x000D_\nl2", "l1\r\nl2"),
        ("a_x0009_b", "a\tb"),
        ("_xD83C__xDF89_", "🎉"),
        ("_xD83C_", "\ufffd"),
        ("_x005F_x000D_", "_x000D_"),
        ("_x12_", "_x12_"),
        ("a_xyz", "a_xyz"),
    ],
)
def test_characters_that_xml_cannot_hold_are_told(kept, text):
    assert excel.unescape(kept) == text


def test_text_may_have_parts_in_bold_and_a_reading_above(path):
    workbooks.write(path, ["X"])
    bold = "<r><t>王</t></r><r><rPr><b/></rPr><t>小明</t></r>"
    reading = '<rPh sb="0" eb="1"><t>ワン</t></rPh>'
    workbooks.patch(path, "<is><t>X</t></is>", f"<is>{bold}{reading}</is>")

    assert cells_of(path) == ["王小明"]


def test_errors_and_booleans(path):
    workbooks.write(path, [True, "#N/A", "x"])

    cells = cells_of(path)

    assert cells == ["TRUE", "", "x"]
    assert (type(cells[1]), cells[1].error) == (ErrorCell, "#N/A")


def test_a_formula_without_a_result_is_told_from_an_empty_cell(path):
    workbooks.write(path, ["a", None, "=B1*2", "=A1", None, "=1/2"], ["b", "=A2"])

    first, second = (cells for _line, cells in read(path))

    assert [type(cell) for cell in first] == [str, str, NoResult, NoResult, str, NoResult]
    assert [type(cell) for cell in second] == [str, NoResult]


def test_a_formula_with_a_result_is_its_result_also_an_empty_one(path):
    workbooks.write(path, ["=B1", "=C1", "=D1"])
    workbooks.patch(path, "<f>B1</f><v />", "<f>B1</f><v>7</v>")
    workbooks.patch(path, '<c r="B1"><f>C1</f><v />', '<c r="B1" t="str"><f>C1</f><v></v>')
    workbooks.patch(path, '<c r="C1"><f>D1</f><v />', '<c r="C1" t="str"><f>D1</f><v>x</v>')

    cells = cells_of(path)

    assert [(type(cell), cell) for cell in cells] == [(Number, "7"), (str, ""), (str, "x")]


SHEETS = {
    "Lookup": ("hidden", [["id", "name"], [999, "HIDDEN"]]),
    "Secret": ("veryHidden", [["id", "name"], [998, "HIDDEN"]]),
    "聯絡人": ("visible", [["id", "name"], [1, "VISIBLE"]]),
    "More": ("visible", [["id", "name"], [2, "OTHER"]]),
}


def test_the_first_visible_sheet_is_read_and_the_others_are_named(path):
    workbooks.write_sheets(path, **SHEETS)

    with path.open("rb") as file, tables.opened(file) as table:
        assert (table.sheet, table.sheets) == ("聯絡人", ("聯絡人", "More"))
        assert list(table.rows())[1].cells == ["1", "VISIBLE"]


@pytest.mark.parametrize(("name", "cell"), [("More", "OTHER"), ("Lookup", "HIDDEN")])
def test_another_sheet_is_read_by_its_name(path, name, cell):
    workbooks.write_sheets(path, **SHEETS)

    assert read(path, sheet=name)[1][1][1] == cell


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(path):
    workbooks.write_sheets(path, **SHEETS)

    assert refused(path, sheet="<b>") == (
        "The Excel file has no sheet “<b>”. It has: “聯絡人”, “More”, “Lookup”, “Secret”."
    )


def test_every_row_of_merged_cells_gets_their_value(path):
    lines = [["id", "name", "city"], [1, "a", "台北"], [2, "b", None], [3, "c", "高雄"]]
    workbooks.write(path, *lines, merge=["C2:C3", "A6:C6"])

    with path.open("rb") as file, tables.opened(file) as table:
        assert [row.cells[2] for row in table.rows()] == ["city", "台北", "台北", "高雄"]
        assert [say(note) for note in table.notes] == [
            "Cells are merged (C2:C3): every row of them gets the value."
        ]


def test_rows_far_down_and_cells_far_right_cost_nothing(path):
    workbooks.write(path, ["id", "name"], [1, "a"])
    far = '<row r="900000000"><c r="A900000000"><v>2</v></c></row></sheetData>'
    workbooks.patch(path, "</sheetData>", '<row r="3"><c r="XFD3"><v>7</v></c></row></sheetData>')
    workbooks.patch(path, "</sheetData>", far)

    assert read(path) == [(1, ["id", "name"]), (2, ["1", "a"])]


@pytest.mark.parametrize(
    "part", ["xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/theme/t.xml"]
)
def test_parts_that_unpack_to_too_much_are_refused_before_they_are_read(path, part):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, b"<a>" + b"<b/>" * 2**19)

    assert path.stat().st_size < 10_000
    assert refused(path) == "The Excel file is too large once unpacked. Save it as CSV."


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("content.xml", "This is an OpenDocument file. Save it as .xlsx or as CSV."),
        ("xl/workbook.bin", "This is an Excel file of the kind .xlsb. Save it as .xlsx."),
        ("word/document.xml", "This file has no Excel workbook in it. Save it as .xlsx or as CSV."),
    ],
)
def test_other_packed_files_are_named(path, name, said):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "<a/>")

    assert refused(path) == said


def test_entities_that_grow_are_refused(path):
    workbooks.write(path, ["=A1"])
    grow = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    workbooks.patch(path, "<worksheet", f"{grow}]><worksheet")
    workbooks.patch(path, "<v />", "<v>&i;</v>")

    assert refused(path) == "The file is broken: Excel's format was not found in it."
