"""Who only looks at a message leaves no draft of it."""

import json
from html.parser import HTMLParser

import pytest

from composer import kinds
from composer.models import Draft, Template
from people import rights
from tests.composer.messages import BODIES
from tests.makers import make_template, make_user, make_version

LINES = json.loads(json.dumps(BODIES, ensure_ascii=False).replace("小明", r"\n{{ name }}\n您\n"))


class Sent(HTMLParser):
    """What a browser would post of a page's fields, untouched."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.values, self.area, self.select, self.templates = {}, None, None, 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        self.templates += tag == "template"
        if self.templates:
            return
        if tag == "input" and self.is_sent(said):
            self.values[said["name"]] = said.get("value") or ""
        if tag == "textarea":
            self.area, self.values[said["name"]] = said["name"], ""
        if tag == "select":
            self.select = said.get("name")
        if (
            tag == "option"
            and self.select
            and ("selected" in said or self.select not in self.values)
        ):
            self.values[self.select] = said["value"]

    def handle_data(self, data):
        if self.area:
            self.values[self.area] += data

    def handle_endtag(self, tag):
        self.templates -= tag == "template"
        if tag == "textarea" and not self.templates:
            text = self.values[self.area].removeprefix("\n")
            self.values[self.area], self.area = text.replace("\n", "\r\n"), None

    @staticmethod
    def is_sent(said):
        is_ticked = said.get("type") not in {"radio", "checkbox"} or "checked" in said
        return "name" in said and is_ticked


@pytest.fixture
def me(client, db):
    person = make_user(rights=[rights.WRITE, rights.PUBLISH])
    client.force_login(person)
    return person


def sent(client, address):
    return Sent(client.get(address).content.decode()).values


def open_template(client, kind="text", message="嗨"):
    """A template, and what its open page sends."""
    template = make_template(kind=kind, message=message, state=Template.State.DRAFT)
    return template, sent(client, f"/compose/{kind}/?template={template.pk}")


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_blank_message_is_no_draft(client, me, kind):
    answer = client.post(f"/compose/{kind}/draft/", sent(client, f"/compose/{kind}/"))

    assert answer.content.decode().strip() == ""
    assert not Draft.objects.exists()


@pytest.mark.parametrize("bodies", [BODIES, LINES], ids=["plain", "lines"])
@pytest.mark.parametrize("kind", kinds.NAMES)
def test_template_as_it_is_saved_is_no_draft(client, me, kind, bodies):
    template, page = open_template(client, kind, bodies[kind])

    client.post(f"/compose/{kind}/draft/", page | {"channel": "viber", "look": "dark"})
    client.post(f"/compose/{kind}/save/", page)

    assert page["template"] == str(template.pk)
    assert not Draft.objects.exists()
    assert template.versions.count() == 1


def test_who_looked_gets_what_a_colleague_saved(client, me):
    template, page = open_template(client)
    make_version(template, "同事的第二版", by=make_user("志豪"))

    client.post("/compose/text/draft/", page)
    opened = client.get(f"/compose/text/?template={template.pk}").content.decode()

    assert "同事的第二版" in opened
    assert "while you were writing" not in opened


def test_what_was_typed_and_taken_back_is_no_draft(client, me):
    _template, page = open_template(client)
    client.post("/compose/text/draft/", page | {"message": "改了"})
    assert Draft.objects.get().content == {"message": "改了"}

    client.post("/compose/text/draft/", page)

    assert not Draft.objects.exists()


@pytest.mark.parametrize("change", [{"name": "新名稱"}, {"message": "嗨 "}, {"message": ""}])
def test_any_change_is_a_draft(client, me, change):
    _template, page = open_template(client)

    client.post("/compose/text/draft/", page | change)

    assert Draft.objects.exists()


def test_what_waits_as_another_kind_is_kept(client, me):
    _template, page = open_template(client)
    client.post("/compose/text/switch/", page | {"message": "改了", "to": "button"})
    there = page | {"explain_text": "嗨", "options-TOTAL_FORMS": "1", "options-0-type": "text"}

    client.post("/compose/button/draft/", there)

    assert Draft.objects.get().aside == {"text": {"message": "改了"}}


def test_blank_message_as_another_kind_is_no_draft(client, me):
    client.post("/compose/text/switch/", sent(client, "/compose/text/") | {"to": "button"})

    client.post("/compose/button/draft/", sent(client, "/compose/button/"))

    assert not Draft.objects.exists()
