"""Answers about a text are kept, but not those about a very long one."""

from composer.vocabulary import notices
from composer.vocabulary.message import read
from composer.vocabulary.notices import Reading
from composer.vocabulary.remembering import LONGEST, remembered
from tests.composer.messages import changed


def test_a_text_is_asked_about_once_unless_it_is_very_long():
    asked = []

    @remembered
    def shout(text, mark):
        asked.append((len(text), mark))
        return text.upper() + mark

    said = [shout("ab", "!"), shout("ab", "!"), shout("ab", "?")]
    long = [shout("x" * (LONGEST + 1), "!") for _time in range(2)]

    assert said == ["AB!", "AB!", "AB?"]
    assert long == ["X" * (LONGEST + 1) + "!"] * 2
    assert asked == [(2, "!"), (2, "?"), (LONGEST + 1, "!"), (LONGEST + 1, "!")]


def test_a_message_read_once_serves_every_check():
    payload = changed("carousel", "columns[0].title", "{{ name }}的大衣")
    values = {"name": "名" * 40}

    reading = Reading(read(payload), values)

    assert notices.check(reading) == notices.check(payload, values=values)
    assert notices.counters(reading, "line") == notices.counters(payload, "line", values)
