"""What differs between two messages, in the words of the form."""

import time

from composer import changes


def said(change):
    def words(pieces):
        return "".join(f"[{piece.text}]" if piece.is_changed else piece.text for piece in pieces)

    return change.part, words(change.old), words(change.new)


def between(old, new):
    return [said(change) for change in changes.between(old, new)]


def text(words):
    return {"type": "text", "message": words}


def carousel(*titles, **more):
    columns = [{"title": title, "actions": [{"text": "看"}], **more} for title in titles]
    return {"type": "carousel", "message": {"alt_text": "新品", "columns": columns}}


def test_between_the_same_is_nothing():
    assert between(text("嗨"), text("嗨")) == []


def test_between_texts_marks_the_pieces():
    assert between(text("打 85 折"), text("打 9 折")) == [("Text", "打 [85] 折", "打 [9] 折")]


def test_between_kinds_is_the_whole():
    assert between(text("嗨"), carousel("大衣")) == [("Kind", "[text]", "[carousel]")]


def test_between_names_the_part_as_the_form_does():
    found = between(carousel("大衣", "圍巾"), carousel("大衣", "手套"))

    assert found == [("Card 2 · Title", "[圍巾]", "[手套]")]


def test_between_finds_rows_that_moved_up_again():
    found = between(carousel("大衣", "圍巾", "手套"), carousel("圍巾", "手套"))

    assert found == [("Card 1 · Title", "[大衣]", ""), ("Card 1 · Button 1 · Wording", "[看]", "")]


def test_between_tells_a_part_that_one_side_lacks():
    badge = {"text": "新品", "color": "#ffffff"}
    old = {"type": "image_carousel", "message": {"columns": [{"badge": badge}]}}
    new = {"type": "image_carousel", "message": {"columns": [{"badge": None}]}}

    found = [
        ("Picture 1 · Badge · Wording", "[新品]", ""),
        ("Picture 1 · Badge · Letters", "[#ffffff]", ""),
    ]

    assert between(old, new) == found
    assert between(new, old) == [(part, after, before) for part, before, after in found]


def test_between_takes_null_for_absent():
    assert between(carousel("大衣", text=None), carousel("大衣")) == []


def test_between_long_texts_is_quick():
    started = time.monotonic()

    found = between(text("甲乙" * 5_000), text("乙甲" * 5_000))

    assert len(found) == 1
    assert time.monotonic() - started < 1
