"""One press that mends what a notice says."""

from datetime import date

import pytest

from composer import kinds
from composer.vocabulary import fixes, message, notices
from composer.vocabulary.channels import ALL
from tests.composer.messages import CARD, OPTION, SQUARE, changed, good

TODAY = date(2026, 11, 22)
BUTTONS = [{"text": f"看{n}", "type": "text", "value": str(n)} for n in range(4)]


def offered(payload, rule, channel="", **how):
    """The fix of the first notice by that rule, and the content that it makes."""
    content = kinds.read(payload).content()
    found = notices.check(payload, today=TODAY, **how)
    notice = next(each for each in found if (each.rule, each.channel) == (rule, channel))
    fix = fixes.fix(notice, content, values=how.get("values"), today=TODAY)
    return fix, fix and fixes.applied(content, fix)


def words(fix):
    return fix.text % fix.params


LINE_CARD = "羊毛雙面呢，" * 8 + "門市皆可試穿。另贈同色腰帶一條，送完為止"

FIXES = [
    (
        changed("carousel", "columns[0].text", LINE_CARD),
        ("column_text_max", "line"),
        "Cut after “可試穿。”",
        ("columns[0].text", "羊毛雙面呢，" * 8 + "門市皆可試穿。"),
    ),
    (
        changed("button", "options", [OPTION | {"label": f"{n}"} for n in range(5)]),
        ("options_max", "line"),
        "Keep the first 4",
        ("options", [OPTION | {"label": f"{n}", "url": "", "number": ""} for n in range(4)]),
    ),
    (
        changed("carousel", "columns", [CARD | {"title": f"{n}"} for n in range(14)]),
        ("columns_max", "viber"),
        "Split into 3 messages",
        ("columns[5].title", "5"),
    ),
    (
        changed("carousel", "columns", [CARD | {"actions": BUTTONS[:3]}, CARD]),
        ("actions_equal_count", "line"),
        "Leave 1 on every card",
        ("columns[0].actions", [BUTTONS[0] | {"label": "", "url": ""}]),
    ),
    (
        changed("carousel", "columns[0].actions[0].url", "HTTP://nuanri.tw/coat"),
        ("insecure_link", ""),
        "Make it https://",
        ("columns[0].actions[0].url", "https://nuanri.tw/coat"),
    ),
    (
        changed("carousel", "columns[0].image_url", "http://nuanri.tw/coat.jpg"),
        ("image_schemes", "line"),
        "Make it https://",
        ("columns[0].image_url", "https://nuanri.tw/coat.jpg"),
    ),
    (
        changed("carousel", "columns[0].actions[0].url", "http://nuanri.tw/coat"),
        ("link_schemes", "instagram"),
        "Make it https://",
        ("columns[0].actions[0].url", "https://nuanri.tw/coat"),
    ),
    (
        changed("carousel", "columns[0].image_url", "nuanri.tw/coat.jpg"),
        ("address", ""),
        "Put https:// before it",
        ("columns[0].image_url", "https://nuanri.tw/coat.jpg"),
    ),
    (
        changed("carousel", "alt_text", "Message format not supported."),
        ("stock_alt_text", ""),
        "Use “大衣”",
        ("alt_text", "大衣"),
    ),
    (
        changed("image_carousel", "alt_text", ""),
        ("required", ""),
        "Use “看商品”",
        ("alt_text", "看商品"),
    ),
    (
        changed("button", "options", [OPTION, OPTION | {"label": "取消"}]),
        ("repeated_value", ""),
        "Send back “取消”",
        ("options[1].value", "取消"),
    ),
    (
        changed("carousel", "columns[0].actions", [BUTTONS[0], BUTTONS[1] | {"value": "0"}]),
        ("repeated_value", ""),
        "Send back “看1”",
        ("columns[0].actions[1].value", "看1"),
    ),
    (
        changed("image_carousel", "columns[0].button.color", "#223344"),
        ("contrast", ""),
        "Use white letters",
        ("columns[0].button.color", "#ffffff"),
    ),
    (
        changed("text", "message", "{{ name }}，11 月 24 日（一）或 11/25 Thursday"),
        ("weekday", ""),
        "Change to （二） Wednesday",
        ("message", "{{ name }}，11 月 24 日（二）或 11/25 Wednesday"),
    ),
    (
        changed("text", "message", "2026-11-11 (THU)"),
        ("weekday", ""),
        "Change to (WED)",
        ("message", "2026-11-11 (WED)"),
    ),
    (
        changed("text", "message", "{{ name | 好,您 }}您好,真的嗎?! 請看:這裡 a,b"),
        ("narrow_punctuation", ""),
        "Make it full-width",
        ("message", "{{ name | 好,您 }}您好，真的嗎？！請看：這裡 a,b"),
    ),
    (
        changed("text", "message", "{{ name | 贵宾 }}我们這裡買东西開始囉"),
        ("mixed_characters", ""),
        "Change to 們東",
        ("message", "{{ name | 贵宾 }}我們這裡買東西開始囉"),
    ),
]


