"""Templates in Django admin: no way around the append-only rule."""

import pytest

from composer import kinds, library
from composer.models import Template, Version
from people import rights
from tests.makers import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def template():
    message = kinds.read({"type": "text", "message": "嗨"})
    return library.create(name="歡迎", message=message, tags=["迎新"]).template


def sign_in(client, *may, is_superuser=False):
    person = make_user("志豪", may)
    person.is_staff, person.is_superuser = True, is_superuser
    person.save()
    client.force_login(person)


def versions_posted():
    return {f"versions-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}


def test_managers_change_what_is_said_about_a_template(client, template):
    sign_in(client, rights.PUBLISH)
    address = f"/admin/composer/template/{template.pk}/change/"

    assert "嗨" in client.get(address).content.decode()
    client.post(address, {"name": "迎賓", "tags": "甲, 乙", "notes": "注意", **versions_posted()})

    template.refresh_from_db()
    assert (template.name, template.tags, template.notes) == ("迎賓", ["甲", "乙"], "注意")


def test_a_name_twice_is_said_not_crashed(client, template):
    message = kinds.read({"type": "text", "message": "嗨"})
    other = library.create(name="再見", message=message).template
    sign_in(client, rights.PUBLISH)

    response = client.post(
        f"/admin/composer/template/{other.pk}/change/", {"name": "歡迎", **versions_posted()}
    )

    assert "There is a template of this name already." in response.content.decode()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("template/add/", 403),
        ("template/{pk}/delete/", 403),
        ("version/", 404),
        ("version/{version}/change/", 404),
    ],
)
def test_not_even_an_administrator_adds_deletes_or_edits(client, template, path, status):
    sign_in(client, is_superuser=True)
    address = f"/admin/composer/{path}".format(pk=template.pk, version=template.latest.pk)

    assert client.get(address).status_code == status


def test_posted_versions_are_not_looked_at(client, template):
    sign_in(client, is_superuser=True)
    version = template.latest
    forged = {
        "versions-TOTAL_FORMS": "1",
        "versions-INITIAL_FORMS": "1",
        "versions-0-id": str(version.pk),
        "versions-0-template": str(template.pk),
        "versions-0-payload": "{}",
        "versions-0-DELETE": "on",
    }

    client.post(f"/admin/composer/template/{template.pk}/change/", {"name": "歡迎", **forged})
    client.post("/admin/composer/template/", {"action": "delete_selected", "_selected_action": "1"})

    assert Template.objects.count() == 1
    assert Version.objects.get().payload == {"type": "text", "message": "嗨"}


def test_those_without_the_right_do_not_see_it(client, template):
    sign_in(client, rights.WRITE)

    assert client.get("/admin/composer/template/").status_code == 403
