"""Messages: read strictly from the API's JSON, given back as the same."""

import pytest

from composer import kinds
from composer.vocabulary import message
from composer.vocabulary.message import Malformed


@pytest.mark.parametrize(
    ("payload", "path"),
    [
        (None, ""),
        ([], ""),
        ({"type": "text", "message": "嗨", "extra": 1}, "extra"),
        ({"type": "sticker", "message": "嗨"}, "type"),
        ({"type": ["text"], "message": "嗨"}, "type"),
        ({"message": "嗨"}, "type"),
        ({"type": "text", "message": {"text": "嗨"}}, "message"),
        ({"type": "text"}, "message"),
        ({"type": "button", "message": "嗨"}, ""),
        ({"type": "button", "message": {"explain_text": 5}}, "explain_text"),
        ({"type": "button", "message": {"options": {}}}, "options"),
        ({"type": "button", "message": {"options": ["好"]}}, "options[0]"),
        ({"type": "button", "message": {"options": [{"lable": "好"}]}}, "options[0].lable"),
        (
            {"type": "carousel", "message": {"columns": [{"actions": [{"number": "1"}]}]}},
            "columns[0].actions[0].number",
        ),
        (
            {"type": "image_carousel", "message": {"columns": [{"badge": {"colour": "#fff"}}]}},
            "columns[0].badge.colour",
        ),
    ],
)
def test_read_says_where_it_is_wrong(payload, path):
    with pytest.raises(Malformed) as caught:
        kinds.read(payload)

    assert caught.value.path == path


def test_picture_that_does_nothing_keeps_the_three_keys():
    column = {"image_url": "https://nuanri.example/a.jpg", "action": None}
    read = kinds.read(
        {"type": "image_carousel", "message": {"alt_text": "新品", "columns": [column]}}
    )

    assert message.payload(read) == {
        "type": "image_carousel",
        "message": {
            "alt_text": "新品",
            "columns": [
                {
                    "image_url": "https://nuanri.example/a.jpg",
                    "action": {"type": None, "url": None, "value": None},
                }
            ],
        },
    }


def test_call_has_nothing_but_its_number():
    option = {"label": "撥打", "type": "phonenumber", "number": "+886227201188", "value": "x"}
    read = kinds.read({"type": "button", "message": {"explain_text": "嗨", "options": [option]}})

    assert message.payload(read)["message"]["options"] == [
        {"label": "撥打", "type": "phonenumber", "number": "+886227201188"}
    ]
