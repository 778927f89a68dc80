"""Who will get it."""

import json

import pytest

from push import audience
from push.audience import Audience
from push.importing import say
from tests.makers import make_contact

pytestmark = pytest.mark.django_db


def test_audience_of_everyone_leaves_out_other_channels_and_do_not_disturb():
    ming = make_contact("小明")
    make_contact("不要吵我", do_not_disturb=True)
    make_contact("小華", channel="facebook")

    assert list(Audience("line", everyone=True).contacts()) == [ming]


def test_audience_of_nothing_chosen_is_nobody():
    make_contact("小明")

    assert list(Audience("line").contacts()) == []
    assert list(Audience("line", search="  ").contacts()) == []


def test_audience_search_and_tag_must_both_match():
    both = make_contact("王小明", tags=["vip", "秋冬會員"])
    make_contact("王小明")
    make_contact("陳怡君", tags=["vip"])

    assert list(Audience("line", search="小明", tag="vip").contacts()) == [both]


def test_audience_of_an_account_is_the_same_step_by_step():
    second = make_contact("小明", account="二店")
    make_contact("小華", account="一店")
    make_contact("小美", channel="facebook", account="二店")
    chosen = Audience("line", account="二店")

    assert list(chosen.contacts()) == list(chosen.between(0, 10**9)) == [second]
    assert Audience.from_json(chosen.to_json()) == chosen


def test_audience_ids_of_another_channel_are_nobody():
    ming, hua = make_contact("小明"), make_contact("小華", channel="facebook")

    assert list(Audience("line", ids=(ming.pk, hua.pk, 999_999)).contacts()) == [ming]


@pytest.mark.parametrize("size", [1, 3])
def test_ledger_adds_up(size, django_assert_num_queries):
    for _number in range(size):
        make_contact(tags=["vip"])
        make_contact(tags=["vip"], do_not_disturb=True)
    chosen = Audience("line", tag="vip")

    with django_assert_num_queries(2):
        ledger = chosen.ledger()

    assert (ledger.matching, ledger.do_not_disturb, ledger.total) == (2 * size, size, size)
    assert chosen.count() == chosen.contacts().count()


@pytest.mark.parametrize(
    "chosen",
    [
        Audience("line", everyone=True),
        Audience("viber", search="{{ <b> 王", tag="vip"),
        Audience("livechat", ids=(1, 2, 3)),
        Audience("wechat"),
    ],
)
def test_audience_survives_json(chosen):
    assert Audience.from_json(json.loads(json.dumps(chosen.to_json()))) == chosen


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (Audience("line", everyone=True), "LINE, everyone"),
        (Audience("line", tag="vip"), "LINE, tag “vip”"),
        (Audience("facebook", search="王", tag="vip"), "Messenger, search “王”, tag “vip”"),
        (Audience("line", ids=(1,)), "LINE, chosen one by one"),
        (Audience("line"), "LINE, nobody"),
    ],
)
def test_audience_describes_itself(chosen, words):
    assert chosen.describe() == words


def test_read_ids_reports_what_names_nobody():
    ming = make_contact(contactable_id="Uaaa")
    mei = make_contact("阿美", contactable_id="Ubbb")
    make_contact("小華", channel="facebook", contactable_id="123")

    pasted = audience.read_ids('"Ubbb",Uaaa；Uaaa\n 123\t<b>', channel="line")

    assert pasted == audience.Pasted(ids=(mei.pk, ming.pk), unknown=("123", "<b>"))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("00123\n", ["00123"]),
        ('="00123"', ["00123"]),
        ("'00123", ["00123"]),
        ("編號\n00123\n５５\n", ["00123", "55"]),
        ("id, 55.0", ["55"]),
        ("\ufeff55\u00a0\u200b", ["55"]),
        ("“55”、‘00123’", ["55", "00123"]),
        ('["55", "00123"]', ["55", "00123"]),
        ("姓名\t編號\tcity\r\n小明\t55\t台北 7\r\n小華\t00123\t\r\n", ["55", "00123"]),
        ("55|00123", ["55", "00123"]),
    ],
)
def test_read_ids_takes_what_is_certain(text, ids):
    known = {id: make_contact(contactable_id=id).pk for id in ("00123", "123", "55", "7")}

    pasted = audience.read_ids(text, channel="line")

    assert (pasted.ids, pasted.unknown, pasted.refused) == (
        tuple(known[id] for id in ids), (), (),
    )  # fmt: skip


def test_read_ids_refuses_what_would_be_somebody_else():
    for id in ("1", "234", "5", "678", "1E17", "55", "U1"):
        make_contact(contactable_id=id)

    pasted = audience.read_ids("1,234\n5,678\n1E17\nnan\nU\u200b1\n-55\n5.5", channel="line")

    assert (pasted.ids, pasted.unknown) == ((), ())
    assert [say(reason) for reason in pasted.refused] == [
        "The ID “1,234” is a number with a comma or a decimal point. "
        "Format the column as text and enter the ID again.",
        "The ID “5,678” is a number with a comma or a decimal point. "
        "Format the column as text and enter the ID again.",
        "Excel has shortened the id 1E17 to 15 digits. "
        "Format the column as text and enter the id again.",
        "“nan” is not an ID.",
        "The ID has a character that cannot be seen (U+200B) after “U”.",
        "The ID “-55” has a sign in front.",
        "The ID “5.5” is a number with a comma or a decimal point. "
        "Format the column as text and enter the ID again.",
    ]


def test_read_ids_of_a_long_list_asks_in_steps(django_assert_num_queries):
    with django_assert_num_queries(3):
        pasted = audience.read_ids("\n".join(f"U{n}" for n in range(1_200)), channel="line")

    assert len(pasted.unknown) == 1_200


def test_audience_of_the_longest_list_of_ids_can_be_counted():
    ming = make_contact("小明")

    assert Audience("line", ids=tuple(range(ming.pk, ming.pk + audience.MAX_IDS))).count() == 1


@pytest.mark.parametrize(
    "chosen",
    [
        {"everyone": True},
        {"tag": "vip"},
        {"search": "小"},
        {"search": "小", "tag": "vip"},
        {},
        {"ids": True},
        {"ids": True, "tag": "vip"},
    ],
)
def test_between_walks_the_same_people_key_by_key(chosen):
    people = [make_contact(f"小{n}", tags=["vip", "老客戶"][: n % 3]) for n in range(9)]
    make_contact("別人", channel="facebook", tags=["vip"])
    make_contact("別吵", do_not_disturb=True, tags=["vip"])
    chosen = chosen | ({"ids": (people[2].pk, people[7].pk)} if "ids" in chosen else {})
    audience = Audience("line", **chosen)
    middle = people[4].pk

    walked = [*audience.between(0, middle), *audience.between(middle, 10**9)]

    assert walked == list(audience.contacts())
