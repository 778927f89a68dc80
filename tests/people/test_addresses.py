"""Reading what an address asks for."""

import pytest

from people import addresses


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("0", 0), ("", 7), (None, 7), ("-1", 7), ("1e3", 7), ("٣", 7), ("9" * 19, 7)],
)
def test_number_is_the_default_where_there_is_none(text, number):
    assert addresses.number(text, default=7) == number
