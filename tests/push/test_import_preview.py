"""How a file was understood: each column's field, first values and remarks."""

import json

from push import columns, rows
from push.cells import NoResult, Row
from push.import_preview import Preview
from push.importing import say


def preview(*lines):
    header, *body = lines
    found = columns.read(header)
    made = Preview(found)
    for number, cells in enumerate(body, 2):
        made.take(rows.parse(found, Row(number, cells)))
    return made


def test_each_column_says_what_it_becomes_and_its_first_values():
    made = preview(
        ["編號", "Name", "VIP level", "", "標籤", "3d"],
        ["1", "a", "gold", "", "x;y", ""],
        ["2", "b", "silver"],
        ["3", "c", "長" * 500],
        ["4", "d", "none"],
    )

    assert [
        (each["number"], each["title"], each["field"], each["attribute"], each["values"])
        for each in made.understood["columns"]
    ] == [
        (1, "編號", "id", "", ["1", "2", "3"]),
        (2, "Name", "name", "", ["a", "b", "c"]),
        (3, "VIP level", "", "VIP_level", ["gold", "silver", "長" * 120 + "…"]),
        (5, "標籤", "tags", "", ["x; y", "", ""]),
        (6, "3d", "", "", ["", "", ""]),
    ]


def test_remarks_are_counted_with_the_first_line_and_its_words():
    made = preview(
        ["id", "name", "total", ""],
        ['="007"', "a", NoResult(), "x"],
        ["'008", "b", NoResult(), ""],
        ["9", "c", "5", "y"],
    )

    told = [
        (title, found.line, found.count, say(found.sentence)) for title, found in made.remarks()
    ]
    assert told == [
        ("id", 2, 2, "“=\"007\"” is read as “007”."),
        ("total", 2, 2, "Formulas without a result: the values that contacts have are kept. "
         "Open the file in Excel, let it calculate, save it and import it again."),
        ("#4", 2, 2, "This column has no name; its values, such as “x”, are left out."),
    ]  # fmt: skip
    assert made.understood["columns"][2]["values"] == [None, None, "5"]


def test_rows_left_out_are_kept_with_their_reason():
    made = preview(["id", "name"], ["", "<b>"], ["1", "x"], ["nan", "y"])

    assert [(row["line"], row["row"]) for row in made.understood["left_out"]] == [
        (2, "<b>"), (4, "nan · y"),
    ]  # fmt: skip


def test_all_of_it_can_be_kept_as_json():
    made = preview(["id", "name", "x"], ['="1"', "a", "1.2E+17"], ["", "", "y"])

    assert json.loads(json.dumps(made.understood)) == made.understood
