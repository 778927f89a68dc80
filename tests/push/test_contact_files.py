"""Whole files as people and programs make them, and the contacts that come of them."""

import random

import pytest

from people import sheets
from push import importing, reader_process
from push.importing import Aim, Counts, say
from push.models import Contact, Tag
from push.rows import Rejection
from push.sentences import Unreadable
from tests.makers import make_contact
from tests.push import workbooks

pytestmark = pytest.mark.django_db
SHORTENED = (
    "Excel has shortened the id {} to 15 digits. Format the column as text and enter the id again."
)


class Brought:
    """What an import said of its columns, its cells, and the rows that it rejected."""

    def __init__(self, path, content=None, **reading):
        if content is not None:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        self.rejected, self.remarks = [], []
        with path.open("rb") as file, reader_process.opened(file, **reading) as source:
            self.counts = importing.run(source, Aim("line"), on_row=self._take)
        self.notes = [say(note) for note in source.columns.notes]

    def _take(self, item):
        if isinstance(item, Rejection):
            self.rejected.append((item.line, say(item.reason)))
        else:
            self.remarks += [say(remark.sentence) for remark in item.remarks]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "contacts"


def ids():
    return dict(Contact.objects.order_by("pk").values_list("contactable_id", "name"))


def attributes():
    return dict(Contact.objects.values_list("contactable_id", "attributes"))


def test_guards_of_spreadsheets_are_taken_off_ids(path):
    brought = Brought(path, 'id,name\n="00123",a\n\'00124,b\n"=""00125""",c\n')

    assert ids() == {"00123": "a", "00124": "b", "00125": "c"}
    assert brought.remarks == [
        "“=\"00123\"” is read as “00123”.",
        "“'00124” is read as “00124”.",
        "“=\"00125\"” is read as “00125”.",
    ]  # fmt: skip


def test_whole_numbers_lose_the_point_that_programs_gave_them(path):
    brought = Brought(path, "id,name\n123.0,a\n124.00,b\n")

    assert (ids(), brought.rejected) == ({"123": "a", "124": "b"}, [])


def test_the_same_id_in_other_characters_is_left_out_with_the_line_of_the_first(path):
    brought = Brought(path, 'id,name\n１２３,a\n123,b\n123.0,c\n\'123,d\n="123",e\n')

    assert ids() == {"123": "a"}
    assert brought.rejected == [(line, "The id is already on line 2.") for line in (3, 4, 5, 6)]


def test_characters_that_cannot_be_seen_around_an_id_make_no_second_contact(path):
    brought = Brought(path, "id,name\nU1\u200b,a\nU1,b\n\ufeffU1,c\nU\u200b1,d\n")

    assert ids() == {"U1": "a"}
    assert brought.rejected == [
        (3, "The id is already on line 2."),
        (4, "The id is already on line 2."),
        (5, "The ID has a character that cannot be seen (U+200B) after “U”."),
    ]


def test_words_for_nothing_and_short_forms_are_no_ids(path):
    words = ["nan", "NULL", "#N/A", "None", "-"]
    numbers = ["1E17", "1.23e17", "1.2E+05"]
    lines = [f"{word},a" for word in words + numbers]

    brought = Brought(path, "\n".join(["id,name", *lines]))

    assert ids() == {}
    assert [reason for _line, reason in brought.rejected] == [
        *(f"“{word}” is not an ID." for word in words),
        *(SHORTENED.format(number) for number in numbers),
    ]


NUMBERS = ["id", "name", "price", "pct", "phone", "order_no", "total", "note"]


def test_numbers_are_what_excel_shows_and_what_it_rounded_is_named(path):
    make_contact("a", contactable_id="1", attributes={"order_no": "99", "total": "5"})
    line = [1, "a", 0.1 + 0.2, 0.15, 912345678, 1234567890123456789.0, "=C2*2", "l1_x000D_\nl2"]
    formats = {"D2": "0%", "E2": "0000000000"}
    workbooks.write(path, NUMBERS, line, formats=formats)

    brought = Brought(path)

    assert attributes() == {
        "1": {
            "price": "0.3", "pct": "15%", "phone": "0912345678", "note": "l1\nl2",
            "order_no": "99", "total": "5",
        }
    }  # fmt: skip
    assert brought.remarks == [
        "Numbers of more than 15 digits, such as 1234567890123460000: Excel has rounded them, so "
        "the values that contacts have are kept. Format the column as text and enter them again.",
        "Formulas without a result: the values that contacts have are kept. "
        "Open the file in Excel, let it calculate, save it and import it again.",
    ]


def test_ids_of_excel_are_whole_numbers_or_refused(path):
    lines = [[17841400000000012, "a"], [1.5, "b"], [100234, "c"], [12, "d"], [True, "e"]]
    workbooks.write(path, ["id", "name"], *lines, formats={"A4": "#,##0", "A5": "00000"})

    brought = Brought(path)

    assert ids() == {"100234": "c", "00012": "d"}
    assert [line for line, _reason in brought.rejected] == [2, 3, 6]
    assert brought.rejected[0][1] == SHORTENED.format("17841400000000000")


