"""One finding has one mark, wherever it is shown."""

import pytest

from composer import checking, matrix
from composer.vocabulary import message, notices
from composer.vocabulary.channels import ALL
from composer.vocabulary.notices import Reading
from tests.composer.messages import CARD, OPTION, SQUARE, changed

MESSAGES = [
    changed("carousel", "columns[0].actions[0].text", "看" * 25),
    changed("carousel", "columns[0].title", "字" * 52),
    changed("carousel", "columns", [CARD] * 13),
    changed("carousel", "columns", [CARD, {**CARD, "actions": CARD["actions"] * 2}]),
    changed("carousel", "columns[0].image_url", "http://img.nuanri.tw/coat.jpg"),
    changed("carousel", "columns[0].image_url", ""),
    changed("image_carousel", "columns", [SQUARE] * 13),
    changed("image_carousel", "columns[0].badge", {"text": "很長的標記" * 9}),
    changed("button", "options", [OPTION | {"value": str(number)} for number in range(14)]),
    changed("button", "options[0].label", "字" * 400),
    changed("quickreply", "options[0].label", "字" * 400),
    changed("text", "message", "字" * 9_000),
]


@pytest.mark.parametrize("payload", MESSAGES, ids=lambda payload: payload["type"])
def test_list_table_and_check_mark_alike(payload):
    said = notices.check(payload)
    kind, reading = payload["type"], Reading(message.read(payload), {})
    groups = {group.channel: group for group in checking.grouped(said, kind)}
    parts = matrix.parts(payload, said, reading)

    for index, (slug, channel) in enumerate(ALL.items()):
        bearing = notices.bearing(said, channel, kind)
        own = [notice for notice in bearing if notice.channel]
        marks = [notices.judge(notice) for notice in own]
        sentences = {checking.sentence(notice): notices.judge(notice) for notice in said}
        listed = [each.verdict for each in groups[slug].findings]
        assert listed == sorted(marks, key=checking.RANKS.get)
        for part in parts:
            cell = part.cells[index]
            assert cell.verdict == sentences.get(cell.words, cell.verdict)
        if "refused" in marks:
            assert groups[slug].verdict == "refused"


@pytest.mark.parametrize(
    ("level", "rule", "mark"),
    [
        ("error", "required", "refused"),
        ("warning", "action_label_max", "refused"),
        ("warning", "colors", "loses"),
        ("hint", "action_label_max", "hint"),
        ("warning", "contrast", "loses"),
    ],
)
def test_a_mark_follows_from_level_and_rule(level, rule, mark):
    notice = notices.Notice("line", level, "message", rule, "")

    assert notices.judge(notice) == mark