@pytest.mark.parametrize(
    ("payload", "of", "label", "edit"), FIXES, ids=[row[1][0] for row in FIXES]
)
def test_a_fix_says_what_it_does_and_does_it(payload, of, label, edit):
    fix, after = offered(payload, *of)

    path, value = edit
    assert words(fix) == label
    assert fixes.at(after, path) == value


NONE = [
    (changed("text", "message", "頭发護理這個"), ("mixed_characters", "")),
    (changed("text", "message", "0912-345-678"), ("mobile_number", "")),
    (changed("carousel", "columns[0].actions[0].url", "javascript:alert(1)"), ("address", "")),
    (changed("carousel", "columns[0].image_url", "/media/coat.jpg"), ("address", "")),
    (changed("carousel", "columns[0].title", "長" * 41 + "\x00"), ("unsendable", "")),
    (changed("text", "message", ""), ("required", "")),
    (
        changed("carousel", "columns", [CARD, CARD | {"actions": []}]),
        ("actions_equal_count", "line"),
    ),
    (
        {
            "type": "carousel",
            "message": {
                "columns": [CARD | {"title": "壞\x00", "text": "Message format not supported"}]
            },
        },
        ("required", ""),
    ),
    (
        changed("button", "options", [OPTION, OPTION | {"label": OPTION["value"]}]),
        ("repeated_value", ""),
    ),
    (
        changed(
            "carousel",
            "columns[0].actions[0].url",
            "https://nuanri.tw/" + "x" * 1000,
        ),
        ("url_max", "line"),
    ),
]


@pytest.mark.parametrize(
    ("payload", "of"), NONE, ids=[f"{row[1][0]}-{n}" for n, row in enumerate(NONE)]
)
def test_where_nothing_certain_can_be_done_nothing_is_offered(payload, of):
    assert offered(payload, *of) == (None, None)


def test_a_trim_is_judged_with_the_contacts_own_values():
    payload = changed("carousel", "columns[0].title", "{{ name }}的大衣" + "好" * 35)

    fix, after = offered(payload, "title_max", "line", values={"name": "王小明"})

    assert after["columns"][0]["title"] == "{{ name }}的大衣" + "好" * 34
    assert words(fix) == "Cut after “好好好好”"


def test_a_fix_leaves_the_content_it_was_given_alone():
    payload = changed("carousel", "alt_text", "")
    content = kinds.read(payload).content()
    (notice,) = notices.check(payload, channels=[])

    fixes.applied(content, fixes.fix(notice, content))

    assert content == kinds.read(payload).content()


def test_letters_stand_out_from_every_ground():
    grounds = [f"#{n:02x}{n:02x}{n:02x}" for n in range(256)] + ["#767676", "#eb4d4b", "#2563eb"]

    for ground in grounds:
        plate = {"text": "看", "color": ground, "background_color": ground}
        payload = changed("image_carousel", "columns[0].button", plate)
        _fix, after = offered(payload, "contrast")
        mended = message.payload(kinds.MESSAGES["image_carousel"].build(after))
        assert [each.rule for each in notices.check(mended, channels=[])] == []


def test_good_messages_need_no_fix():
    for kind in kinds.NAMES:
        found = notices.check(good(kind), channels=[ALL["line"]], today=TODAY)
        content = kinds.read(good(kind)).content()
        assert [fixes.fix(notice, content, today=TODAY) for notice in found] == [None] * len(found)
    assert SQUARE["button"]["color"] == "#ffffff"
