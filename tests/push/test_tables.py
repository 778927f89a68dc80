"""Rows out of files, whatever their encoding, delimiter and damage."""

import gzip
import tracemalloc
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from push import excel, tables
from push.cells import Number, Rounded, Row
from push.importing import say
from push.sentences import Unreadable

TEXT = "編號,姓名\r\n1,王小明\r\n2,林怡君\r\n"


def read(path):
    with path.open("rb") as file, tables.opened(file) as table:
        return table.read_as, [(row.line, list(row.cells)) for row in table.rows()]


def refused(path):
    with pytest.raises(Unreadable) as caught:
        read(path)
    return say(caught.value.sentence)


def sheet(path, *lines):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("encoding", "read_as"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("cp950", "Big5"),
    ],
)
def test_encodings_are_told_apart(tmp_path, encoding, read_as):
    path = tmp_path / "contacts.csv"
    path.write_bytes(TEXT.encode(encoding))

    assert read(path) == (
        read_as,
        [(1, ["編號", "姓名"]), (2, ["1", "王小明"]), (3, ["2", "林怡君"])],
    )


def test_utf_16_with_the_other_byte_first(tmp_path):
    path = tmp_path / "contacts.csv"
    path.write_bytes(b"\xfe\xff" + TEXT.encode("utf-16-be"))

    assert read(path)[0] == "UTF-16"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf\r\n \r\n", "The file is empty."),
        (
            "id,name\r\n1,a\r\n".encode("utf-16-le"),
            "The file looks like UTF-16 without its mark. Save it as “CSV UTF-8”.",
        ),
        (
            b"\xff\xfe\x00\x00" + TEXT.encode("utf-32-le"),
            "The file is not whole UTF-16. Save it as “CSV UTF-8”.",
        ),
        (
            b"\xff\xfei\x00d\x00,",
            "The file is not whole UTF-16. Save it as “CSV UTF-8”.",
        ),
        (
            b"\xd0\xcf\x11\xe0 old",
            "This is an old Excel file, or one with a password. Save it as .xlsx or as CSV.",
        ),
        (
            b"PK\x03\x04 broken",
            "The file is broken: Excel's format was not found in it.",
        ),
        (
            ("識別碼,姓名\n" + "王小明陳大文,王小明李四\n" * 50).encode("utf-16-le"),
            "The file looks like UTF-16 without its mark. Save it as “CSV UTF-8”.",
        ),
        (
            gzip.compress(b"id,name\n1,a\n"),
            "This is GZIP, not a table. Save it as .xlsx or as CSV.",
        ),
        (b"%PDF-1.7\n%...", "This is PDF, not a table. Save it as .xlsx or as CSV."),
        (
            b"id,name\n" + "1,王\n".encode() * 90_000 + b"2,\xe7\x8e\n",
            "Line 90002 cannot be read as UTF-8. Save the file as “CSV UTF-8”.",
        ),
    ],
    ids=[
        "empty", "blank", "utf-16 no mark", "utf-32", "half utf-16", "xls", "broken xlsx",
        "chinese utf-16 no mark", "gzip", "pdf", "one broken byte",
    ],
)  # fmt: skip
def test_other_encodings_are_refused_in_words(tmp_path, content, said):
    path = tmp_path / "contacts.csv"
    path.write_bytes(content)

    assert refused(path) == said


@pytest.mark.parametrize(
    ("line", "delimiter"),
    [
        ("id,name,tags", ","),
        ("id;name;a,b", ";"),
        ("編號\t姓名\tcity", "\t"),
        ('"id";"name"', ";"),
        ("foo,bar,baz;", ","),
    ],
)
def test_delimiters_are_told_by_the_header(line, delimiter):
    assert tables.delimiter_of(line) == delimiter


def test_a_quotation_mark_that_is_not_closed_costs_one_row(tmp_path):
    path = tmp_path / "contacts.csv"
    path.write_text('id,name\n1,"小明\n2,小華\n3,阿美\n', encoding="utf-8")

    with path.open("rb") as file, tables.opened(file) as table:
        found = list(table.rows())

    assert found[0] == Row(1, ["id", "name"])
    assert (found[1].line, say(found[1].fault)) == (
        2,
        "A quotation mark in this row is not closed, or stands inside a cell.",
    )
    assert found[2:] == [Row(3, ["2", "小華"]), Row(4, ["3", "阿美"])]


def test_a_cell_of_several_lines_keeps_the_line_it_began_on(tmp_path):
    path = tmp_path / "contacts.csv"
    path.write_text('id,name\n1,"小\n明"\n2,小華\n', encoding="utf-8", newline="")

    assert read(path)[1] == [(1, ["id", "name"]), (2, ["1", "小\n明"]), (4, ["2", "小華"])]


