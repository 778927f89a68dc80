"""What is said of the words themselves: characters, punctuation, dates, personal numbers."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from composer.vocabulary import notices
from composer.vocabulary.checks import personal
from composer.vocabulary.checks.prose import blotted
from composer.vocabulary.checks.simplified import AMBIGUOUS, TRADITIONAL
from tests.composer.messages import changed, good

TODAY = date(2026, 11, 22)


def said(text, today=TODAY):
    found = notices.check(changed("text", "message", text), channels=[], today=today)
    return [(notice.level, notice.rule, notice.actual) for notice in found]


PASSAGES = [
    # Simplified among Traditional.
    ("我们買這個東西", ("warning", "mixed_characters", "们")),
    ("优惠活動開始囉，户口這裡", ("warning", "mixed_characters", "优户")),
    ("頭发護理這個", ("warning", "mixed_characters", "发")),
    ("我们买东西", None),
    ("我們買東西，皇后里面台北温胜涂么", None),
    ("限定メニュー，国際線這裡開賣", None),
    ("{{ name | 贵宾 }}這裡買", None),
    # Half-width punctuation.
    ("好,我們", ("hint", "narrow_punctuation", ",")),
    ("您好, 請看:這裡", ("hint", "narrow_punctuation", ", :")),
    ("真的嗎?!好", ("hint", "narrow_punctuation", "? !")),
    ("「大衣」;「風衣」", ("hint", "narrow_punctuation", ";")),
    ("{{ name }},您好", ("hint", "narrow_punctuation", ",")),
    ("您好!{{ name }}", ("hint", "narrow_punctuation", "!")),
    ("{{ name }},{{ store }}", None),
    ("好，我們!", None),
    ("下午 3:30，A,B 皆可", None),
    ("地址:https://nuanri.tw/", None),
    # A weekday and its date.
    ("11 月 11 日（一）", ("warning", "weekday", "11 月 11 日（一）")),
    ("11月11日(三)", None),
    ("11/11(一)", ("warning", "weekday", "11/11(一)")),
    ("11/25 週四起", ("warning", "weekday", "11/25 週四")),
    ("11/25 Wed, 11/26【週四】", None),
    ("11/25 Wedding", None),
    ("11/22（日）當天", None),
    ("2026-11-11 (Wed)", None),
    ("2026-11-11 (THU)", ("warning", "weekday", "2026-11-11 (THU)")),
    ("2026.11.11, tuesday", ("warning", "weekday", "2026.11.11, tuesday")),
    ("2026 年 11 月 11 日 禮拜天", ("warning", "weekday", "2026 年 11 月 11 日 禮拜天")),
    ("民國 115 年 11 月 11 日 星期三", None),
    ("民國115年11月11日星期二", ("warning", "weekday", "民國115年11月11日星期二")),
    ("民國 99 年 1 月 1 日（五）", None),
    ("115/11/11（四）", ("warning", "weekday", "115/11/11（四）")),
    ("99 年 1 月 1 日（一）", None),
    ("2/29（一）", ("warning", "weekday", "2/29（一）")),
    ("2/29（二）", None),
    ("2/30（一）", None),
    ("{{ day | 11/11 }}（一）", None),
    ("https://nuanri.tw/11/11（一）", None),
    # Numbers that belong to one person.
    ("A123456789", ("warning", "national_id", "A123…789")),
    ("證號a123456789。", ("warning", "national_id", "a123…789")),
    ("A123456788", None),
    ("XA123456789", None),
    ("A800000014", ("warning", "national_id", "A800…014")),
    ("AB12345677", ("warning", "national_id", "AB12…677")),
    ("AB12345678", None),
    ("4111 1111 1111 1111 12", ("warning", "card_number", "4111…111")),
    ("378282246310005", ("warning", "card_number", "3782…005")),
    ("3782-822463-10005", ("warning", "card_number", "3782…005")),
    ("4111111111111112", None),
    ("1111111111111117", None),
    ("0912-345-678", ("warning", "mobile_number", "0912…678")),
    ("打0912345678找我", ("warning", "mobile_number", "0912…678")),
    ("+886 912 345 678", ("warning", "mobile_number", "+886…678")),
    ("886(0)912345678", ("warning", "mobile_number", "886(…678")),
    ("09123456789", None),
    ("02-2720-1188", None),
    ("{{ phone | 0912-345-678 }}", None),
    ("https://nuanri.tw/0912345678 nuanri.tw/A123456789 0912345678@nuanri.tw", None),
    # Nothing at all, and what hurts.
    ("<b>{{ }}</b> 👨‍👩‍👧‍👦 中文" + "字" * 5000, None),
]


@pytest.mark.parametrize(("text", "expected"), PASSAGES)
def test_prose_is_read_as_people_read_it(text, expected):
    ours = [row for row in said(text) if row[1] != "malformed_placeholder"]

    assert ours == ([expected] if expected else [])


def test_a_sentence_says_which_day_it_is():
    (notice,) = notices.check(
        changed("text", "message", "11 月 11 日（一）"), channels=[], today=TODAY
    )

    assert notice.text % notice.params == "“11 月 11 日（一）”: 2026-11-11 is a Wednesday."


def test_a_date_without_a_year_is_not_judged_without_today():
    assert said("11/11(一)", today=None) == []
    assert said("2026-11-11 (Thu)", today=None) == [("warning", "weekday", "2026-11-11 (Thu)")]


def test_each_wrong_weekday_of_a_text_is_said():
    found = said("11/24（一）到 11/25（三），11/26 星期五")

    assert found == [
        ("warning", "weekday", "11/24（一）"),
        ("warning", "weekday", "11/26 星期五"),
    ]


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("text", "message"),
        ("button", "explain_text"),
        ("button", "options[0].label"),
        ("quickreply", "options[0].value"),
        ("carousel", "alt_text"),
        ("carousel", "columns[0].title"),
        ("carousel", "columns[0].text"),
        ("carousel", "columns[0].actions[0].text"),
        ("image_carousel", "columns[0].button.text"),
    ],
)
def test_every_text_that_people_read_is_judged(kind, path):
    found = notices.check(changed(kind, path, "0912-345-678"), channels=[])

    assert [(notice.rule, notice.path) for notice in found] == [("mobile_number", path)]


def test_addresses_and_numbers_to_ring_are_not_prose():
    call = {"label": "撥", "type": "phonenumber", "number": "0912345678"}
    link = {"label": "看", "type": "url", "url": "https://nuanri.tw/?a=A123456789"}

    assert notices.check(changed("button", "options", [call, link]), channels=[]) == []


def test_traditional_elsewhere_in_the_message_tells_what_it_is_written_in():
    payload = changed("button", "options[0].label", "优惠")
    payload["message"]["explain_text"] = "這個時間開始囉"

    found = notices.check(payload, channels=[])

    assert [(each.rule, each.path) for each in found] == [("mixed_characters", "options[0].label")]


def known_to(codec, character):
    return character.encode(codec, "ignore") != b""


def test_simplified_characters_are_none_of_taiwans_and_the_other_way_round():
    # A handful are in Big5 as words so rare that nobody means them.
    rare = set(
        "厂虫触党构柜怀坏机极价茧荐洁惊篱离怜岭宁泞苹扑气确扰圣适体听万网异优与愿种蚕儿吨赶复"
    )

    assert {one for one in {*TRADITIONAL, *AMBIGUOUS} if known_to("big5", one)} <= rare
    assert [one for one in TRADITIONAL.values() if not known_to("big5", one)] == []
    assert [one for one in TRADITIONAL.values() if known_to("gb2312", one)] == []
    assert not AMBIGUOUS & set(TRADITIONAL)


@pytest.mark.parametrize("kind", ["carousel", "button"])
def test_good_prose_is_passed_over(kind):
    assert notices.check(good(kind), channels=[], today=TODAY) == []


@settings(deadline=None)
@given(st.text("ab09-/. @:{}|年月日民國（一）Wed,", max_size=60))
def test_blotting_keeps_every_place(text):
    assert len(blotted(text)) == len(text)
    assert isinstance(said(text), list)


@settings(deadline=None)
@given(st.sampled_from("ABCDEFGHJKLMNPQRSTUVXYWZIO"), st.integers(0, 10**7 - 1))
def test_one_check_digit_in_ten_makes_an_id(letter, number):
    ids = [f"{letter}2{number:07d}{digit}" for digit in range(10)]

    assert sum(personal.is_id(each) for each in ids) == 1
