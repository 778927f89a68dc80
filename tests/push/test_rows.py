"""From cells to a contact's fields, or the reason why not."""

import pytest

from push import columns, rows
from push.cells import Rounded, Row
from push.importing import say
from push.rows import ParsedRow, Rejection
from push.sentences import Unreadable

HEADER = ["id", "name", "tags", "account", "picture_url", "city"]


def parsed(*cells, header=HEADER):
    return rows.parse(columns.read(header), Row(2, cells))


def test_a_whole_row_is_understood():
    found = parsed("123", " 小明 ", "vip；新客; vip;", "信義門市", "https://a.tw/1.png", "台北")

    assert found == ParsedRow(
        line=2,
        id="123",
        name="小明",
        tags=("vip", "新客"),
        account="信義門市",
        picture_url="https://a.tw/1.png",
        attributes={"city": "台北"},
        cells=("123", " 小明 ", "vip；新客; vip;", "信義門市", "https://a.tw/1.png", "台北"),
    )


def test_columns_that_the_file_lacks_are_not_said():
    found = parsed("123", "", header=["contactable_id", "NAME"])

    assert (found.tags, found.account, found.picture_url, found.attributes) == (
        None,
        None,
        None,
        {},
    )


def test_short_rows_have_blank_cells_at_the_end():
    found = parsed("123", "小明")

    assert (found.tags, found.picture_url, found.attributes) == ((), "", {"city": ""})


@pytest.mark.parametrize(
    "header",
    [
        ["ID", "Name"],
        ["contactable_id", "name"],
        ["Contactable ID", "NAME"],
        ["編號", "姓名"],
        ["識別碼", "名稱"],
        ["聯絡人編號", "姓名"],
        ["\ufeffid", " name "],
    ],
)
def test_columns_are_known_by_any_of_their_names(header):
    assert columns.read(header).places == {"id": 0, "name": 1}


def test_other_columns_become_placeholders_and_say_so():
    found = columns.read(["id", "name", "城市", "VIP level", "3d", "", "a|b", "x"])

    assert found.attributes == ((2, "城市"), (3, "VIP_level"), (7, "x"))
    assert [say(note) for note in found.notes] == [
        "The column “VIP level” becomes the placeholder {{ VIP_level }}.",
        "The column “3d” is left out: a placeholder's name begins with a letter and has only "
        "letters, digits, dots, dashes and underscores.",
        "The column “a|b” is left out: a placeholder's name begins with a letter and has only "
        "letters, digits, dots, dashes and underscores.",
    ]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (["foo", "name"], "A column is missing: “id”. The first row has: “foo”, “name”."),
        (["id", "foo\nbar"], "A column is missing: “name”. The first row has: “id”, “foo bar”."),
        (["", ""], "A column is missing: “id”, “name”. The first row has: –."),
        (["id", "編號", "name"], "“id” and “編號” are both read as the same column: keep one."),
        (["id", "name", "a b", "a_b"], "The column “a_b” is there twice: keep one."),
        (
            ["id", "name", *map(str, range(99))],
            "The file has more than 100 columns, the most that can be read.",
        ),
    ],
    ids=["no id", "no name", "nothing", "two ids", "twice", "too many"],
)
def test_headers_that_will_not_do(header, said):
    with pytest.raises(Unreadable) as caught:
        columns.read(header)

    assert say(caught.value.sentence) == said


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["", "小明"], "The id is blank."),
        (["  ", "小明"], "The id is blank."),
        (["x" * 65, "小明"], "“id” has 65 characters; at most 64 fit."),
        (
            ["1\t2", "小明"],
            "The ID has a character that cannot be seen (U+0009) after “1”.",
        ),
        (["1", "小\n明"], "“name” has a character that cannot be seen, such as a line break."),
        (["1", "長" * 201], "“name” has 201 characters; at most 200 fit."),
        (["1", "小\0明"], "The row has a NUL character."),
        (["1", "小明", "長" * 65], "“tag” has 65 characters; at most 64 fit."),
        (["1", "小明", ";".join(map(str, range(51)))], "51 tags; a contact can have 50."),
        (["1", "小明", "", "a" * 121], "“channel account” has 121 characters; at most 120 fit."),
        (
            ["1", "小明", "", "", "javascript:alert(1)"],
            "The picture's address does not begin with https://.",
        ),
        (
            ["1", "小明", "", "", "", "長" * 5000],
            "“city” has 5000 characters; at most 2000 fit.",
        ),
        (["1"], "The row ends after 1 cells, before the id and the name are said."),
        (["1", "2", "", "", "", "", "7"], "The row has 7 cells; the first row has 6."),
        (
            ["1.23E+16", "小明"],
            "Excel has shortened the id 1.23E+16 to 15 digits. "
            "Format the column as text and enter the id again.",
        ),
        (
            [Rounded("12300000000000000"), "小明"],
            "Excel has shortened the id 12300000000000000 to 15 digits. "
            "Format the column as text and enter the id again.",
        ),
    ],
)
def test_rows_that_are_left_out_say_why(cells, said):
    found = parsed(*cells)

    assert isinstance(found, Rejection)
    assert say(found.reason) == said


@pytest.mark.parametrize(
    "name", ["<b>粗</b>", "{{ name }}", "🎉", "=HYPERLINK(1)", "小明", "", "O'Brien; DROP"]
)
def test_names_are_kept_as_they_are(name):
    assert parsed("1", name).name == name
