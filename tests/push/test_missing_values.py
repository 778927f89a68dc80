"""How many contacts lack a value: for those who write a message, and for one contact's values."""

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils.html import strip_tags

from people import rights
from push import missing_values, values
from push.models import Contact
from tests.makers import make_contact, make_template, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    caches["process"].clear()


@pytest.fixture
def writer(client):
    client.force_login(make_user("佩珊", rights=[rights.WRITE]))


def ask(client, names, channel="line"):
    page = client.get(reverse("missing_values"), {"names": names, "channel": channel})
    return [" ".join(line.split()) for line in strip_tags(page.text).splitlines() if line.strip()]


def test_writers_hear_how_many_lack_it(client, writer):
    make_contact("小明", attributes={"coupon": "A1"})
    make_contact("小華", attributes={"coupon": " "})
    make_contact("", attributes={"self": "x"})
    make_contact("勿擾", do_not_disturb=True)
    make_contact("小美", channel="facebook")

    assert ask(client, "coupon,name,self,id") == [
        "coupon: 2 of 3 LINE contacts have no value",
        "name: 1 of 3 LINE contacts have no value",
        "self: 2 of 3 LINE contacts have no value",
    ]
    assert ask(client, "coupon", "all") == [
        "coupon: 2 of 3 LINE contacts have no value",
        "coupon: 1 of 1 Messenger contacts have no value",
    ]


@pytest.mark.parametrize(
    "names", ["", ",,", "<b>", "1x", "a b", "x" * 9_000, "\0", "{{ name }}", "id"]
)
def test_what_is_no_placeholder_is_passed_over(client, writer, names):
    make_contact("小明")

    assert ask(client, names) == []


def test_names_are_counted_once_a_minute(client, writer, django_assert_num_queries):
    make_contact("小明")
    missing_values.count_on("line", ["coupon"])

    with django_assert_num_queries(0):
        known = missing_values.count_on("line", ["coupon"])
    with django_assert_num_queries(1):
        more = missing_values.count_on("line", ["coupon", "store", "gift"])

    assert known == (1, {"coupon": 1})
    assert more == (1, {"coupon": 1, "store": 1, "gift": 1})


def test_a_large_channel_is_looked_at_in_part(client, writer, monkeypatch):
    monkeypatch.setattr(missing_values, "LOOKED_AT", 3)
    for number in range(5):
        make_contact(f"小明{number}")

    assert ask(client, "coupon") == ["coupon: 3 of the first 3 LINE contacts have no value"]


def test_template_page_asks_for_its_placeholders(client):
    client.force_login(make_user("佩珊", rights=[rights.WRITE, rights.PUBLISH]))
    needs = make_template("折扣", message="{{ coupon }} {{ name | 貴賓 }} {{ store }}")
    fine = make_template("歡迎")

    asked = [client.get(reverse("template", args=[each.pk])).text for each in (needs, fine)]

    url = f"{reverse('missing_values')}?channel=line&amp;names=coupon%2Cstore"
    assert [url in page for page in asked] == [True, False]
    assert reverse("missing_values") not in asked[1]


def test_compose_page_says_which_placeholders_have_no_default(client, writer):
    said = {"message": "{{ coupon }} {{ name | 貴賓 }}", "channel": "line"}

    page = b"".join(client.post(reverse("compose_preview", args=["text"]), said)).decode()

    assert '"required": "coupon"' in page


BLANK = ["", None, " ", "\u3000", "\t\r\n", "\u200b\ufeff", "\u00a0\u2003", "\u202e\u2060"]


@pytest.mark.parametrize("value", [*BLANK, " x ", "0", "\u200bx"], ids=ascii)
def test_python_and_the_database_agree_on_what_is_blank(value):
    contact = make_contact("小明", attributes={"coupon": value})
    fallbacks = {"coupon": "B1"}

    lacking = missing_values.lacking(Contact.objects.all(), ["coupon"])
    [filled] = Contact.objects.values_list(values.all_of(["coupon"], fallbacks))

    own = missing_values.fill(contact.values, fallbacks)
    assert lacking.exists() == (own["coupon"] == "B1")
    assert filled[0]["coupon"] == own["coupon"]


def test_a_header_word_is_the_field_and_needs_no_fallback():
    contact = make_contact("小明")

    [filled] = Contact.objects.values_list(values.all_of(["姓名"], {"姓名": "貴賓"}))

    assert filled[0] == {"姓名": "小明"}
    assert "姓名" not in missing_values.fill(contact.values, {"姓名": "貴賓"})
    assert not missing_values.lacking(Contact.objects.all(), ["姓名"]).exists()
