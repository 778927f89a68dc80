"""Keys and numbers of four digits: people read 1,001, addresses and fields do not."""

import io
import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from composer import pictures
from composer.models import Draft, Template, Version
from push.models import Delivery, Outcome, SavedAudience
from tests.makers import make_template, make_user
from tests.runs import make_run

pytestmark = pytest.mark.django_db

FIRST = 1_001
# What is read, not followed.
WORDS = {"alt", "aria-label", "content", "data-said", "hx-confirm", "placeholder", "title"}
FOLLOWED = {"href", "hx-get"}
LEFT_ALONE = re.compile(r"/(static|media|admin|accounts|looks)|\.csv|/export/")


class Page(HTMLParser):
    """What its attributes hold: numbers with a comma in them, and where they lead."""

    def __init__(self, address, html):
        super().__init__()
        self.address, self.grouped, self.links = address, [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name not in WORDS and re.search(r"\d,\d{3}", value or ""):
                self.grouped.append((self.address, tag, name, value))
            if name in FOLLOWED and value:
                self.links.append(urljoin(self.address, value))


def count_from(first):
    """The next key of every table."""
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.auto_field is None:
                continue
            table = model._meta.db_table
            if is_postgresql:
                sequence = "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)"
                cursor.execute(sequence, [f'"{table}"', first])
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, first - 1])


@pytest.fixture
def me(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    count_from(FIRST)
    person = make_user()
    person.is_superuser = person.is_staff = True
    person.save()
    client.force_login(person)
    return person


@pytest.fixture
def template(me):
    """With as many versions as its key says."""
    template = make_template(state=Template.State.DRAFT, owner=me)
    payload = {"type": "text", "message": "嗨"}
    return Version.objects.create(template=template, number=FIRST, payload=payload).template


def picture():
    file = io.BytesIO()
    Image.new("RGB", (1200, 1100)).save(file, "PNG")
    return pictures.take(SimpleUploadedFile("大.png", file.getvalue()), by=None)


def walk(client, *starts):
    """Every page that leads on from these, once for each set of questions it is asked."""
    waiting, seen = list(starts), set()
    while waiting:
        address = waiting.pop().split("#")[0]
        parts = urlsplit(address)
        asked = (parts.path, *sorted(parse_qs(parts.query)))
        if asked in seen or LEFT_ALONE.search(parts.path):
            continue
        seen.add(asked)
        answer = client.get(address)
        assert answer.status_code < 400, address
        page = Page(address, answer.getvalue().decode())
        waiting += [*page.links, answer.get("Location", address)]
        yield page


def test_no_attribute_holds_a_number_for_people(client, me, template):
    picture()
    SavedAudience.objects.create(name="大家", channel="line")
    outcomes = [Outcome.SENT, Outcome.HELD, Outcome.FAILED, Outcome.UNCERTAIN]
    run = make_run(*outcomes)
    version = run.version_id
    line = f"?version={version}&channel=line"
    sending = [f"/send/{line}", f"/send/test/{line}", f"/send/check/{line}&to=everyone"]

    edit = f"/compose/text/?template={template.pk}"

    pages = list(walk(client, "/", "/library/", "/pictures/", "/record/", *sending, edit))
    chosen = client.post(f"/send/people/{line}&to=people", {"shown": FIRST, "ticked": FIRST})
    pages.append(Page("/send/people/", chosen.content.decode()))

    walked = {page.address for page in pages}
    delivery = Delivery.objects.last()
    assert [each for page in pages for each in page.grouped] == []
    assert {
        f"/library/{template.pk}/",
        f"/library/{template.pk}/versions/1/",
        f"/broadcasts/{run.pk}/",
        f"/broadcasts/{run.pk}/deliveries/{delivery.pk}/",
        f"/contacts/{delivery.contact_id}/",
    } <= walked


def fields_of(page):
    return dict(re.findall(r'<input type="hidden" name="(template|expected)" value="(.*?)">', page))


def test_page_of_a_template_with_a_large_key_writes_to_that_template(client, template):
    page = client.get(f"/compose/text/?template={template.pk}").content.decode()
    typed = fields_of(page) | {"message": "再會", "name": template.name}

    client.post("/compose/text/draft/", typed)
    drafted = Draft.objects.get().template
    client.post("/compose/text/save/", typed)

    assert fields_of(page) == {"template": str(template.pk), "expected": str(FIRST)}
    assert drafted == template
    assert template.latest.number == FIRST + 1


def test_stale_save_offers_the_large_number(client, template):
    typed = {"template": template.pk, "expected": 1, "message": "再會", "name": template.name}

    answer = client.post("/compose/text/save/", typed)

    page = Page("", answer.content.decode())
    assert answer.status_code == 409
    assert page.grouped == []
    assert f'name="expected" value="{FIRST}"' in answer.content.decode()
