"""The record: who did what, filtered, paged, exported."""

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from django.conf import settings

from people import append_only, record, rights, verbs
from people.models import Entry
from tests.makers import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    person = make_user("雅婷", [rights.RECORD])
    client.force_login(person)
    forget_entries()
    return person


def forget_entries():
    with append_only.allow_changes():
        Entry.objects.all().delete()


def note(by, verb="saved", *, at=None, **more):
    entry = record.note(by, verb, **more)
    if at:
        with append_only.allow_changes():
            Entry.objects.filter(pk=entry.pk).update(at=at)
    return entry


def shown(response):
    return [(line.who, line.did, line.target) for line in response.context["lines"]]


def test_note_keeps_who_what_and_the_detail(db):
    someone = make_user("佩珊")

    entry = record.note(someone, "saved", target="歡迎" * 200, version=2)

    kept = Entry.objects.get(pk=entry.pk)
    assert str(kept).startswith("saved 歡迎")
    assert (kept.by, kept.verb, kept.detail) == (someone, "saved", {"version": 2})
    assert kept.target == ("歡迎" * 200)[:200]


def test_record_says_who_did_what_newest_first(client, admin):
    note(admin, target="一")
    note(None, "published", target="二")

    assert shown(client.get("/record/")) == [
        ("—", "published", "二"),
        ("雅婷", "saved a version", "一"),
    ]


def test_record_filters_by_person_deed_and_date(client, admin):
    someone = make_user("佩珊")
    note(admin, target="一", at=datetime(2026, 1, 1, 15, 59, tzinfo=UTC))
    note(someone, target="二", at=datetime(2026, 1, 1, 16, 1, tzinfo=UTC))
    note(someone, "published", target="三", at=datetime(2026, 1, 3, tzinfo=UTC))

    def targets(**query):
        return [target for _, _, target in shown(client.get("/record/", query))]

    assert targets(who=someone.pk) == ["三", "二"]
    assert targets(verb="published") == ["三"]
    # Days are those of Taipei: 16:01 UTC is the next day there.
    assert targets(until="2026-01-01") == ["一"]
    assert targets(since="2026-01-02", until="2026-01-02") == ["二"]


@pytest.mark.parametrize(
    "query",
    [
        "who=x",
        "verb=x",
        "since=x",
        "page=x",
        "verb=%00",
        "page=99",
        "since=0001-01-01",
        "until=9999-12-31",
    ],
)
def test_record_stands_junk_in_the_address(client, admin, query):
    note(admin)

    assert client.get(f"/record/?{query}").status_code == 200


def test_record_escapes_what_people_wrote(client, admin):
    note(admin, "saved", target="<script>alert(1)</script>", reason="<img src=x>")

    page = client.get("/record/").content.decode()

    assert "<script>alert" not in page
    assert "<img src=x>" not in page


def test_record_has_pages_and_a_steady_number_of_queries(client, admin, django_assert_num_queries):
    for number in range(60):
        note(admin, target=str(number))

    with django_assert_num_queries(7):
        first = client.get("/record/")

    assert len(shown(first)) == 50
    assert len(shown(client.get("/record/?page=2"))) == 10


def test_record_leaves_as_a_sheet_that_runs_no_formula(client, admin):
    note(admin, target="=cmd|'/c calc'!A1", reason="+1")

    response = client.post("/record/export/?verb=saved")

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["When", "Who", "Did", "What", "Detail"]
    assert rows[1][1:] == ["雅婷", "saved a version", "'=cmd|'/c calc'!A1", "reason: +1"]
    assert len(rows) == 2
    assert Entry.objects.filter(verb="exported").count() == 1


def test_record_is_for_those_with_the_right(client):
    client.force_login(make_user("志豪", [rights.WRITE, rights.PUBLISH]))

    assert client.get("/record/").status_code == 403
    assert client.post("/record/export/").status_code == 403


def test_every_verb_has_a_name_and_others_stand_for_themselves():
    assert verbs.label("saved") == "saved a version"
    assert verbs.label("danced") == "danced"
    assert verbs.detail("active", True) == ("active", "yes")
    assert verbs.detail("groups", ["甲", "乙"]) == ("groups", "甲, 乙")
    audience = {"channel": "line", "tag": "", "ids": []}
    assert verbs.detail("audience", audience) == ("audience", "channel line")


def test_every_verb_in_the_code_has_a_name():
    """Those written out where the deed is noted; one made of parts is its author's to add."""
    code = [path.read_text() for room in ("composer", "push", "people") for path in room_of(room)]
    noted = {verb for text in code for verb in re.findall(r'note\(\s*[\w.]+,\s*"([^"]+)"', text)}

    assert {"sent", "saved", "signed in"} <= noted
    assert noted - set(verbs.LABELS) == set()


def room_of(room):
    return sorted((settings.BASE_DIR / room).rglob("*.py"))