def test_a_formula_without_a_result_takes_nothing_away(path):
    Brought(path, "id,name,total,city\n1,a,5,台北\n")
    workbooks.write(path, ["id", "name", "total", "city"], [1, "=B9", "=C2*2", None])

    Brought(path)

    assert (ids(), attributes()) == ({"1": "a"}, {"1": {"total": "5"}})


def test_a_formula_that_went_wrong_is_blank_and_said(path):
    workbooks.write(path, ["id", "name", "total"], [1, "a", "#N/A"])

    from_excel = Brought(path)
    from_text = Brought(path, "id,name,total\n2,b,#DIV/0!\n")

    assert attributes() == {"1": {}, "2": {}}
    assert [from_excel.remarks, from_text.remarks] == [
        ["Formulas that went wrong, such as #N/A, are read as blank."],
        ["Formulas that went wrong, such as #DIV/0!, are read as blank."],
    ]


def test_the_hidden_first_sheet_is_not_imported(path):
    sheets = {"Lookup": ("hidden", [["id", "name"], [999, "HIDDEN"]])}
    sheets["Contacts"] = ("visible", [["id", "name"], [1, "VISIBLE"]])
    workbooks.write_sheets(path, **sheets)

    Brought(path)

    assert ids() == {"1": "VISIBLE"}


def test_the_report_of_rejected_rows_comes_back_without_its_two_columns(path):
    first = Brought(path, 'id,name,phone\n8801,"bad\x0bname",+886912345678\n')
    report = "\ufeffline,reason,id,name,phone\r\n2,because,8801,good name,'+886912345678\r\n"

    again = Brought(path, report)

    assert first.rejected[0][0] == 2
    assert (ids(), again.rejected) == ({"8801": "good name"}, [])
    assert attributes() == {"8801": {"phone": "+886912345678"}}
    assert again.notes == [
        "“line” and “reason” come from a report of rejected rows and are left out."
    ]


def test_a_column_called_reason_alone_is_an_attribute(path):
    Brought(path, "id,name,reason,city,line\n1,a,refund,台北,x\n")

    assert attributes() == {"1": {"reason": "refund", "city": "台北", "line": "x"}}


@pytest.mark.parametrize(
    "header", ["行號,原因,編號,姓名", "Line,Reason,ID,NAME", "列號,原因,id,name"]
)
def test_the_report_is_known_in_both_languages(path, header):
    Brought(path, f"{header}\n2,x,1,小明\n")

    assert attributes() == {"1": {}}


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\r\nid;name\r\n1;a,b\r\n",
        '"sep=;"\r\nid;name\r\n1;a,b\r\n',
        "SEP=|\nid|name\n1|a,b\n",
        "id|name\n1|a,b\n",
        "id\tname\n1\ta,b\n",
        "id;name\n1;a,b\n",
        "編號，姓名\n1，\"a,b\"\n",
        '\ufeff\ufeffid,name\n1,"a,b"\n',
        '\ufeff\ufeff"id","name"\n"1","a,b"\n',
        'ＩＤ,Ｎａｍｅ\n1,"a,b"\n',
        'id , Name \n1,"a,b"\n',
        'Contactable_ID,Full Name\n1,"a,b"\n',
        'id,name\r1,"a,b"\r',
        '\n\n,,\nid,name\n1,"a,b"\n',
        'id,name,,\n1,"a,b",,\n',
        'id,name\n1,"a,b",,,\n',
        '\u200bid,name\u200b\n1,"a,b"\n',
    ],
)  # fmt: skip
def test_delimiters_marks_and_headers_of_many_programs_are_read(path, text):
    brought = Brought(path, text)

    assert (ids(), brought.rejected) == ({"1": "a,b"}, [])


def test_a_title_above_the_header_is_left_out_and_said(path):
    text = "客戶名單 2026,,\n\n匯出時間;11月\n編號,姓名,city\n1,小明,台北\n"

    brought = Brought(path, text)

    assert attributes() == {"1": {"city": "台北"}}
    assert brought.notes == ["What stands above the header is left out: “客戶名單 2026”."]


def test_a_title_in_excel_is_left_out_too(path):
    lines = [["客戶名單"], [], ["編號", "姓名"], [1, "小明"]]
    workbooks.write(path, *lines, merge=["A1:D1"])

    Brought(path)

    assert ids() == {"1": "小明"}


def test_a_column_without_a_name_is_said_where_it_has_values(path):
    brought = Brought(path, "id,name,,city,\n1,a,,台北,\n2,b,x,台北,y\n")

    assert attributes() == {"1": {"city": "台北"}, "2": {"city": "台北"}}
    assert brought.remarks == [
        f"This column has no name; its values, such as “{value}”, are left out." for value in "xy"
    ]


