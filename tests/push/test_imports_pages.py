"""Importing by page: upload or paste, look, import; once, and by nobody else."""

import csv
import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from people import rights
from people.models import Entry
from push import rejects, uploads
from push.models import Contact, Import
from tests.makers import make_contact, make_user
from tests.push import workbooks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
TEXT = "id,name,tags,city\n1,小明,vip,台北\n2,小華,,\n,誰,,\n"


def upload(client, content=TEXT, *, name="contacts.csv", **fields):
    data = content if isinstance(content, bytes) else content.encode()
    file = SimpleUploadedFile(name, data)
    return client.post("/contacts/import/", {"channel": "line", "file": file} | fields)


def paste(client, text, **fields):
    return client.post("/contacts/import/", {"channel": "line", "pasted": text} | fields)


def workbook(*rows):
    """An .xlsx file, as Excel saves it."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def page_of(client, response):
    return client.get(response.url).content.decode()


def files(folder):
    return sorted(path.suffix for path in folder.glob("*"))


def test_upload_shows_what_was_understood_and_keeps_nothing(client, staff, folder):
    response = upload(client, account="信義")

    found = Import.objects.get()
    page = page_of(client, response)
    assert (found.state, found.created, found.rejected) == ("checked", 2, 1)
    assert Contact.objects.count() == 0
    assert "Read as UTF-8." in page
    assert "Import these 2 contacts" in page
    assert "The id is blank." in page
    assert files(folder) == ["", ".rejected"]


def test_go_imports_and_deletes_the_file(client, staff, folder):
    address = upload(client, account="信義").url

    client.post(f"{address}go/")

    found = Import.objects.get()
    assert (found.state, found.created, found.rejected) == ("done", 2, 1)
    assert list(Contact.objects.values_list("contactable_id", "name", "account")) == [
        ("1", "小明", "信義"),
        ("2", "小華", "信義"),
    ]
    assert files(folder) == [".rejected"]
    entry = Entry.objects.latest("pk")
    assert (entry.by, entry.verb, entry.target, entry.detail["created"]) == (
        staff, "imported contacts", "contacts.csv", 2,
    )  # fmt: skip


def test_a_double_click_imports_once(client, staff):
    address = upload(client).url

    client.post(f"{address}go/")
    client.post(f"{address}go/")

    assert Entry.objects.filter(verb="imported contacts").count() == 1
    assert Import.objects.get().created == 2


def test_pasted_rows_are_read_like_a_file(client, staff):
    response = paste(client, "編號\t姓名\n1\t小明\n")

    client.post(f"{response.url}go/")

    assert list(Contact.objects.values_list("contactable_id", "name")) == [("1", "小明")]


@pytest.mark.parametrize("name", ["contacts.xlsx", "contacts.csv", "聯絡人", "a.xls"])
def test_an_excel_file_is_imported_whatever_its_name(client, staff, name):
    content = workbook(["編號", "姓名", "標籤"], [100234, "王小明", "vip；新客"])

    response = upload(client, content, name=name)
    page = page_of(client, response)
    client.post(f"{response.url}go/")

    assert "Read as Excel." in page
    assert list(Contact.objects.values_list("contactable_id", "name")) == [("100234", "王小明")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        ("foo,bar\n1,2\n", "A column is missing: “id”, “name”. The first row has: “foo”, “bar”."),
        (
            "id,name\n1,Müller\n".encode("latin-1"),
            "too short to tell its encoding.",
        ),
        (b"PK\x03\x04nothing", "The file is broken"),
        ("id,name\n" + "1," + "x" * 1_000_000, "A cell has more than 100,000 characters."),
        (b"id,name\n1,a\x00b\n", "The row has a NUL character."),
        ("編號,姓名\n1,王小明\n".encode("cp950"), "Read as Big5."),
        ("id,name\n1,<script>alert(1)</script>\n", "&lt;script&gt;alert(1)"),
        ("id,name\n", "There is nothing to import"),
        (b"id,name\n1,\xc4\x00ngla\n", "Ä␀ngla"),
        (b"id,name,a\x00b\n1,x,y\n", "a␀b"),
        (b"a\x00b\nid,name\n1,x\n", "What stands above the header is left out: “a␀b”."),
    ],
    ids=[
        "empty",
        "columns",
        "latin-1",
        "zip",
        "long",
        "nul",
        "big5",
        "script",
        "no rows",
        "nul in latin-1",
        "nul in header",
        "nul in title",
    ],
)
def test_bad_files_get_a_clear_word_and_never_an_error(client, staff, content, said):
    response = upload(client, content)

    assert said in page_of(client, response).replace("&#x27;", "'")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Choose a file, or paste rows."),
        ({"pasted": "   "}, "Choose a file, or paste rows."),
        ({"channel": "sms", "pasted": TEXT}, "Select a valid choice."),
        ({"pasted": TEXT, "account": "a" * 121}, "at most 120 characters"),
        ({"pasted": "x" * 1_000_001}, "at most 1000000 characters"),
    ],
)
def test_a_form_that_will_not_do_says_why(client, staff, fields, said):
    response = client.post("/contacts/import/", {"channel": "line"} | fields)

    is_said = said in response.content.decode()
    assert (response.status_code, is_said, Import.objects.count()) == (200, True, 0)


def test_a_file_that_is_too_large_is_refused_in_words(client, staff, monkeypatch):
    monkeypatch.setattr(uploads, "LIMIT", 10)

    page = upload(client).content.decode()

    assert "at most 0 can be uploaded. Divide it." in page


def test_the_rows_left_out_come_as_csv(client, staff):
    address = upload(client).url

    response = client.get(f"{address}rejects/")

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert list(csv.reader(text.splitlines())) == [
        ["line", "reason", "id", "name", "tags", "city"],
        ["4", "The id is blank.", "", "誰", "", ""],
    ]


@pytest.mark.parametrize(
    ("rows", "kept"),
    [(",誰\n" * (rejects.ROWS_MAX + 7), rejects.ROWS_MAX), (f",{'x' * 90_000}\n" * 100, 58)],
    ids=["rows", "bytes"],
)
def test_the_report_of_rows_left_out_ends_somewhere_and_says_so(client, staff, folder, rows, kept):
    response = upload(client, f"id,name\n{rows}")

    more = rows.count("\n") - kept
    [path] = folder.glob("*.rejected")
    assert path.stat().st_size <= rejects.BYTES_MAX + 100
    assert f"The first {kept:,} as CSV" in page_of(client, response)
    report = client.get(f"{response.url}rejects/")
    *_rows, last = csv.reader(b"".join(report.streaming_content).decode().splitlines())
    assert (len(_rows), last) == (
        kept + 1,
        ["", f"This list ends here: {more} more rows were left out."],
    )


def test_the_report_speaks_the_language_of_its_reader(client, staff):
    address = upload(client).url

    report = client.get(f"{address}rejects/", headers={"Accept-Language": "zh-hant"})

    assert "編號" in b"".join(report.streaming_content).decode()


def test_another_person_s_file_is_not_there(client, staff):
    address = upload(client).url
    client.force_login(make_user("阿美", rights=[rights.IMPORT]))

    assert [
        client.get(address).status_code,
        client.get(f"{address}rejects/").status_code,
        client.post(f"{address}go/").status_code,
        client.post(f"{address}discard/").status_code,
    ] == [404, 404, 404, 404]
    assert Contact.objects.count() == 0


def test_starting_over_deletes_the_file(client, staff, folder):
    address = upload(client).url

    client.post(f"{address}discard/")

    assert (Import.objects.get().state, files(folder)) == ("discarded", [])
    assert client.post(f"{address}go/").status_code == 302
    assert Contact.objects.count() == 0


def test_an_unfinished_import_is_offered_again(client, staff):
    address = upload(client).url

    assert f'href="{address}"' in client.get("/contacts/import/").content.decode()


def test_a_second_import_of_the_same_file_has_nothing_to_do(client, staff):
    client.post(f"{upload(client).url}go/")

    page = page_of(client, upload(client))

    assert "There is nothing to import: no row would change anything." in page


@pytest.mark.parametrize("deed", ["go", "discard"])
def test_reading_an_address_changes_nothing(client, staff, deed):
    address = upload(client).url

    assert client.get(f"{address}{deed}/").status_code == 405


def test_importing_needs_the_right(client):
    client.force_login(make_user("志豪"))

    assert paste(client, TEXT).status_code == 403


def test_the_import_page_is_reached_with_the_channel(client, staff):
    make_contact(channel="viber")

    page = client.get(f"{reverse('contacts_import')}?channel=viber").content.decode()

    assert '<option value="viber" selected>' in page


GBK = "id,name\n1,陈恒波\n2,林芳\n".encode("gb18030")


def test_the_page_says_column_by_column_how_the_file_was_understood(client, staff):
    page = page_of(client, upload(client, 'id,name,city,3d\n="007",小\u202e明,台北,x\n2,b,,\n'))

    rows = re.findall(r"<tr>(.*?)</tr>", page.split('<table class="table columns">')[1], re.DOTALL)
    cells = [
        " ".join(re.sub("<[^>]+>", " ", row.replace("</li><li>", " | ")).split()) for row in rows
    ]
    assert cells == [
        "Column Becomes Values",
        "id Contact ID 007 | 2 “=&quot;007&quot;” is read as “007”. line 2",
        "name Name 小 U+202E 明 | b",
        "city city 台北 | –",
        "3d left out",
    ]
    assert Contact.objects.count() == 0


def test_an_encoding_that_is_not_certain_is_asked_for(client, staff, folder):
    address = upload(client, GBK).url
    asked = client.get(address).content.decode()

    client.post(f"{address}read/", {"encoding": "gb18030"})
    checked = client.get(address).content.decode()
    client.post(f"{address}go/")

    assert ("陈恒波、林芳" in asked, "Import these" in asked) == (True, False)
    assert "Read as GB18030." in checked
    names = Contact.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["陈恒波", "林芳"]


def test_a_choice_that_does_not_fit_is_said_and_undone(client, staff):
    address = upload(client, "編號,姓名\n1,王小明\n".encode("cp950")).url

    client.post(f"{address}read/", {"encoding": "gb18030"})

    page = client.get(address).content.decode()
    assert "A column is missing: “id”, “name”." in page
    assert "Read as Big5." in page
    assert "Import this contact" in page
    assert Import.objects.get().reading == {}


def test_an_encoding_that_was_guessed_can_be_corrected(client, staff):
    address = upload(client, "編號,姓名\n1,王小明\n".encode("cp950")).url

    client.post(f"{address}read/", {"encoding": "big5"})

    assert Import.objects.get().reading == {"encoding": "big5", "sheet": ""}
    assert "Read as Big5." in client.get(address).content.decode()


def test_another_sheet_is_offered_and_read(client, staff, tmp_path):
    path = workbooks.write_sheets(
        tmp_path / "contacts.xlsx",
        Lookup=("hidden", [["id", "name"], [9, "HIDDEN"]]),
        Contacts=("visible", [["id", "name"], [1, "FIRST"]]),
        More=("visible", [["id", "name"], [2, "<b>"]]),
    )
    address = upload(client, path.read_bytes(), name="contacts.xlsx").url
    first = client.get(address).content.decode()

    client.post(f"{address}read/", {"sheet": "More"})
    client.post(f"{address}go/")

    assert "Read as Excel. Sheet “Contacts”." in first
    assert re.findall(r'<option value="(\w+)"( selected)?>', first) == [
        ("Contacts", " selected"), ("More", ""), ("Lookup", ""),
    ]  # fmt: skip
    assert "Lookup (hidden)" in first
    assert list(Contact.objects.values_list("contactable_id", "name")) == [("2", "<b>")]


@pytest.mark.parametrize("said", [{"encoding": "klingon"}, {"sheet": "Elsewhere"}])
def test_a_choice_that_was_not_offered_changes_nothing(client, staff, said):
    address = upload(client, GBK).url
    before = Import.objects.values().get()

    response = client.post(f"{address}read/", said, follow=True)

    assert "Choose one of the encodings or sheets" in response.content.decode()
    assert Import.objects.values().get() == before


def test_a_file_that_is_imported_is_not_read_again(client, staff):
    address = upload(client).url
    client.post(f"{address}go/")

    response = client.post(f"{address}read/", {"encoding": "utf-8"}, follow=True)

    assert "can no longer be read again" in response.content.decode()
    assert Import.objects.get().state == "done"


def test_an_undecided_file_can_be_discarded_and_is_offered_again(client, staff, folder):
    address = upload(client, GBK).url
    offered = f'href="{address}"' in client.get("/contacts/import/").content.decode()

    client.post(f"{address}discard/")

    assert (offered, Import.objects.get().state, files(folder)) == (True, "discarded", [])


def test_the_report_of_rejected_rows_comes_back_as_it_was(client, staff):
    values = ["=1+1", "+886912345678", "-5", "'quoted", "＝SUM(1)", '"=x"', "'007"]
    text = io.StringIO()
    csv.writer(text).writerows([["id", "name", *"abcdefg"], ["", "小明", *values]])
    address = upload(client, text.getvalue()).url
    report = b"".join(client.get(f"{address}rejects/").streaming_content).decode("utf-8-sig")

    lines = list(csv.reader(report.splitlines()))
    corrected = io.StringIO()
    csv.writer(corrected).writerows([lines[0], [*lines[1][:2], "1", *lines[1][3:]]])
    client.post(f"{upload(client, corrected.getvalue()).url}go/")

    assert all(cell.startswith("'") for cell in lines[1][4:])
    assert Contact.objects.get().attributes == dict(zip("abcdefg", values, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "編號\t姓名\tcity\r\n1\t小明\t台北\r\n",
        "編號\t姓名\tcity\n1\t小明\t台北\n\n\n",
        "\u00a0編號\u00a0\t姓名\tcity\n\u00a01\u00a0\t小明\t台北",
        "編號\t姓名\tcity\n“1”\t小明\t台北",
        "聯絡人\n編號,姓名,city\n'1,小明,台北\n",
        "編號 \t 姓名 \t city \n1 \t 小明 \t 台北 \n",
    ],
)
def test_rows_pasted_from_anywhere_are_read(client, staff, text):
    client.post(f"{paste(client, text).url}go/")

    assert list(Contact.objects.values_list("contactable_id", "name", "attributes")) == [
        ("1", "小明", {"city": "台北"})
    ]


def test_a_pasted_column_of_ids_says_what_is_missing(client, staff):
    page = page_of(client, paste(client, "編號\n1\n2\n"))

    assert "A column is missing: “name”. The first row has: “編號”." in page
