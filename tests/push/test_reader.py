"""Files that are made to cost far more than they weigh: refused, and cheaply."""

import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from push import reader, reader_process
from push.importing import say
from push.sentences import Unreadable

# Runs the reader as a worker does, and says how it ended and what that took.
MEASURE = """
import json, resource, subprocess, sys
file = open(sys.argv[1], "rb")
code = "from push.reader import main; main()"
child = subprocess.run([sys.executable, "-c", code, sys.argv[2]], stdin=file, stdout=-3)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([child.returncode, used.ru_maxrss // 1024, used.ru_utime + used.ru_stime]))
"""
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OPTIONS = {"reading": {}, "memory": reader.MEMORY_MAX, "seconds": reader.SECONDS_LEAST}


def measured(path):
    """How the reader of the file ended, the megabytes and the seconds of computing it had."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path), json.dumps(OPTIONS)],
        cwd=settings.BASE_DIR,
        env=os.environ | {"PYTHONPATH": str(settings.BASE_DIR)},
        capture_output=True,
        check=True,
    )
    return json.loads(done.stdout)


def read(path, **options):
    with path.open("rb") as file, reader_process.opened(file, **options) as source:
        return [item for batch in source.batches() for item in batch.items]


def refused(path, **options):
    with pytest.raises(Unreadable) as caught:
        read(path, **options)
    return say(caught.value.sentence)


def workbook(path, *, rows="", strings="", tail=""):
    """An .xlsx file with this in its only sheet, and this as its shared strings."""
    kinds = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{kinds}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{office}"><sheets>'
        '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{kinds}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}">'
        f"<dimension ref='A1:XFD1048576'/><sheetData>{HEADER}{rows}</sheetData>{tail}</worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{strings}</sst>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


HEADER = (
    '<row r="1"><c t="inlineStr"><is><t>id</t></is></c><c t="inlineStr"><is><t>name</t></is></c>'
    "</row>"
)


def wide_rows(path):
    """Each row has one cell, in the last column there is."""
    rows = "".join(f'<row r="{n}"><c r="XFD{n}" t="n"><v>1</v></c></row>' for n in range(2, 9_000))
    return workbook(path, rows=rows)


def one_row(path):
    """A single row of millions of cells."""
    return workbook(path, rows='<row r="2">' + "<c/>" * 6_000_000 + "</row>")


def strings(path):
    """Millions of texts that no cell shows."""
    return workbook(path, strings="<si><t>a</t></si>" * 8_000_000)


def one_string(path):
    return workbook(path, strings=f"<si><t>{'x' * 250_000_000}</t></si>")


def far_rows(path):
    """The second row is the last that Excel has, the third goes beyond."""
    rows = "".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in (1_048_576, 90_000_000))
    return workbook(path, rows=rows)


def deep(path):
    return workbook(path, rows="<a>" * 5_000_000)


def entities(path):
    """A billion laughs."""
    return workbook(path, tail="&lol9;")


def stray_quotes(path):
    path.write_text("id,name\n" + '"",x","y\n' * 90_000, encoding="utf-8")
    return path


def many_columns(path):
    path.write_text(",".join(["id", "name", *(f"c{n}" for n in range(150_000))]))
    return path


def wide_header(path):
    path.write_text("id;name" + ";" * 800_000)
    return path


def wide_line(path):
    path.write_text("id,name\n" + ("," * 800_000 + "\n") * 5)
    return path


def rejected_rows(path):
    path.write_text("id,name\n" + ",x\n" * 266_000)
    return path


def blank_rows(path):
    path.write_text("id,name\n" + "\n" * 800_000)
    return path


HOSTILE = [
    wide_rows,
    one_row, strings, one_string, far_rows, deep, entities, stray_quotes,
    many_columns, wide_header, wide_line, rejected_rows, blank_rows,
]  # fmt: skip


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_reading_costs_little_whatever_the_file(tmp_path, make):
    path = make(tmp_path / "contacts")

    code, megabytes, seconds = measured(path)

    assert code in {0, reader.OUT_OF_MEMORY}
    assert megabytes <= 200
    assert seconds <= reader.SECONDS_LEAST


def test_a_file_that_needs_too_much_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "MEMORY_MAX", 5 * 2**20)

    assert refused(rejected_rows(tmp_path / "contacts")) == (
        "The file is too large to read: it needs more than 5 MB of memory. "
        "Divide it, or save it as CSV."
    )


def test_a_file_that_takes_too_long_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "SECONDS_LEAST", 1)
    monkeypatch.setattr(reader, "SECONDS_PER_MB", 0)

    assert refused(rejected_rows(tmp_path / "contacts")) == (
        "The file is too large to read: it takes more than 1 seconds of computing. "
        "Divide it, or save it as CSV."
    )


def test_a_reader_that_is_killed_is_said(tmp_path):
    def read_and_kill(path):
        with path.open("rb") as file, reader_process.opened(file) as source:
            os.kill(source.pid, signal.SIGKILL)
            list(source.batches())

    with pytest.raises(Unreadable, match="it needs more than 160 MB of memory"):
        read_and_kill(rejected_rows(tmp_path / "contacts"))


def test_a_reader_does_not_outlive_who_started_it(tmp_path):
    path = rejected_rows(tmp_path / "contacts")

    with path.open("rb") as file, reader_process.opened(file) as source:
        pid = source.pid

    assert not Path(f"/proc/{pid}").exists()


def test_who_waits_may_end_the_reading(tmp_path):
    class Enough(Exception):
        pass

    def end(_share):
        raise Enough

    with pytest.raises(Enough):
        read(rejected_rows(tmp_path / "contacts"), on_wait=end)


def test_rows_that_were_done_are_read_and_not_given_again(tmp_path):
    path = tmp_path / "contacts"
    path.write_text("id,name\n1,小明\n\n,誰\n2,小華\n1,阿美\n", encoding="utf-8")

    items = read(path, skip=2)

    assert [item.line for item in items] == [5, 6]
    assert say(items[1].reason) == "The id is already on line 2."
