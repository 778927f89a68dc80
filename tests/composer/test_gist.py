"""Naming a message by its own words."""

import pytest

from composer.vocabulary.gist import gist


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("嗨\n 小明", "嗨 小明"),
        ("三十個字以內", "三十個字以內"),
        ("一二三四五六七八九", "一二三四五六七…"),
        ({"alt_text": "優惠", "columns": [{"title": ""}, {"title": "外套"}]}, "外套"),
        ({"alt_text": "優惠", "columns": [{"image_url": "https://x"}]}, "優惠"),
        ({"message": 7}, "7"),
        ({}, ""),
        (None, ""),
    ],
    ids=["text", "short", "long", "second-card", "pictures", "number", "empty", "nothing"],
)
def test_gist_is_the_most_telling_words(body, words):
    assert gist(body, length=8) == words
