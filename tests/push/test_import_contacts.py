"""`import_contacts` as scripts rely on it."""

import csv
import json
import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from people.models import Entry
from push import rejects
from push.models import Contact
from tests.push import workbooks

TEXT = "id,name,tags\n1,小明,vip\n,誰,\n"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "contacts.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.django_db
def test_command_says_the_counts_last(path, capsys):
    call_command("import_contacts", str(path), channel="line", account="信義")

    said = capsys.readouterr()
    assert json.loads(said.out.splitlines()[-1]) == {
        "created": 1, "updated": 0, "unchanged": 0, "rejected": 1,
    }  # fmt: skip
    assert said.err.splitlines() == ["Read as UTF-8.", "Line 3: The id is blank.", "100%  2 rows"]
    assert Contact.objects.get().account == "信義"


@pytest.mark.django_db
def test_command_says_that_big5_was_read_as_big5(path, capsys):
    path.write_bytes("編號,姓名\n1,王小明\n".encode("cp950"))

    call_command("import_contacts", str(path), channel="line")

    assert capsys.readouterr().err.splitlines()[0] == "Read as Big5."
    assert Contact.objects.get().name == "王小明"


@pytest.mark.django_db
def test_command_keeps_the_record(path):
    call_command("import_contacts", str(path), channel="line")

    entry = Entry.objects.get()
    assert (entry.verb, entry.target, entry.detail) == (
        "imported contacts",
        "contacts.csv",
        {"created": 1, "updated": 0, "unchanged": 0, "rejected": 1},
    )


@pytest.mark.django_db
def test_command_dry_run_writes_nothing(path, capsys):
    call_command("import_contacts", str(path), channel="line", dry_run=True)

    assert json.loads(capsys.readouterr().out)["created"] == 1
    assert (Contact.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_command_writes_the_rejected_rows_with_the_reason(path, tmp_path):
    call_command("import_contacts", str(path), channel="line", rejects=str(tmp_path / "no.csv"))

    with (tmp_path / "no.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["line", "reason", "id", "name", "tags"],
            ["3", "The id is blank.", "", "誰", ""],
        ]


@pytest.mark.django_db
def test_command_tells_a_few_rejected_rows_and_where_the_others_are(path, capsys):
    path.write_text("id,name\n" + ",誰\n" * 9, encoding="utf-8")

    call_command("import_contacts", str(path), channel="line")

    assert capsys.readouterr().err.splitlines()[1:] == [
        *(f"Line {line}: The id is blank." for line in range(2, 7)),
        "More rows are left out: --rejects FILE lists them all.",
        "100%  9 rows",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        (TEXT, {"channel": "sms"}, "--channel: “sms” is none of "),
        (TEXT, {}, "--channel: “” is none of "),
        (TEXT, {"channel": "line", "account": "a" * 121}, "--account: at most 120 characters"),
        ("foo,bar\n", {"channel": "line"}, "contacts.csv: A column is missing: “id”, “name”."),
        ("", {"channel": "line"}, "contacts.csv: The file is empty."),
        ("id,name\n1,Müller\n", {"channel": "line"}, "contacts.csv: The file is not UTF-8, "),
        (TEXT, {"channel": "line", "rejects": "/nowhere/x.csv"}, "/nowhere/x.csv: No such file"),
        (None, {"channel": "line"}, "No such file or directory"),
    ],
    ids=["channel", "no channel", "account", "columns", "empty", "latin-1", "rejects", "no file"],
)
def test_command_refuses_in_one_line_with_exit_2(path, content, options, said):
    path.unlink()
    if content is not None:
        path.write_bytes(content.encode("latin-1" if "ü" in content else "utf-8"))

    with pytest.raises(CommandError) as caught:
        call_command("import_contacts", str(path), **options)

    assert said in str(caught.value)
    assert (caught.value.returncode, "\n" in str(caught.value)) == (2, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("good", "said", "code"),
    [
        (0, "contacts.csv: Too many rows", 2),
        (1_000, "Stopped after 3,000 rows: Too many rows", 1),
    ],
)
def test_command_says_which_limit_a_file_exceeds_and_what_is_kept(path, good, said, code):
    rows = "".join(f"{number},小明\n" for number in range(good))
    path.write_text(f"id,name\n{rows}" + '"",x","y\n' * 90_000, encoding="utf-8")

    with pytest.raises(CommandError) as caught:
        call_command("import_contacts", str(path), channel="line")

    assert str(caught.value).startswith(said)
    assert "have a quotation mark that is not closed" in str(caught.value)
    assert (caught.value.returncode, Contact.objects.count()) == (code, good)


