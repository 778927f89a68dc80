"""What a screen reader says of each kind, in order; and the lock screen's line."""

import pytest

from composer.vocabulary import channels, spoken
from tests.composer.messages import BODIES, SQUARE, good

BADGED = {**SQUARE, "badge": {"text": "新"}}


def said(payload, channel="line"):
    lines = spoken.lines(payload, channels.ALL[channel])
    return [line.text % line.params for line in lines]


@pytest.mark.parametrize(
    ("payload", "channel", "expected"),
    [
        (good("text"), "line", ["小明您好"]),
        (good("button"), "line", ["小明您好", "改時間, button, sends an answer"]),
        (good("quickreply"), "line", ["小明您好", "改時間, button, sends an answer"]),
        (
            good("carousel"),
            "line",
            [
                "Card 1 of 1",
                "Picture, without a description",
                "大衣",
                "羊毛雙面呢",
                "看商品, button, opens a link",
            ],
        ),
        (good("carousel"), "telegram", ["雙十一外套"]),
        (good("image_carousel"), "wechat", ["雙十一外套"]),
        ({"type": "text", "message": " "}, "line", []),
        ({"type": "carousel", "message": {"columns": []}}, "line", []),
    ],
)
def test_message_is_said_in_order(payload, channel, expected):
    assert said(payload, channel) == expected


@pytest.mark.parametrize(
    ("square", "expected"),
    [
        (SQUARE, ["Picture, without a description", "看商品, button, opens a link"]),
        (
            {**SQUARE, "button": {}},
            ["Picture, without a description", "Button without words, opens a link"],
        ),
        ({"image_url": "https://a.tw/a.jpg"}, ["Picture, without a description"]),
    ],
)
def test_picture_that_is_pressed_is_said_as_what_it_does(square, expected):
    assert said(pictures(square))[1:] == expected


@pytest.mark.parametrize(("channel", "is_said"), [("line", False), ("livechat", True)])
def test_badge_is_said_where_it_is_shown(channel, is_said):
    drops = channels.ALL[channel].kinds["image_carousel"].drops
    assert ("badge" in drops) is not is_said

    assert ("新" in said(pictures(BADGED), channel)) is is_said


@pytest.mark.parametrize(
    ("payload", "line"),
    [
        (good("text"), "小明您好"),
        (good("button"), "小明您好"),
        (good("carousel"), "雙十一外套"),
        (good("image_carousel"), "雙十一外套"),
        ({"type": "text", "message": "一\n 二"}, "一 二"),
        ({"type": "text", "message": "字" * 90}, "字" * 90),
        ({"type": "text", "message": "字" * 91}, "字" * 90 + "…"),
        ({"type": "text", "message": "👨‍👩‍👧" * 91}, "👨‍👩‍👧" * 90 + "…"),
        ({"type": "carousel", "message": {"columns": []}}, ""),
    ],
)
def test_lock_screen_shows_what_fits(payload, line):
    assert spoken.lock(payload) == line


@pytest.mark.parametrize("slug", channels.ALL)
@pytest.mark.parametrize("kind", BODIES)
def test_only_line_says_what_its_lock_screen_shows_of_cards(kind, slug):
    is_known = spoken.is_lock_known(good(kind), channels.ALL[slug])

    assert is_known is ("carousel" not in kind or slug == "line")


@pytest.mark.parametrize("slug", channels.ALL)
@pytest.mark.parametrize("kind", BODIES)
def test_every_channel_says_every_kind(kind, slug):
    assert said(good(kind), slug)


def pictures(*squares):
    return {"type": "image_carousel", "message": {"columns": list(squares)}}
