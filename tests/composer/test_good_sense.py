"""The checks of good sense: what each finds, and what looks like it and is something else."""

from datetime import date

import pytest

from composer.vocabulary import notices
from tests.composer.messages import OPTION, SQUARE, changed

TODAY = date(2026, 11, 22)  # a Sunday, of the Republic's year 115


def found(kind, path, value, rule):
    said = notices.check(changed(kind, path, value), channels=[], known={"name"}, today=TODAY)
    return [notice.actual for notice in said if notice.rule == rule]


def in_text(text, rule):
    return found("text", "message", text, rule)


IDS = """
A123456789 身分證字號A123456789。 b123456780 F131104093 A800000014 AB12345677
"""
NO_IDS = """
A123456788 Z1234567 AA123456789 A1234567890 A323456789 訂單A0123456789號 ORD-1A123456789
https://nuanri.tw/A123456789 nuanri.tw/?id=A123456789 A123456789@nuanri.tw {{A123456789}}
"""
CARDS = """
4111111111111111 卡號4111-1111-1111-1111。 5555555555554444 378282246310005 3566002020360505
6011111111111117 30569309025904 2223003122003222
"""
NO_CARDS = """
4111111111111112 2026112200012345 訂單202611220001234567 統編12345678 1234567812345670
0000000000000000 1111111111111117 411111111111111 https://nuanri.tw/4111111111111111
ISBN9789573317241
"""
MOBILES = """
0912345678 0912-345-678 0912-345678 0912.345.678 09-1234-5678 +886912345678 +886-912-345-678
886912345678 +886(0)912345678 客服0912345678請撥
"""
NO_MOBILES = """
02-2720-1188 0800-000-123 (02)27201188 091234567 09123456789 訂單0912345678901 ORD-0912345678
0912345678-01 v0912345678 2026-09-12 09:12:34 1,200 09/12/2026 https://nuanri.tw/0912345678
"""


def cases(*, yes, no):
    return [(text, True) for text in yes.split()] + [(text, False) for text in no.split()]


@pytest.mark.parametrize(("text", "is_found"), cases(yes=IDS, no=NO_IDS))
def test_an_id_number_is_told_by_its_check_digit(text, is_found):
    assert bool(in_text(text, "national_id")) is is_found


@pytest.mark.parametrize(("text", "is_found"), cases(yes=CARDS, no=NO_CARDS))
def test_a_card_number_is_told_by_its_network_and_luhn(text, is_found):
    assert bool(in_text(text, "card_number")) is is_found


@pytest.mark.parametrize(("text", "is_found"), cases(yes=MOBILES, no=NO_MOBILES))
def test_a_mobile_number_is_told_by_its_shape(text, is_found):
    assert bool(in_text(text, "mobile_number")) is is_found


RIGHT_DAYS = [
    "11/22（日）",
    "115/11/22（日）",
    "115.11.22(日)",
    "民國115年11月22日（星期日）",
    "民國 115 年 11 月 22 日 週日",
    "115年11月22日(日)",
    "2026/11/22 Sun.",
    "2026年11月22號禮拜天",
    "１１月２２日（日）",
    "Nov 22 (Sun)",
    "November 22nd, 2026 (Sunday)",
    "22 Nov 2026, Sunday",
    # No weekday, no date, or another thing that looks like one.
    "11/22 日系外套",
    "3/4 六吋",
    "1/2（二選一）",
    "第 11/22 頁",
    "2/30（一）",
    "13/40（一）",
    "12:30（一）",
    "May 5 sun hats",
    "比例 16/9 wedge",
    "11/22、11/23（一）",
    "99/1/1",
    "{{ day | 11/22 }}（一）",
    "https://nuanri.tw/2026/11/22(一)",
]
WRONG_DAYS = [
    ("11/22（一）", "日"),
    ("115/11/22（一）", "日"),
    ("民國115年11月22日（星期一）", "日"),
    ("115年11月22日禮拜一", "日"),
    ("１１月２２日（三）", "日"),
    ("2026-11-22 (Mon)", "Sun"),
    ("Nov 22 (Mon)", "Sun"),
    ("November 22nd, 2026 (MONDAY)", "SUNDAY"),
    ("22 Nov 2026, Monday", "Sunday"),
    ("11/22 Mon", "Sun"),
]


@pytest.mark.parametrize("text", RIGHT_DAYS)
def test_a_right_weekday_is_passed_over_and_so_is_what_is_none(text):
    assert in_text(text, "weekday") == []


@pytest.mark.parametrize(("text", "right"), WRONG_DAYS)
def test_a_wrong_weekday_is_said_with_the_right_one(text, right):
    said = notices.check(changed("text", "message", text), channels=[], today=TODAY)

    assert [(each.rule, each.limit) for each in said] == [("weekday", right)]


NARROW = ["好,我們", "請看:這裡", "真的嗎?好", "「大衣」;「風衣」", "您好, 請看", "{{ name }},您好"]
NOT_NARROW = [
    "好，我們",
    "特價 1,200 元",
    "特價1,200元",
    "下午 3:30 到 4:30",
    "時間:12:30",
    "買 2.5 公斤",
    "我們推出 Buy one, get one free 活動",
    "看 Q&A: 請點",
    "Hello, 您好",
    "Hello, {{ name }}!",
    "網址:https://nuanri.tw/a,b",
    "信箱:service@nuanri.tw",
    "(一)報名 (二)繳費",
    "好!",
    ":) 您好",
    "a,b",
]