@pytest.mark.django_db
def test_command_ends_its_report_somewhere(path, tmp_path):
    path.write_text("id,name\n" + ",誰\n" * (rejects.ROWS_MAX + 5), encoding="utf-8")

    call_command("import_contacts", str(path), channel="line", rejects=str(tmp_path / "no.csv"))

    with (tmp_path / "no.csv").open(encoding="utf-8-sig", newline="") as file:
        *rows, last = csv.reader(file)
    assert len(rows) == rejects.ROWS_MAX + 1
    assert last == ["", "This list ends here: 5 more rows were left out."]


@pytest.mark.django_db
def test_command_does_not_take_a_folder_for_a_file(tmp_path):
    with pytest.raises(CommandError, match="Is a directory") as caught:
        call_command("import_contacts", str(tmp_path), channel="line")

    assert caught.value.returncode == 2


@pytest.mark.django_db
def test_command_does_not_write_over_what_it_reads(path):
    with pytest.raises(CommandError, match="this is the file to be imported"):
        call_command("import_contacts", str(path), channel="line", rejects=str(path))

    assert path.read_text(encoding="utf-8") == TEXT


def test_command_as_a_process(path, tmp_path):
    environment = os.environ | {"DATA_DIR": str(tmp_path / "data"), "ENV_FILE": ""}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": ""}
    environment.pop("DATABASE_URL")

    def manage(*arguments):
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=environment)

    manage("migrate")
    good = manage("import_contacts", str(path), "--channel", "line")
    bad = manage("import_contacts", str(path), "--channel", "sms")

    assert (good.returncode, json.loads(good.stdout.splitlines()[-1])["created"]) == (0, 1)
    for wrong in (bad, manage("import_contacts"), manage("import_contacts", "a", "--wrong")):
        assert (wrong.returncode, wrong.stdout, len(wrong.stderr.splitlines())) == (2, "", 1)


@pytest.mark.django_db
def test_command_names_the_encodings_that_a_file_may_be_in(path):
    path.write_bytes("id,name\n1,陈恒波\n2,林芳\n".encode("gb18030"))

    with pytest.raises(CommandError) as caught:
        call_command("import_contacts", str(path), channel="line")

    said = str(caught.value)
    assert (caught.value.returncode, said.count("\n"), Contact.objects.count()) == (2, 0, 0)
    assert "gb18030 (陈恒波, 林芳)" in said
    assert said.endswith("Use --encoding NAME.")


@pytest.mark.django_db
def test_command_reads_the_encoding_that_it_is_told(path, capsys):
    path.write_bytes("id,name\n1,陈恒波\n".encode("gb18030"))

    call_command("import_contacts", str(path), channel="line", encoding="GBK")

    assert Contact.objects.get().name == "陈恒波"
    assert capsys.readouterr().err.splitlines()[0] == "Read as GB18030."


@pytest.mark.django_db
def test_command_reads_the_first_visible_sheet_or_the_one_of_a_name(tmp_path, capsys):
    path = workbooks.write_sheets(
        tmp_path / "contacts.xlsx",
        Lookup=("hidden", [["id", "name"], [9, "HIDDEN"]]),
        Contacts=("visible", [["id", "name"], [1, "FIRST"]]),
        More=("visible", [["id", "name"], [2, "OTHER"]]),
    )

    call_command("import_contacts", str(path), channel="line")
    first = capsys.readouterr().err.splitlines()[:2]
    call_command("import_contacts", str(path), channel="line", sheet="More")

    assert first == [
        "Read as Excel.",
        "Sheet: Contacts. --sheet NAME reads another of: Contacts, More, Lookup (hidden).",
    ]
    assert list(Contact.objects.order_by("pk").values_list("name", flat=True)) == ["FIRST", "OTHER"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "said"),
    [({"sheet": "x"}, "Only an Excel file has sheets."), ({"encoding": "x"}, "no encoding “x”")],
)
def test_command_refuses_choices_that_are_not_there(path, options, said):
    with pytest.raises(CommandError, match=said) as caught:
        call_command("import_contacts", str(path), channel="line", **options)

    assert caught.value.returncode == 2


@pytest.mark.django_db
def test_command_says_what_was_changed_in_cells(path, capsys):
    path.write_text('id,name,電話\n="007",a,912345678\n\'008,b,912345679\n', encoding="utf-8")

    call_command("import_contacts", str(path), channel="line")

    assert capsys.readouterr().err.splitlines()[-2:] == [
        'id: “="007"” is read as “007”. (2 rows, the first on line 2)',
        "電話: “912345678” is kept as it is: a phone number of 9 digits that begins with 9 may "
        "have lost its 0. Format the column as text and enter it again. "
        "(2 rows, the first on line 2)",
    ]


def test_command_says_that_it_reads_no_pipe(tmp_path):
    pipe = tmp_path / "contacts.csv"
    os.mkfifo(pipe)

    with pytest.raises(CommandError, match="a pipe cannot be read, save it as a file") as caught:
        call_command("import_contacts", pipe, channel="line")

    assert caught.value.returncode == 2
