"""Templates go out as a file, and come in."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from composer.models import Template
from people.models import Entry
from tests.composer.library.shelf import HOSTILE, keep

pytestmark = pytest.mark.django_db


def test_export_gives_what_the_filter_leaves(client, manager):
    keep("一", "甲文")
    keep("二", "乙文")

    response = client.post("/library/export/?q=甲文")

    assert json.loads(response.content) == [{"name": "一", "type": "text", "message": "甲文"}]
    assert response["Content-Disposition"] == 'attachment; filename="templates.json"'
    assert Entry.objects.get(verb="exported").detail == {"templates": 1}


def test_import_looks_first_and_then_takes(client, manager):
    rows = [{"name": "新的", "type": "text", "message": f"嗨 {HOSTILE}", "tags": ["甲"]}]
    file = SimpleUploadedFile("t.json", json.dumps(rows).encode("utf-16"))

    looked = client.post("/library/import/", {"file": file, "publish": "on"})
    assert Template.objects.count() == 0
    text = looked.context["text"]
    client.post("/library/import/", {"pasted": text, "publish": "on", "take": "1"})

    template = Template.objects.get()
    assert (template.name, template.state, template.owner) == ("新的", "published", manager)
    assert template.latest.payload == {"type": "text", "message": f"嗨 {HOSTILE}"}


def test_import_asks_for_a_file_or_text(client, manager):
    page = client.get("/library/import/").content.decode()

    assert 'type="file" name="file"' in page
    assert 'name="pasted"' in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a file or paste JSON."),
        ({"pasted": "{"}, "This is not JSON: line 1, column 2."),
        ({"pasted": '[{"name": "甲", "type": "text", "message": 1}]'}, "A text is expected here."),
        ({"pasted": "[", "take": "1"}, "This is not JSON"),
        ({"file": SimpleUploadedFile("t.json", b" " * (2 * 2**20 + 1))}, "The page takes 2 MB."),
        ({"file": SimpleUploadedFile("t.json", b"")}, "This is not JSON"),
    ],
    ids=["nothing", "broken", "wrong", "taken at once", "huge", "empty"],
)
def test_import_says_what_is_wrong_and_takes_nothing(client, manager, sent, said):
    response = client.post("/library/import/", sent)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert Template.objects.count() == 0