def test_a_column_of_excel_without_a_name_is_left_out_and_said(path):
    workbooks.write(path, ["id", "name"], [1, "a", "x"], [2, "b", None, "y"])

    brought = Brought(path)

    assert (ids(), brought.rejected) == ({"1": "a", "2": "b"}, [])
    assert brought.remarks == [
        f"This column has no name; its values, such as “{value}”, are left out." for value in "xy"
    ]


def test_columns_of_one_name_are_refused(path):
    with pytest.raises(Unreadable, match="is there twice"):
        Brought(path, "id,name,city,city\n1,a,b,c\n")


def test_one_tag_has_one_spelling_and_commas_are_said(path):
    make_contact("x", contactable_id="9", tags=["新客"])

    text = 'id,name,tags\n1,a,"vip,2024"\n2,b,VIP\n3,c,vip; ＶＩＰ ;new  one\n4,d,新客、vip\n'
    brought = Brought(path, text)

    tags = {contact.contactable_id: [tag.name for tag in contact.tags.all()]
            for contact in Contact.objects.all()}  # fmt: skip
    assert tags == {
        "9": ["新客"], "1": ["vip,2024"], "2": ["VIP"], "3": ["VIP", "new one"], "4": ["新客、vip"],
    }  # fmt: skip
    assert brought.remarks == [
        f"“{tag}” is one tag. To make it several, separate them with semicolons."
        for tag in ("vip,2024", "新客、vip")
    ]


def test_a_tag_in_another_spelling_changes_nothing(path):
    make_contact("a", contactable_id="1", tags=["VIP"])

    brought = Brought(path, "id,name,tags\n1,a,vip\n")

    assert brought.counts == Counts(unchanged=1)
    assert list(Tag.objects.values_list("name", flat=True)) == ["VIP"]


def test_phone_numbers_that_lost_their_0_are_said_and_kept(path):
    brought = Brought(path, "id,name,手機,order\n1,a,912345678,912345678\n2,b,0912345678,\n")

    assert attributes()["1"] == {"手機": "912345678", "order": "912345678"}
    assert brought.remarks == [
        "“912345678” is kept as it is: a phone number of 9 digits that begins with 9 may have "
        "lost its 0. Format the column as text and enter it again."
    ]


def test_long_numbers_that_excel_shortened_in_a_csv_are_said(path):
    brought = Brought(path, "id,name,order_no\n1,a,1.23E+17\n")

    assert attributes() == {"1": {"order_no": "1.23E+17"}}
    assert brought.remarks == [
        "“1.23E+17” is kept as it is: Excel has shortened a long number. "
        "Format the column as text and enter it again."
    ]


def test_line_breaks_in_a_value_are_kept(path):
    Brought(path, 'id,name,note\r\n1,A,"line one\r\nline two"\r\n2,B,"line one\nline two"\r\n')

    assert attributes() == {number: {"note": "line one\nline two"} for number in ("1", "2")}


def test_columns_may_have_the_names_of_methods(path):
    Brought(path, "id,name,items,self,keys\n1,王小明,3,x,y\n")

    assert attributes() == {"1": {"items": "3", "self": "x", "keys": "y"}}


@pytest.mark.parametrize("word", ["編號", "識別碼", "聯絡人 ID", "Contact-ID", "编号"])
def test_the_words_for_the_two_fields_are_known(path, word):
    Brought(path, f"{word},姓名\n1,王小明\n")

    assert (ids(), attributes()) == ({"1": "王小明"}, {"1": {}})


@pytest.mark.parametrize("header", ["id,name,顯示名稱", "id,顯示名稱,name"])
def test_a_second_word_for_the_name_is_an_attribute_beside_the_first(path, header):
    cells = "1,小明,阿明" if header.endswith("顯示名稱") else "1,阿明,小明"

    Brought(path, f"{header}\n{cells}\n")

    assert (ids(), attributes()) == ({"1": "小明"}, {"1": {"顯示名稱": "阿明"}})


def test_a_header_that_comes_again_is_no_contact(path):
    brought = Brought(path, "id,name,city\n1,a,x\n id ,name,city\nid,name,Paris\n")

    assert ids() == {"1": "a", "id": "name"}
    assert brought.rejected == [(3, "The row repeats the header.")]


def test_what_goes_out_comes_back_as_it_was(path):
    """Whatever people have typed into a contact, through a sheet of ours and in again."""
    chance = random.Random(8)
    alphabet = "=+-@'’＇‘\"“”＂＝－0１²٣a小;\t\u200b\u00a0 "
    texts = {"".join(chance.choices(alphabet, k=chance.randrange(1, 8))) for _ in range(5_000)}
    kept = {str(n): text for n, text in enumerate(sorted(texts), 100) if text.strip() == text}
    rows = [["id", "name", "note"], *([key, "a", text] for key, text in kept.items())]

    brought = Brought(path, "".join(sheets.pieces(rows)))

    assert brought.rejected == []
    assert {key: values["note"] for key, values in attributes().items()} == kept


def test_a_web_page_is_no_table(path):
    with pytest.raises(Unreadable, match="This is a web page or XML"):
        Brought(path, "\ufeff\n<html><table><tr><td>id</td></tr></table></html>")


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path
