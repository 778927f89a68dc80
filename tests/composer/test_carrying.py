"""What a change of kind takes along."""

import pytest

from composer import carrying, forms, kinds

CARD = {
    "image_url": "https://nuanri.example/coat.jpg",
    "title": "大衣",
    "text": "85 折",
    "actions": [{"text": "看商品", "type": "url", "url": "https://nuanri.example/1", "value": ""}],
}


def test_text_becomes_the_text_of_a_button_message():
    taken = carrying.carried({"message": "嗨"}, to=forms.form_for("button"))

    assert taken == {"explain_text": "嗨", "options": []}


def test_options_become_the_buttons_of_a_card():
    content = {"explain_text": "嗨", "options": [{"label": "好", "type": "text", "value": "好"}]}

    taken = carrying.carried(content, to=forms.form_for("carousel"))

    assert taken["alt_text"] == "嗨"
    assert [card["text"] for card in taken["columns"]] == ["嗨"]
    assert taken["columns"][0]["actions"] == [
        {"text": "好", "type": "text", "value": "好", "url": "", "number": ""}
    ]


def test_cards_become_pictures_with_their_first_button():
    taken = carrying.carried(
        {"alt_text": "新品", "columns": [CARD, CARD]}, to=forms.form_for("image_carousel")
    )

    assert [column["image_url"] for column in taken["columns"]] == [CARD["image_url"]] * 2
    assert taken["columns"][0]["action"]["url"] == "https://nuanri.example/1"
    assert taken["columns"][0]["button"] == {"text": "看商品"}


@pytest.mark.parametrize("start", kinds.NAMES)
@pytest.mark.parametrize("end", kinds.NAMES)
def test_every_change_of_kind_gives_a_form_that_opens(start, end):
    content = forms.blank(start).content()

    taken = carrying.carried(content, to=forms.form_for(end))

    assert forms.blank(end, taken).content()
