"""The table of all channels: each part of a message, and what becomes of it."""

import pytest

from composer import matrix
from composer.vocabulary import message, notices
from composer.vocabulary.channels import ALL
from composer.vocabulary.notices import Reading
from tests.composer.messages import CARD, OPTION, SQUARE, changed, good


def verdicts(payload, slug):
    """What becomes of each part on this channel, one word each."""
    return [cell.verdict for cell in cells(payload, slug)]


def cells(payload, slug):
    said, reading = notices.check(payload), Reading(message.read(payload), {})
    found = matrix.parts(payload, said, reading)
    return [part.cells[list(ALL).index(slug)] for part in found]


@pytest.mark.parametrize("slug", ["telegram", "wechat"])
@pytest.mark.parametrize(("kind", "card"), [("carousel", CARD), ("image_carousel", SQUARE)])
def test_where_there_are_no_cards_no_card_is_as_it_is(slug, kind, card):
    payload = changed(kind, "columns", [card] * 3)

    alt_text, *cards = cells(payload, slug)

    assert alt_text.verdict == "as-is"
    assert {cell.verdict for cell in cards} == {"loses"}
    assert all("the customer gets the alternative text" in cell.words for cell in cards)


@pytest.mark.parametrize(
    ("kind", "rows", "row", "slug", "most"),
    [
        ("carousel", "columns", CARD, "viber", 6),
        ("image_carousel", "columns", SQUARE, "viber", 6),
        ("button", "options", OPTION, "line", 4),
        ("button", "options", OPTION, "facebook", 3),
    ],
)
def test_rows_past_the_limit_are_not_as_they_are(kind, rows, row, slug, most):
    many = (
        [row | {"value": f"第 {number} 個"} for number in range(8)]
        if kind == "button"
        else [row] * 8
    )

    _words, *found = verdicts(changed(kind, rows, many), slug)

    assert found == ["as-is"] * most + ["refused"] * (8 - most)


def test_an_error_in_a_card_is_one_where_no_card_is_shown_too():
    payload = changed("carousel", "columns[0].image_url", "")

    assert verdicts(payload, "telegram") == ["as-is", "refused"]


@pytest.mark.parametrize("slug", ["telegram", "wechat"])
def test_limits_of_cards_count_nothing_where_there_are_none(slug):
    counted = notices.counters(good("carousel"), slug)

    limited = {name for name, counter in counted.items() if counter["max"] is not None}
    assert limited == {"alt_text"}
