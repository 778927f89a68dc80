"""One contact's page: what it shows, changing it, leaving it out, and a new one by hand."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from people import rights
from people.models import Entry
from push.models import Contact, Outcome
from tests.makers import make_contact, make_user
from tests.push.test_contacts_pages import sent
from tests.push.test_values import NAMES

pytestmark = pytest.mark.django_db
FORM = {"attributes-TOTAL_FORMS": "0", "attributes-INITIAL_FORMS": "0"}


def attribute_fields(*pairs):
    fields = {"attributes-TOTAL_FORMS": str(len(pairs)), "attributes-INITIAL_FORMS": "0"}
    for number, (name, value) in enumerate(pairs):
        fields |= {f"attributes-{number}-name": name, f"attributes-{number}-value": value}
    return fields


def test_a_contact_shows_what_its_placeholders_say_and_what_was_sent(client, staff):
    contact = make_contact("小明", attributes={"city": "台北"})
    delivery = sent(contact, Outcome.FAILED)

    response = client.get(f"/contacts/{contact.pk}/")

    page = response.content.decode()
    assert list(contact.values.items()) == [
        ("name", "小明"), ("id", contact.contactable_id), ("city", "台北"),
    ]  # fmt: skip
    assert reverse("broadcast", args=[delivery.broadcast_id]) in page
    assert 'data-outcome="failed"' in page


@pytest.mark.parametrize("may_edit", [True, False])
def test_a_contact_shows_attributes_of_any_name(client, may_edit):
    contact = make_contact("小明", attributes={name: f"值{at}" for at, name in enumerate(NAMES)})
    client.force_login(make_user(rights=[rights.IMPORT] if may_edit else []))

    about = client.get(f"/contacts/{contact.pk}/")
    listed = client.get("/contacts/", {"channel": "line"})

    for name, value in contact.values.items():
        assert f'<code class="placeholder">{name}</code></th><td>{value}</td>' in about.text
    assert "小明" in listed.text


def test_saving_keeps_attributes_of_any_name(client, staff):
    known = {name: f"值{at}" for at, name in enumerate(NAMES) if name not in {"name", "id"}}
    known = {name: text for name, text in known.items() if len(name) <= 64}
    contact = make_contact("小明", attributes=known)

    response = client.post(
        f"/contacts/{contact.pk}/",
        {"name": "小明", "account": "", "tags": "", "picture_url": ""}
        | attribute_fields(*known.items())
        | {"attributes-INITIAL_FORMS": str(len(known))},
    )

    contact.refresh_from_db()
    assert (response.status_code, contact.attributes) == (302, known)


def test_a_contact_that_is_not_there_is_not_found(client, staff):
    assert client.get("/contacts/123456/").status_code == 404


def test_saving_changes_the_contact_its_tags_and_attributes(client, staff):
    contact = make_contact("小明", tags=["vip"], attributes={"city": "台北"})
    fields = {"name": "王小明", "account": "信義", "tags": "新客；退貨過", "picture_url": ""}

    response = client.post(
        f"/contacts/{contact.pk}/",
        fields | attribute_fields(("city", ""), ("size", " M "), ("", "")),
    )

    contact.refresh_from_db()
    assert response.url == f"/contacts/{contact.pk}/"
    assert (contact.name, contact.account, contact.attributes) == ("王小明", "信義", {"size": "M"})
    assert [tag.name for tag in contact.tags.all()] == ["新客", "退貨過"]
    assert Entry.objects.latest("pk").verb == "changed contact"


def test_saving_without_the_right_changes_nothing(client, bystander):
    contact = make_contact("小明")

    response = client.post(f"/contacts/{contact.pk}/", FORM | {"name": "別人"})

    contact.refresh_from_db()
    assert (response.status_code, contact.name) == (403, "小明")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "長" * 201}, "at most 200 characters"),
        ({"tags": "長" * 65}, "“tag” has 65 characters; at most 64 fit."),
        ({"picture_url": "javascript:alert(1)"}, "Enter a valid URL."),
        (attribute_fields(("3d", "x")), "A placeholder&#x27;s name begins with a letter"),
        (attribute_fields(("{{ a }}", "x")), "A placeholder&#x27;s name begins with a letter"),
        (attribute_fields(("name", "x")), "This one is filled from the contact"),
        (attribute_fields(("", "x")), "Give the value a name."),
        (attribute_fields(("a", "x"), ("a", "y")), "This attribute is there twice."),
        (attribute_fields(("a", "長" * 2001)), "at most 2000 characters"),
        ({"attributes-TOTAL_FORMS": "99999"}, "Please submit at most"),
        ({"attributes-TOTAL_FORMS": "x"}, "ManagementForm data is missing"),
    ],
)
def test_what_cannot_be_saved_is_said_beside_its_field(client, staff, fields, said):
    contact = make_contact("小明", attributes={"city": "台北"})

    response = client.post(f"/contacts/{contact.pk}/", FORM | {"name": "王小明"} | fields)

    contact.refresh_from_db()
    is_said = said in response.content.decode()
    assert (response.status_code, contact.name, is_said) == (200, "小明", True)


def test_do_not_disturb_is_a_switch(client, staff):
    contact = make_contact("小明")
    address = f"/contacts/{contact.pk}/disturb/"

    client.post(address, {"allowed": "0"})
    contact.refresh_from_db()
    assert contact.do_not_disturb is True

    client.post(address, {"allowed": "1"})
    contact.refresh_from_db()
    assert contact.do_not_disturb is False
    verbs = [entry.verb for entry in Entry.objects.order_by("pk")]
    assert verbs == ["signed in", "silenced contact", "allowed contact"]
    assert client.get(address).status_code == 405


def test_do_not_disturb_needs_the_right(client, bystander):
    contact = make_contact()

    response = client.post(f"/contacts/{contact.pk}/disturb/", {"allowed": "0"})

    assert response.status_code == 403


def test_a_contact_is_added_by_hand(client, staff):
    fields = {"channel": "line", "contactable_id": " 42 ", "name": "小明", "tags": "vip"}

    response = client.post("/contacts/new/", fields | attribute_fields(("city", "台北")))

    contact = Contact.objects.get()
    assert response.url == f"/contacts/{contact.pk}/"
    assert (contact.contactable_id, contact.attributes) == ("42", {"city": "台北"})
    assert [tag.name for tag in contact.tags.all()] == ["vip"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"contactable_id": "U1"}, "This id is already there on this channel."),
        ({"contactable_id": ""}, "This field is required."),
        ({"contactable_id": "x" * 65}, "at most 64 characters"),
        ({"contactable_id": "1", "channel": "sms"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_added_is_said(client, staff, fields, said):
    make_contact(contactable_id="U1")

    response = client.post("/contacts/new/", FORM | {"channel": "line", "name": "阿美"} | fields)

    assert said in response.content.decode()
    assert Contact.objects.count() == 1


STRANGE = {
    "note": "line one\nline two",
    "dos": "line one\r\nline two\r\n",
    "mac": "line one\rline two",
    "first": "\nline two",
    "spaces": "  a  ",
    "tab": "\ta\t",
    "blank": "   ",
    "unseen": "\u200ba\u202eb\ufeff\u00a0",
    "text": "<b>&amp; \"'</b> {{ name }} \\u0000",
    "feed": "a\x0b\x0cb\u2028c",
    "items": "3",
    "line_number": "7",
    "no placeholder": "x",
}


class Typed(HTMLParser):
    """What the fields of a page hold, as a browser would send them back."""

    def __init__(self, page):
        super().__init__()
        self.fields, self._name = {}, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        name = found.get("name")
        if tag == "input" and name and found.get("type") != "checkbox":
            self.fields[name] = re.sub("[\r\n]", "", found.get("value") or "")
        if tag == "textarea" and name:
            self._name, self.fields[name] = name, ""

    def handle_data(self, data):
        if self._name:
            # The first line end of a textarea belongs to the page.
            text = re.sub("\r\n?", "\n", data)
            self.fields[self._name] += text

    def handle_endtag(self, tag):
        if tag == "textarea" and self._name:
            text = self.fields[self._name]
            text = text[1:] if text.startswith("\n") else text
            self.fields[self._name] = text.replace("\n", "\r\n")
            self._name = None


def test_saving_changes_nothing_that_was_not_edited(client, staff):
    contact = make_contact(
        " 小明\u200b ", attributes=STRANGE, tags=["vip,2024", "新客"], account=" 信義 ",
        picture_url="https://a.tw/小明.png",
    )  # fmt: skip
    before = Contact.objects.values().get()
    fields = Typed(client.get(f"/contacts/{contact.pk}/").content.decode()).fields

    response = client.post(f"/contacts/{contact.pk}/", fields)

    after = Contact.objects.values().get()
    assert response.status_code == 302
    assert after | {"updated_at": None} == before | {"updated_at": None}
    assert after["attributes"] == STRANGE
    assert [tag.name for tag in contact.tags.all()] == ["vip,2024", "新客"]


def test_saving_changes_just_what_was_edited(client, staff):
    contact = make_contact("小明", attributes=STRANGE, tags=["vip"])
    fields = Typed(client.get(f"/contacts/{contact.pk}/").content.decode()).fields
    number = next(name for name, value in fields.items() if value == "note").split("-")[1]

    client.post(
        f"/contacts/{contact.pk}/",
        fields | {f"attributes-{number}-value": " line one\r\nline 2 ", "tags": "VIP; 新客;新客"},
    )

    contact.refresh_from_db()
    assert contact.attributes == STRANGE | {"note": "line one\nline 2"}
    assert [tag.name for tag in contact.tags.all()] == ["vip", "新客"]


def test_rows_in_another_order_keep_their_values(client, staff):
    contact = make_contact("小明", attributes={"a": "1\n2", "b": " x "})
    fields = {"name": "小明"} | attribute_fields(("b", " x "), ("a", "1\r\n2"))

    client.post(f"/contacts/{contact.pk}/", fields)

    contact.refresh_from_db()
    assert contact.attributes == {"b": " x ", "a": "1\n2"}


def test_saving_an_old_page_keeps_what_others_changed_meanwhile(client, staff):
    contact = make_contact("小明", attributes={"city": "台北", "size": "M"}, tags=["vip"])
    fields = Typed(client.get(f"/contacts/{contact.pk}/").content.decode()).fields
    Contact.objects.update(
        name="王小明",
        do_not_disturb=True,
        attributes={"added": "x", "city": "台南", "size": "M", "later": "y"},
    )
    contact.tags.set([])
    size = next(name for name, value in fields.items() if value == "size").split("-")[1]

    client.post(f"/contacts/{contact.pk}/", fields | {f"attributes-{size}-value": "L"})

    contact.refresh_from_db()
    assert contact.attributes == {"added": "x", "city": "台南", "size": "L", "later": "y"}
    assert (contact.name, contact.do_not_disturb) == ("王小明", True)
    assert list(contact.tags.all()) == []


def test_attributes_exchange_their_names(client, staff):
    contact = make_contact("小明", attributes={"a": "1", "b": "2"})
    fields = Typed(client.get(f"/contacts/{contact.pk}/").content.decode()).fields

    names = {"attributes-0-name": "b", "attributes-1-name": "a"}
    client.post(f"/contacts/{contact.pk}/", fields | names)

    contact.refresh_from_db()
    assert contact.attributes == {"a": "2", "b": "1"}