@pytest.mark.parametrize("size", [100_001, 1_000_000, 3_000_000])
def test_a_monstrous_cell_costs_its_row_alone(tmp_path, size):
    path = tmp_path / "contacts.csv"
    path.write_text(f"id,name\n1,{'x' * size}\n2,小華\n", encoding="utf-8")

    with path.open("rb") as file, tables.opened(file) as table:
        found = list(table.rows())

    assert [row.line for row in found] == [1, 2, 3]
    assert say(found[1].fault) == "A cell has more than 100,000 characters."
    assert found[2] == Row(3, ["2", "小華"])


def test_nul_characters_are_passed_on_to_be_refused(tmp_path):
    path = tmp_path / "contacts.csv"
    path.write_bytes(b"id,name\n1,a\x00b\n2,c\n")

    assert read(path)[1] == [(1, ["id", "name"]), (2, ["1", "a\0b"]), (3, ["2", "c"])]


def test_excel_cells_are_written_as_people_write_them(tmp_path):
    path = sheet(
        tmp_path / "contacts.xlsx",
        ["編號", "姓名", "日期", "時間", "數字", "真", "空"],
        [100234, "王小明", date(2026, 11, 28), datetime(2026, 11, 28, 15, 30), 1.5, True, None],
        [12.0, "=1+1", None],
    )

    assert read(path) == (
        "Excel",
        [
            (1, ["編號", "姓名", "日期", "時間", "數字", "真", "空"]),
            (2, ["100234", "王小明", "2026-11-28", "2026-11-28 15:30", "1.5", "TRUE"]),
            (3, ["12", ""]),
        ],
    )


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "=HYPERLINK()"
    book.active["A1"].data_type = "s"
    book.save(tmp_path / "contacts.xlsx")

    assert read(tmp_path / "contacts.xlsx")[1] == [(1, ["=HYPERLINK()"])]


def test_long_numbers_that_excel_has_rounded_are_marked(tmp_path):
    path = sheet(tmp_path / "contacts.xlsx", [17841400000000000, 1.7841400000000012e16], [10**14])

    with path.open("rb") as file, tables.opened(file) as table:
        first, second = table.rows()

    assert [type(cell) for cell in first.cells] == [Rounded, Rounded]
    assert [(type(cell), cell) for cell in second.cells] == [(Number, "100000000000000")]


def test_an_excel_file_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(excel, "STRINGS_MAX", 2**20)
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/sharedStrings.xml", "w") as strings,
    ):
        for _block in range(2):
            strings.write(b"\0" * 2**20)

    assert refused(path) == "The Excel file is too large once unpacked. Save it as CSV."


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")

    assert refused(path) == "This file has no Excel workbook in it. Save it as .xlsx or as CSV."


def test_the_share_read_grows_to_the_whole(tmp_path):
    path = sheet(tmp_path / "contacts.xlsx", ["id"], ["1"], ["2"], ["3"])

    with path.open("rb") as file, tables.opened(file) as table:
        shares = [table.share for _row in table.rows()]

    assert shares == [0.25, 0.5, 0.75, 1.0]


def test_a_file_of_stray_quotation_marks_is_given_up(tmp_path):
    """Every line opens a quotation that is never closed, and reopens it when read inside one."""
    path = tmp_path / "contacts.csv"
    path.write_text("id,name\n" + '"",x","y\n' * 90_000, encoding="utf-8")

    assert refused(path) == (
        "Too many rows have a quotation mark that is not closed, the last one on line 2002. "
        "Check which quotation marks and delimiter the file was saved with."
    )


@pytest.mark.parametrize(
    "long",
    ['1,"' + "\n" * 600 + '"', '1,"' + ('x" ,"' + "x\n" * 50 + '","' + "x" * 90_000) * 20 + '"'],
    ids=["lines", "characters"],
)
def test_a_quotation_ends_somewhere(tmp_path, long):
    path = tmp_path / "contacts.csv"
    path.write_text(f"id,name\n{long}\n2,小華\n", encoding="utf-8")

    with path.open("rb") as file, tables.opened(file) as table:
        rows = list(table.rows())

    assert next(row for row in rows if row.fault).line == 2
    assert max(sum(map(len, row.cells)) for row in rows) <= tables.LINE_MAX
    assert rows[-1].cells == ["2", "小華"]


@pytest.mark.parametrize("blank", ["\n", ",\n", " \r\n"])
def test_blank_lines_cost_no_memory(tmp_path, blank):
    """Before and behind the header, however many."""
    path = tmp_path / "contacts.csv"
    path.write_text(blank * 100_000 + "id,name\n" + blank * 100_000 + "1,a\n", newline="")

    with path.open("rb") as file, tables.opened(file) as table:
        tracemalloc.start()
        try:
            rows = [(row.line, row.cells) for row in table.rows() if row.has_text]
            _now, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

    assert rows == [(100_001, ["id", "name"]), (200_002, ["1", "a"])]
    assert most < 2 * 2**20
