"""The demo: a believable beginning, and the same one however often it is asked for."""

import json
from collections import Counter
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command

from composer import library
from composer.kinds.text.message import Message as Text
from composer.models import Picture, Template, Version
from composer.vocabulary import notices
from composer.vocabulary.channels import ALL
from people import rights
from people.models import Entry
from push.demo import starters
from push.models import Contact, Tag

pytestmark = pytest.mark.django_db

ROWS = json.loads(starters.FILE.read_text("utf-8").replace("{base}", "https://nuanri.example"))
PICTURES = Path("static/demo")


@pytest.fixture(autouse=True)
def _is_drill(settings):
    settings.PUBLIC_BASE_URL = "http://127.0.0.1:8000"


def _everything() -> list[object]:
    return [
        list(rows.order_by("pk").values())
        for rows in (
            User.objects,
            Group.objects,
            Template.objects,
            Version.objects,
            Picture.objects,
            Contact.objects,
            Tag.objects,
            Contact.tags.through.objects,
            Entry.objects,
        )
    ]


def test_demo_twice_changes_nothing(capsys, django_assert_num_queries):
    call_command("demo")
    before = _everything()

    call_command("demo")

    assert _everything() == before
    assert Picture.objects.count() == len(list(PICTURES.glob("*.jpg")))
    assert capsys.readouterr().out == (
        "people: 3, templates: 12, contacts: 300 made or changed\n"
        "people: 0, templates: 0, contacts: 0 made or changed\n"
    )
    with django_assert_num_queries(8):
        call_command("demo", verbosity=0)


def test_demo_people_have_the_rights_of_their_roles(client):
    call_command("demo", verbosity=0)

    people = {person.username: person for person in User.objects.all()}
    assert {name: person.get_full_name() for name, person in people.items()} == {
        "agent": "佩珊 林",
        "manager": "志豪 王",
        "admin": "雅婷 張",
    }
    assert people["agent"].get_all_permissions() == {*rights.GROUPS["Agents"]}
    assert people["manager"].get_all_permissions() == {*rights.GROUPS["Template managers"]}
    assert people["admin"].is_superuser
    assert client.login(username="agent", password="first-line-demo")


def test_demo_follows_the_password_and_leaves_changed_rights_alone(settings, client):
    call_command("demo", verbosity=0)
    Group.objects.get(name="Agents").permissions.clear()
    settings.DEMO_PASSWORD = "another-long-one"

    call_command("demo", verbosity=0)

    assert client.login(username="manager", password="another-long-one")
    assert User.objects.get(username="agent").get_all_permissions() == set()


def test_demo_of_a_real_host_is_refused(settings):
    settings.DRILL = False

    with pytest.raises(CommandError, match="for drills only") as refused:
        call_command("demo")

    assert refused.value.returncode == 2
    assert not User.objects.exists()


def test_starters_are_twelve_over_all_kinds_and_mostly_published():
    call_command("demo", verbosity=0)

    templates = Template.objects.all()
    assert Counter(template.kind for template in templates) == {
        "carousel": 5,
        "text": 2,
        "button": 2,
        "quickreply": 2,
        "image_carousel": 1,
    }
    assert {t.name for t in templates if t.state == "draft"} == {"門市搬遷公告", "貴賓之夜邀請"}
    assert all(template.tags and template.notes for template in templates)
    assert {template.owner.username for template in templates} == {"manager"}


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_starter_breaks_no_rule_and_no_limit_of_line(row):
    known = {"name", "store", "coupon", "order", "points", "birthday_month", "size", "stylist"}

    found = notices.check(
        {"type": row["type"], "message": row["message"]}, [ALL["line"]], {}, known
    )

    assert [notice for notice in found if notice.level != "hint"] == []


def test_pictures_of_the_starters_ship_with_the_project():
    used = {
        column["image_url"].removeprefix("https://nuanri.example/static/demo/")
        for row in ROWS
        if isinstance(row["message"], dict)
        for column in row["message"].get("columns", [])
    }

    assert used <= {picture.name for picture in PICTURES.iterdir()}
    assert all(picture.stat().st_size < 80_000 for picture in PICTURES.iterdir())


def test_starters_move_with_the_pictures(settings):
    call_command("demo", verbosity=0)
    settings.PUBLIC_BASE_URL = "https://composer.example"

    call_command("demo", verbosity=0)

    birthday = Template.objects.get(name="生日禮金")
    assert birthday.state == "published"
    assert (birthday.latest.number, birthday.latest.why) == (2, starters.RENEWED)
    picture = birthday.latest.payload["message"]["columns"][0]["image_url"]
    assert picture == "https://composer.example/static/demo/gift.jpg"
    assert Template.objects.get(name="尺寸詢問").latest.number == 1


def test_starter_that_somebody_edited_is_theirs(settings):
    call_command("demo", verbosity=0)
    manager, gift = User.objects.get(username="manager"), Template.objects.get(name="生日禮金")
    library.save_version(gift, Text("改成文字"), by=manager, expected=1)
    settings.PUBLIC_BASE_URL = "https://composer.example"

    call_command("demo", verbosity=0)

    assert gift.latest.payload == {"type": "text", "message": "改成文字"}


def test_contacts_are_three_hundred_with_what_goes_wrong_in_real_lists():
    call_command("demo", verbosity=0)

    everyone = Contact.objects.all()
    assert Counter(contact.channel for contact in everyone) == {
        "line": 140,
        "facebook": 50,
        "instagram": 40,
        "livechat": 25,
        "telegram": 18,
        "wechat": 15,
        "viber": 12,
    }
    assert sum(not contact.name for contact in everyone) == 5
    assert sum(not contact.attributes for contact in everyone) > 10
    assert any("<script>" in contact.name for contact in everyone)
    assert any("👩‍👧‍👦" in contact.name for contact in everyone)
    assert max(len(contact.name) for contact in everyone) > 40
    assert Tag.objects.get(name="vip").contacts.count() > 20


def test_contact_that_somebody_changed_is_left_alone():
    call_command("demo", verbosity=0)
    Contact.objects.filter(name="王小明").update(name="王大明")
    Contact.objects.filter(name="林小華").delete()

    call_command("demo", verbosity=0)

    assert not Contact.objects.filter(name="王小明").exists()
    assert Contact.objects.filter(name="林小華").count() == 1
    assert Contact.objects.count() == 300
