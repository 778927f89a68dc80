"""How the values of each placeholder are spread over an audience."""

import pytest

from push import spread
from push.audience import Audience
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
        Spread("name", "貴賓", 2, 1, 0, "小明", 2, "小明"),
        Spread("coupon", "", 1, 0, 2, "A1", 1, "A1"),
        Spread("門市.名稱", "<b>", 3, 0, 0, "信義門市", 2, "新竹巨城購物中心門市"),
    ]


def test_spread_over_nobody_is_empty():
    payload = {"type": "text", "message": "{{ id }}"}

    assert spread.over(Audience("line", everyone=True), payload) == [
        Spread("id", "", 0, 0, 0, "", 0, "")
    ]


def test_lacking_finds_who_has_no_value():
    make_contact("小明", attributes={"coupon": "A1"})
    blank = make_contact("小美", attributes={"coupon": ""})
    absent = make_contact("小華")

    contacts = Audience("line", everyone=True).contacts()

    assert list(spread.lacking(contacts, "coupon")) == [blank, absent]
