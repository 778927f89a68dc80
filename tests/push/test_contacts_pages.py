"""The list of contacts: finding them, page by page, and who may do what there."""

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from push import finding
from push.models import Broadcast, Contact, Delivery, Outcome
from tests.makers import make_contact, make_template

pytestmark = pytest.mark.django_db
HOSTILE = "<b>粗</b> {{ name }} 🎉 " + "長" * 150


@pytest.fixture(autouse=True)
def _fresh():
    caches["process"].clear()


def names(response):
    return [line.contact.name for line in response.context["page"].lines]


def sent(contact, outcome=Outcome.SENT):
    version = make_template(name=f"給 {contact.pk}").latest
    broadcast = Broadcast.objects.create(version=version, channel=contact.channel)
    return Delivery.objects.create(
        broadcast=broadcast, contact=contact, outcome=outcome, at=timezone.now()
    )


@pytest.mark.parametrize(
    "address",
    [
        "/contacts/",
        "/contacts/1/",
        "/contacts/new/",
        "/contacts/import/",
        "/contacts/as/",
        "/contacts/placeholders/",
    ],
)
def test_every_page_asks_for_sign_in(client, address):
    response = client.get(address)

    assert (response.status_code, response.url) == (302, f"/accounts/login/?next={address}")


@pytest.mark.parametrize("address", ["/contacts/new/", "/contacts/import/"])
def test_adding_contacts_needs_the_right(client, bystander, address):
    assert client.get(address).status_code == 403


def test_contacts_without_the_right_show_neither_ticks_nor_import(client, bystander):
    make_contact()

    page = client.get("/contacts/").content.decode()

    assert 'name="ticked"' not in page
    assert reverse("contacts_import") not in page


def test_no_contacts_at_all_teaches_the_import(client, staff):
    page = client.get("/contacts/").content.decode()

    assert "No contacts yet" in page
    assert f"{reverse('contacts_import')}?channel=line" in page


def test_contacts_open_on_the_first_channel_that_has_any(client, staff):
    make_contact("小華", channel="facebook")

    response = client.get("/contacts/")

    assert (response.context["filters"].channel, names(response)) == ("facebook", ["小華"])
    assert response.context["counts"]["facebook"] == 1


def test_an_empty_channel_says_so_beside_the_others(client, staff):
    make_contact("小明")

    page = client.get("/contacts/?channel=viber").content.decode()

    assert "No contacts on this channel yet" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=小", ["小明", "小華"]),
        ("q=U42", ["阿美"]),
        ("q=小 明", ["小明"]),
        ("tag=vip", ["小明"]),
        ("account=信義", ["小華"]),
        ("q=小&tag=vip", ["小明"]),
        ("q=nobody", []),
        ("tag=nothing", []),
        ("q=%00小明", ["小明"]),
        ("channel=wrong&q=小明", ["小明"]),
    ],
)
def test_contacts_are_found(client, staff, query, found):
    make_contact("小明", tags=["vip", "新客"])
    make_contact("小華", account="信義")
    make_contact("阿美", contactable_id="U42")

    assert sorted(names(client.get(f"/contacts/?{query}"))) == sorted(found)


def test_no_match_offers_the_whole_channel(client, staff):
    make_contact()

    page = client.get("/contacts/?channel=line&q=zzz").content.decode()

    assert "Nobody here matches" in page
    assert 'href="?channel=line"' in page


def test_search_by_htmx_gives_the_list_and_keeps_the_address(client, staff):
    make_contact("小明")

    response = client.get("/contacts/?channel=line&q=小&tag=", headers={"HX-Request": "true"})

    assert response.headers["HX-Replace-Url"] == "/contacts/?channel=line&q=%E5%B0%8F"
    assert "<html" not in response.content.decode()


def test_pages_follow_each_other_without_a_gap(client, staff, monkeypatch):
    monkeypatch.setattr(finding, "PAGE", 2)
    for name in ["丙", "甲", "乙", "甲", "丁"]:
        make_contact(name)
    seen, after = [], ""

    while after is not None:
        response = client.get(f"/contacts/?channel=line&after={after}")
        seen += [line.contact.pk for line in response.context["page"].lines]
        after = response.context["page"].after

    by_name = Contact.objects.order_by("name", "contactable_id")
    assert seen == list(by_name.values_list("pk", flat=True))


@pytest.mark.parametrize("after", ["x", "-1", "99999999999999999999", "12345"])
def test_a_wrong_place_in_the_list_is_the_beginning(client, staff, after):
    make_contact("小明")

    assert names(client.get(f"/contacts/?after={after}")) == ["小明"]


def test_hostile_words_are_shown_as_text(client, staff):
    contact = make_contact(HOSTILE, tags=["<i>vip"], account="<u>", attributes={"a": "<script>"})

    for address in ("/contacts/", f"/contacts/{contact.pk}/"):
        page = client.get(address).content.decode()
        assert "&lt;b&gt;粗" in page
        assert not any(tag in page for tag in ("<b>粗", "<i>vip", "<u>", "<script>&", "}}<script"))


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(client, staff, django_assert_num_queries, many):
    for _number in range(many):
        sent(make_contact(tags=["vip"], account="信義"))

    # Session, person, counts, page, tags of it, last sent; rights; all tags, accounts.
    with django_assert_num_queries(10):
        client.get("/contacts/?channel=line")


def test_more_than_ten_thousand_are_not_counted(client, staff, monkeypatch):
    monkeypatch.setattr(finding, "COUNTED", 2)
    monkeypatch.setattr(finding, "PAGE", 2)
    for _number in range(4):
        make_contact("小明")

    assert "More than 2 match" in client.get("/contacts/?q=小").content.decode()


def test_the_list_says_when_something_was_last_sent(client, staff):
    delivery = sent(make_contact())

    (line,) = client.get("/contacts/").context["page"].lines

    assert line.last_sent == delivery.at


def test_ticks_go_to_the_audience_page(client, staff):
    contact = make_contact()

    page = client.get("/contacts/").content.decode()

    assert f'action="{reverse("send")}"' in page
    assert f'name="ticked" value="{contact.pk}"' in page


MARKED = (
    '小<span class="unseen" role="img" title="Invisible character U+202E, not sent" '
    'aria-label="Invisible character U+202E, not sent">U+202E</span>明&lt;b&gt;'
)


def test_contact_without_a_name_is_listed_in_both_languages(client, staff):
    make_contact(name="", contactable_id="9001")

    for language, words in (("en", "No name"), ("zh-hant", "沒有名稱")):
        response = client.get("/contacts/?channel=line", headers={"accept-language": language})

        assert response.status_code == 200
        assert words in response.content.decode()


def test_characters_that_cannot_be_seen_are_marks_in_names_and_values(client, staff):
    found = make_contact(
        "小\u202e明<b>", attributes={"city": "小\u202e明<b>", "family": "👨\u200d👩"}
    )

    pages = [
        client.get(address).content.decode()
        for address in ("/contacts/?channel=line", f"/contacts/{found.pk}/")
    ]

    assert [page.count(MARKED) for page in pages] == [2, 3]
    assert [page.count("\u202e") for page in pages] == [0, 2]
    assert ["👨\u200d👩" in page for page in pages] == [True, True]
    assert "<title>小明&lt;b&gt; ·" in pages[1]
