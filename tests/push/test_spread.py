"""How the values of each placeholder are spread over an audience."""

import pytest

from push import missing_values, spread, values
from push.audience import Audience
from push.models import Contact
from push.spread import Spread
from tests.makers import make_contact

pytestmark = pytest.mark.django_db

PAYLOAD = {
    "type": "text",
    "message": "{{ name | 貴賓 }} {{ coupon }} {{ name }} {{ 門市.名稱 | <b> }}",
}


def test_spread_of_each_placeholder_adds_up_to_the_audience():
    make_contact("小明", attributes={"coupon": "A1", "門市.名稱": "信義門市"})
    make_contact("小明", attributes={"coupon": "", "門市.名稱": "新竹巨城購物中心門市"})
    make_contact("", attributes={"門市.名稱": "信義門市"})
    make_contact("小華", channel="facebook", attributes={"coupon": "A1"})
    make_contact("勿擾", attributes={"coupon": "A1"}, do_not_disturb=True)

    found = spread.over(Audience("line", everyone=True), PAYLOAD)

    assert found == [
        Spread("name", "", 2, 0, 1, "小明", "小明"),
        Spread("coupon", "", 1, 0, 2, "", "A1"),
        Spread("門市.名稱", "<b>", 3, 0, 0, "信義門市", "新竹巨城購物中心門市"),
    ]


def test_spread_over_nobody_is_empty():
    payload = {"type": "text", "message": "{{ id }}"}

    assert spread.over(Audience("line", everyone=True), payload) == [
        Spread("id", "", 0, 0, 0, "", "")
    ]


def test_lacking_finds_who_has_no_value():
    make_contact("小明", attributes={"coupon": "A1"})
    blank = make_contact("小美", attributes={"coupon": ""})
    absent = make_contact("小華")

    contacts = Audience("line", everyone=True).contacts()

    assert list(missing_values.lacking(contacts, ["coupon"])) == [blank, absent]


@pytest.mark.parametrize("size", [1, 3])
def test_spread_counts_everybody_once(size, django_assert_num_queries):
    for number in range(size):
        make_contact(f"小明{number}", attributes={"coupon": "A1", "門市.名稱": "信義門市"})

    with django_assert_num_queries(7):
        spread.over(Audience("line", everyone=True), PAYLOAD)


def test_spread_of_a_message_without_placeholders_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        found = spread.over(Audience("line", everyone=True), {"type": "text", "message": "嗨"})

    assert found == []


def test_header_words_are_the_fields_unless_a_contact_has_such_an_attribute():
    make_contact("王小明")
    make_contact("小華", attributes={"姓名": "王小華"})
    make_contact("小美", attributes={"姓名": ""})
    make_contact("", attributes={})

    found = spread.over(
        Audience("line", everyone=True), {"type": "text", "message": "{{ 姓名 }} {{ 編號 }}"}
    )

    ids = sorted(Contact.objects.values_list("contactable_id", flat=True))
    assert found[0] == Spread("姓名", "", 3, 0, 1, "", "王小明")
    assert (found[1].with_value, found[1].longest in ids) == (4, True)
    said = dict(Contact.objects.annotate(value=values.value("姓名")).values_list("name", "value"))
    assert said == {"王小明": "王小明", "小華": "王小華", "小美": "小美", "": ""}
