"""Contacts and tags in Django's admin."""

import pytest
from django.contrib.auth.models import User

from people.models import Entry
from push.models import Contact, Tag
from tests.makers import make_contact

pytestmark = pytest.mark.django_db
FIELDS = {
    "channel": "line",
    "contactable_id": "1",
    "name": "小明",
    "account": "",
    "picture_url": "",
}


@pytest.fixture(autouse=True)
def _administrator(client):
    client.force_login(User.objects.create_superuser("admin"))


def test_admin_finds_contacts_by_name_and_id(client):
    make_contact("小明", contactable_id="U1")
    make_contact("小華", contactable_id="U2")

    response = client.get("/admin/push/contact/?q=U2&channel__exact=line")

    assert [contact.name for contact in response.context["cl"].result_list] == ["小華"]


def test_admin_counts_no_further_than_it_must(client):
    make_contact()

    response = client.get("/admin/push/contact/")

    assert response.context["cl"].show_full_result_count is False
    assert "LIMIT" in str(response.context["cl"].paginator.object_list[:10_000].query)


@pytest.mark.parametrize(
    "attributes", ['{"a": 1}', '{"a b": "x"}', '{"a": {"b": "c"}}', "1", "x", '{"a": null}']
)
def test_admin_refuses_attributes_that_no_placeholder_can_say(client, attributes):
    response = client.post("/admin/push/contact/add/", FIELDS | {"attributes": attributes})

    assert (response.status_code, Contact.objects.count()) == (200, 0)


@pytest.mark.parametrize(
    "attributes",
    [
        "9" * 5_000,
        '{"a": ' + "9" * 5_000 + "}",
        "[" * 100_000,
        '{"a": 1e999}',
        '{"a": NaN}',
        '{"a": "\\u0000"}',
        '{"a": "\\ud800"}',
        '{"\\ud800": "a"}',
    ],
)
def test_admin_says_at_the_field_what_is_wrong_with_json(client, attributes):
    response = client.post("/admin/push/contact/add/", FIELDS | {"attributes": attributes})

    assert response.status_code == 200
    assert response.context["adminform"].form.errors.keys() == {"attributes"}
    assert Contact.objects.count() == 0


@pytest.mark.parametrize("tags", ["abc", "9" * 40, "9" * 5_000, "-1", "1.5", "\0", "１"])
def test_admin_stands_tags_that_are_no_keys(client, tags):
    asked = client.get("/admin/push/contact/add/", {"tags": tags})
    posted = client.post("/admin/push/contact/add/", FIELDS | {"attributes": "{}", "tags": [tags]})

    assert (asked.status_code, posted.status_code) == (200, 200)
    assert posted.context["adminform"].form.errors.keys() == {"tags"}
    assert Contact.objects.count() == 0


def test_admin_saves_plain_attributes_and_tags(client):
    tag = Tag.objects.create(name="vip")

    client.post(
        "/admin/push/contact/add/", FIELDS | {"attributes": '{"city": "台北"}', "tags": [tag.pk]}
    )

    contact = Contact.objects.get()
    assert (contact.attributes, list(contact.tags.all())) == ({"city": "台北"}, [tag])


def test_admin_notes_who_changed_a_contact(client):
    client.post("/admin/push/contact/add/", FIELDS | {"attributes": "{}"})
    address = f"/admin/push/contact/{Contact.objects.get().pk}/change/"

    client.post(address, FIELDS | {"attributes": "{}", "name": "王小明"})

    noted = Entry.objects.filter(verb__contains="contact").order_by("pk")
    assert list(noted.values_list("by__username", "verb", "target")) == [
        ("admin", "created contact", "line 1"),
        ("admin", "changed contact", "line 1"),
    ]


def test_admin_does_not_change_to_whom_something_was_sent(client):
    contact = make_contact("小明", contactable_id="U1")
    changed = FIELDS | {"channel": "viber", "contactable_id": "U2", "attributes": "{}"}

    client.post(f"/admin/push/contact/{contact.pk}/change/", changed | {"name": "王小明"})

    contact.refresh_from_db()
    assert (contact.channel, contact.contactable_id, contact.name) == ("line", "U1", "王小明")


def test_admin_lists_tags(client):
    Tag.objects.create(name="vip")

    assert "vip" in client.get("/admin/push/tag/?q=vi").content.decode()


@pytest.mark.parametrize(
    ("id", "kept"), [("='00123'", []), ("１２３.0", ["123"]), ("1E17", []), ("nan", [])]
)
def test_admin_reads_ids_by_the_one_rule(client, id, kept):
    client.post("/admin/push/contact/add/", FIELDS | {"contactable_id": id, "attributes": "{}"})

    assert list(Contact.objects.values_list("contactable_id", flat=True)) == kept


def test_admin_makes_no_second_spelling_of_a_tag(client):
    tag = Tag.objects.create(name="vip")

    again = client.post("/admin/push/tag/add/", {"name": "VIP"})
    renamed = client.post(f"/admin/push/tag/{tag.pk}/change/", {"name": "Vip"})

    assert "The tag “vip” already exists." in again.content.decode()
    assert (renamed.status_code, Tag.objects.get().name) == (302, "Vip")