@pytest.mark.parametrize("text", NARROW)
def test_narrow_punctuation_between_chinese_is_a_hint(text):
    assert in_text(text, "narrow_punctuation") != []


@pytest.mark.parametrize("text", NOT_NARROW)
def test_narrow_punctuation_elsewhere_is_right(text):
    assert in_text(text, "narrow_punctuation") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("這個优惠開始囉", ["优"]),
        ("請到门市領取，歡迎參觀", ["门"]),
        ("優惠開始囉，皇后台面里只", []),
        ("我们买东西", []),  # all of it is Simplified: meant to be
        ("限定発売ですから、這裡買", []),  # Japanese
        ("{{ name | 贵宾 }}這裡買", []),
        ("https://nuanri.tw/优惠 這裡買", ["优"]),
        ("Only English 12:30", []),
    ],
)
def test_simplified_in_a_traditional_text_is_said(text, said):
    assert in_text(text, "mixed_characters") == said


LINKS = [
    ("https://nuanri.tw/coat?a=b#c", []),
    ("https://{{ shop }}/coat", []),
    ("https://nuanri.tw/{{ id }}", []),
    ("https://例子.台灣/大衣", []),
    ("https://[2001:db8::1]:8443/", []),
    ("https://nuanri.tw/a@b", []),
    ("https://nuanri.tw/?to=https://a.tw", []),
    ("https://https://nuanri.tw/", ["https://"]),
    ("https://nuanri/coat", ["nuanri"]),
    ("https://line.me@nuanri.tw/", ["line.me@"]),
    ("https://nuanri..tw/", ["nuanri.."]),
    ("https://nuanri.tw，看商品", ["nuanri.tw，"]),
    ("https://nuanri.tw/coat。", ["。"]),
]


@pytest.mark.parametrize(("address", "said"), LINKS)
def test_a_link_that_leads_nowhere_is_said(address, said):
    assert found("carousel", "columns[0].actions[0].url", address, "malformed_link") == said


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("請看 http://nuanri.tw/coat", 1),
        ("HTTP://NUANRI.TW", 1),
        ("http://{{ shop }}/", 1),
        ("請看 https://nuanri.tw/coat", 0),
        ("http:// 開頭的網址", 0),
        ("xhttp://nuanri.tw", 0),
        ("nuanri.tw", 0),
    ],
)
def test_an_insecure_link_is_found_in_a_text_too(text, count):
    assert len(in_text(text, "insecure_link")) == count


@pytest.mark.parametrize(
    ("words", "is_stock"),
    [
        ("Message format not supported.", True),
        ("This is a buttons template", True),
        ("輪播訊息", True),
        ("  圖片！ ", True),
        ("請用手機查看。", True),
        ("IMG_1234.JPG", True),
        ("雙十一外套 85 折", False),
        ("圖片裡是三款外套", False),
        ("New arrivals", False),
        ("a.jpg 與 b.jpg", False),
    ],
)
def test_an_alt_text_that_describes_nothing_is_said(words, is_stock):
    assert bool(found("carousel", "alt_text", words, "stock_alt_text") != []) is is_stock


@pytest.mark.parametrize(
    ("text", "is_broken"),
    [
        ("{{ name }}", False),
        ("{{ name | 貴賓 }}", False),
        ("{{ name", True),
        ("name }}", True),
        ("{name} 您好", True),
        ("{ name } 您好", True),
        ("｛｛name｝｝", True),
        ("{1} {} { }", False),
        ('{"a": 1}', False),
        (":-} {-:", False),
    ],
)
def test_braces_that_are_no_placeholder_are_said(text, is_broken):
    assert bool(in_text(text, "malformed_placeholder")) is is_broken


@pytest.mark.parametrize(
    ("letters", "ground", "ratio"),
    [
        ("#000000", "#ffffff", None),
        ("#767676", "#ffffff", None),  # 4.54, the faintest grey that passes
        ("#777777", "#ffffff", 4.47),
        ("#ffffff", "#eb4d4b", 3.68),
        ("#09091a", "#09091a", 1.0),
        ("#09091A", "#09091a", 1.0),
        ("", "#ffffff", None),
    ],
)
@pytest.mark.parametrize("plate", ["button", "badge"])
def test_letters_too_like_their_ground_are_said(plate, letters, ground, ratio):
    value = {"text": "看", "color": letters, "background_color": ground}

    said = found("image_carousel", f"columns[0].{plate}", value, "contrast")

    assert said == ([] if ratio is None else [ratio])


@pytest.mark.parametrize(
    ("values", "count"),
    [("甲乙丙", 0), ("甲乙甲", 1), ("甲甲甲", 2), (["甲", " 甲 "], 1), ("甲 ", 0)],
)
def test_an_answer_that_repeats_anothers_is_said(values, count):
    options = [OPTION | {"label": str(at), "value": each} for at, each in enumerate(values)]

    for kind in ("button", "quickreply"):
        assert len(found(kind, "options", options, "repeated_value")) == count


def test_the_same_colours_without_words_are_nothing_to_read():
    plate = {"text": "", "color": "#888888", "background_color": "#888888"}

    assert found("image_carousel", "columns", [SQUARE | {"badge": plate}], "contrast") == []
