"""Templates in and out as JSON: all or none, and the same on both sides."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from composer import kinds
from composer.models import Template, Version
from people import append_only
from people.models import Entry

pytestmark = pytest.mark.django_db

KINDS = Path(kinds.__file__).parent
SAMPLES = {name: json.loads((KINDS / name / "sample.json").read_text()) for name in kinds.NAMES}
HOSTILE = [
    "<script>alert(1)</script>",
    "{{ name | 貴賓 }}{% x %}",
    "👨‍👩‍👧🎉",
    "字" * 5_000,
    "a\nb\t",
]


@pytest.fixture
def write(tmp_path):
    def write(content):
        path = tmp_path / "templates.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return str(path)

    return write


def take(path, **options):
    out = io.StringIO()
    call_command("import_templates", path, stdout=out, **options)
    return json.loads(out.getvalue())


def give(*names):
    out = io.StringIO()
    call_command("export_templates", *names, stdout=out)
    return out.getvalue()


def refused(path):
    with pytest.raises(CommandError) as error:
        call_command("import_templates", path)
    assert error.value.returncode == 2
    assert Template.objects.count() == Version.objects.count() == Entry.objects.count() == 0
    return str(error.value)


def text(words, **more):
    return {"name": "歡迎", "type": "text", "message": words, **more}


def test_import_makes_drafts(write):
    counts = take(write([text("嗨", tags=["迎新"], notes="首次")]))

    assert counts == {"created": 1, "updated": 0, "unchanged": 0}
    template = Template.objects.get()
    assert (template.name, template.state, template.tags, template.notes) == (
        "歡迎",
        "draft",
        ["迎新"],
        "首次",
    )


def test_import_publishes_when_asked(write):
    take(write([text("嗨")]), publish=True)

    assert Template.objects.get().state == "published"


def test_import_of_a_known_name_saves_a_version_only_if_it_differs(write):
    take(write([text("一", tags=["甲"])]))

    same = take(write([text("一")]))
    changed = take(write([text("二")]))
    described = take(write([text("二", notes="新")]))

    assert same == {"created": 0, "updated": 0, "unchanged": 1}
    assert changed == described == {"created": 0, "updated": 1, "unchanged": 0}
    template = Template.objects.get()
    assert (template.latest.number, template.tags, template.notes) == (2, ["甲"], "新")


def test_import_names_a_bare_message_by_its_first_words(write):
    take(write({"type": "text", "message": "您好，\n您的訂單已出貨" + "。" * 60}))

    assert Template.objects.get().name == "您好， 您的訂單已出貨" + "。" * 28 + "…"


def test_import_reads_standard_input(monkeypatch):
    data = json.dumps([text("嗨")]).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))

    assert take("-") == {"created": 1, "updated": 0, "unchanged": 0}


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_export_then_import_is_the_identity(write, kind):
    row = {"name": f"樣本 {kind}", **SAMPLES[kind], "tags": ["甲", "乙"], "notes": "說明"}
    take(write([row]))
    exported = give()

    assert take(write(exported.encode())) == {"created": 0, "updated": 0, "unchanged": 1}

    with append_only.allow_changes():
        Version.objects.all()._raw_delete("default")
    Template.objects.all().delete()
    take(write(exported.encode()))
    assert give() == exported
    assert without_nulls(json.loads(exported)) == without_nulls([row])


def without_nulls(value):
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("words", HOSTILE, ids=["script", "braces", "emoji", "long", "controls"])
def test_hostile_text_comes_back_to_the_letter(write, words):
    take(write([text(words)]))

    assert json.loads(give()) == [text(words)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_import_reads_what_editors_write(write, encoding):
    data = json.dumps([text("嗨")], ensure_ascii=False).encode(encoding)

    assert take(write(data))["created"] == 1


def option(**more):
    body = {
        "explain_text": "選",
        "options": [{"label": "好", "value": "好", "type": "text", **more}],
    }
    return {"name": "選單", "type": "button", "message": body}


REFUSED = {
    "wrong key": ([option(colour="red")], "“選單”: options[0].colour: The API does not know"),
    "wrong key of ours": ([text("嗨", author="x")], "“歡迎”: author: This key is unknown"),
    "wrong kind": (
        [text("嗨") | {"type": "video"}],
        "“歡迎”: type: The type must be one of text, button",
    ),
    "wrong type": ([text(["嗨"])], "“歡迎”: message: A text is expected here."),
    "no type": ([{"name": "歡迎", "message": "嗨"}], "“歡迎”: type: The type must be one of"),
    "unknown press": ([option(type="dance")], "“選單”: options[0].type: Select a valid choice"),
    "script link": (
        [option(type="url", url="javascript:alert(1)")],
        "“選單”: options[0].url: This is not a web address",
    ),
    "nothing said": ([text("")], "“歡迎”: message: This field is required"),
    "no name": ([text("嗨") | {"name": "  "}], "Template 1: name: A name is expected here"),
    "long name": ([text("嗨") | {"name": "名" * 121}], "name: A name has 120 characters at most"),
    "name twice": ([text("嗨"), text("喂")], "“歡迎”: name: This name appears more than once"),
    "tags": ([text("嗨", tags="甲")], "“歡迎”: tags: A list of words is expected here"),
    "long tag": ([text("嗨", tags=["甲", "x" * 41])], "“歡迎”: tags[1]: A tag has 1 to 40"),
    "notes": ([text("嗨", notes=7)], "“歡迎”: notes: A text is expected here"),
    "NUL": ([text("a\0b")], "“歡迎”: message: A NUL character cannot be kept"),
    "surrogate": ([text("a\ud800")], "“歡迎”: message: Half a character"),
    "no object": (["嗨"], "Template 1: An object with name, type and message is expected"),
    "wrong top": ("嗨", "A list of templates, or one message"),
    "empty list": ([], "The list is empty."),
    "not JSON": (b"[{,]", "This is not JSON: line 1, column 3."),
    "empty file": (b"", "This is not JSON: line 1, column 1."),
    "Big5": ('["嗨"]'.encode("big5"), "The file is not UTF-8 text."),
    "key twice": (b'{"type": "text", "type": "text"}', "The key type appears twice"),
    "deep": (b"[" * 100_000, "The JSON is nested too deeply."),
    "huge number": (b"1" * 10_000, "4300"),
    "huge": (b" " * (20 * 2**20 + 1), "The file is larger than 20 MB."),
}


@pytest.mark.parametrize(("content", "line"), REFUSED.values(), ids=REFUSED)
def test_import_refuses_in_one_clear_line_and_changes_nothing(write, content, line):
    said = refused(write(content))

    assert line in said
    assert "\n" not in said


def test_import_takes_all_or_nothing(write):
    said = refused(write([text("嗨"), option(colour="red"), option(type="dance")]))

    assert said.endswith("(and 1 more)")


def test_import_of_a_missing_file_says_so(tmp_path):
    assert "No such file" in refused(str(tmp_path / "none.json"))
    assert "Is a directory" in refused(str(tmp_path))


def test_export_leaves_out_the_archived_unless_named(write):
    take(write([text("嗨"), text("再見") | {"name": "再見"}]))
    Template.objects.filter(name="再見").update(state="archived")

    assert [row["name"] for row in json.loads(give())] == ["歡迎"]
    assert [row["name"] for row in json.loads(give("再見"))] == ["再見"]


def test_export_is_utf8_on_any_terminal(write, monkeypatch):
    take(write([text("嗨")]))
    written = io.BytesIO()
    terminal = io.TextIOWrapper(written, encoding="ascii")
    monkeypatch.setattr("sys.stdout", terminal)

    call_command("export_templates")

    terminal.flush()
    assert "嗨".encode() in written.getvalue()


def test_export_of_an_unknown_name_is_a_usage_error():
    with pytest.raises(CommandError) as error:
        give("沒有")

    assert (error.value.returncode, str(error.value)) == (2, "There is no template named “沒有”.")
