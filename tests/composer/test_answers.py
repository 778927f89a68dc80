"""What each press answers: a row for every sort of press, channel and oddity."""

import pytest

from composer.vocabulary import answers, channels
from tests.composer.messages import BODIES, CARD, OPTION, SQUARE, good

RING = {"label": "打電話", "type": "phonenumber", "number": "0212345678"}
LINK = {"label": "看", "type": "url", "url": "https://a.tw", "value": "看過"}


def presses(payload, channel="line"):
    return answers.presses(payload, channels.ALL[channel])


@pytest.mark.parametrize(
    ("part", "deed"),
    [
        ({"type": "text", "value": "甲", "label": "乙"}, ("says", "甲")),
        ({"type": "text", "label": "乙"}, ("says", "乙")),
        ({"type": "text", "text": "丙"}, ("says", "丙")),
        ({"type": "text"}, ("", "")),
        ({"type": "url", "url": " https://a.tw "}, ("opens", "https://a.tw")),
        ({"type": "url", "url": "javascript:alert(1)"}, ("", "")),
        ({"type": "phonenumber", "number": "02"}, ("rings", "02")),
        ({"type": None, "value": "甲"}, ("", "")),
        ({}, ("", "")),
    ],
)
def test_deed_is_what_a_press_does(part, deed):
    assert answers.deed(part) == deed


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("text", []),
        ("button", [("改時間", "says", "我想改時間", 0)]),
        ("quickreply", [("改時間", "says", "我想改時間", 0)]),
        ("carousel", [("看商品", "opens", "https://nuanri.tw/coat", 1)]),
        ("image_carousel", [("看商品", "opens", "https://nuanri.tw/coat", 1)]),
    ],
)
def test_every_kind_has_its_presses(kind, expected):
    assert [(p.words, p.deed, p.what, p.card) for p in presses(good(kind))] == expected


def test_a_link_may_send_a_text_along():
    (press,) = presses(button(LINK))

    assert (press.what, press.also) == ("https://a.tw", "看過")


@pytest.mark.parametrize(
    ("options", "repeated"),
    [
        ([OPTION, OPTION], [True, True]),
        ([OPTION, {**OPTION, "value": "別的"}], [False, False]),
        ([{**LINK, "value": "我想改時間"}, OPTION], [True, True]),
        ([{**LINK, "value": ""}, {**LINK, "value": ""}], [False, False]),
        ([RING, RING], [False, False]),
    ],
)
def test_the_same_answer_twice_is_marked(options, repeated):
    assert [press.is_repeated for press in presses(button(*options))] == repeated


@pytest.mark.parametrize(
    ("payload", "channel", "reason"),
    [
        (lambda: button(RING), "line", ""),
        (lambda: button(RING), "instagram", answers.NO_SUCH_BUTTON),
        (lambda: button(LINK), "wechat", answers.NO_SUCH_BUTTON),
        (lambda: good("carousel"), "telegram", answers.NO_CARDS),
        (lambda: good("image_carousel"), "wechat", answers.NO_CARDS),
        (lambda: good("carousel"), "livechat", ""),
    ],
)
def test_what_the_channel_does_not_show_says_why(payload, channel, reason):
    assert [press.reason for press in presses(payload(), channel)] == [reason]


def test_what_is_not_shown_repeats_nothing():
    twice = {"type": "carousel", "message": {"columns": [CARD, CARD]}}

    assert not any(press.is_repeated for press in presses(twice, "telegram"))


@pytest.mark.parametrize("square", [{}, {"image_url": "https://a.tw/a.jpg"}, SQUARE])
def test_an_unfinished_picture_is_a_press_too(square):
    assert len(presses({"type": "image_carousel", "message": {"columns": [square]}})) == 1


def button(*options):
    return {"type": "button", "message": {**BODIES["button"], "options": list(options)}}
