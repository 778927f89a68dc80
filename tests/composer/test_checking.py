"""The checker's notices as people read them."""

import json
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from composer import checking, kinds
from composer.checking import Finding
from composer.vocabulary import fixes, notices
from composer.vocabulary.channels import ALL
from tests.composer.messages import CARD, changed, good

ROOT = Path(__file__).resolve().parents[2]


def grouped(payload, **how):
    return checking.grouped(notices.check(payload, **how), payload["type"])


def test_grouped_puts_the_worst_first():
    payload = changed("carousel", "columns[0].text", "字" * 61)

    groups = [(group.channel, group.verdict) for group in grouped(payload)]

    assert groups == [
        ("line", "refused"),
        ("telegram", "loses"),
        ("wechat", "loses"),
        ("facebook", "as-is"),
        ("instagram", "as-is"),
        ("viber", "as-is"),
        ("livechat", "hint"),
    ]


def test_a_finding_says_where_what_and_who_says_so():
    cards = [CARD, CARD, {**CARD, "title": "字" * 52}]

    line = grouped(changed("carousel", "columns", cards))[0]

    assert line.is_open
    assert line.findings == (
        Finding(
            "warning",
            "refused",
            "Card 3: LINE shows 40 characters of a title; this one has 52.",
            "LINE Messaging API reference: Template messages;"
            " unit: LINE Developers: Character counting in a text",
            is_unverified=False,
            field="columns-2-title",
            rule="title_max",
            path="columns[2].title",
            channel="line",
            source_language="en",
        ),
    )


def test_a_finding_names_the_badge_that_it_means():
    badge = {"text": "SALE", "background_color": "#eb4d4b", "color": "#ffffff"}

    first = grouped(changed("image_carousel", "columns[0].badge", badge))[0]

    assert first.findings == (
        Finding(
            "warning",
            "loses",
            "Picture 1, Badge: These letters stand out from their ground by 3.68 to 1;"
            " 4.5 is readable.",
            "WCAG 2.2, 1.4.3 Contrast (Minimum)",
            is_unverified=False,
            field="columns-0-badge-color",
            rule="contrast",
            path="columns[0].badge.color",
            source_language="en",
        ),
    )


def test_a_finding_offers_what_mends_it():
    payload = changed("text", "message", "好,我們")
    content = kinds.read(payload).content()

    groups = checking.grouped(
        notices.check(payload), "text", mend=lambda notice: fixes.fix(notice, content)
    )

    assert [(finding.rule, finding.fix) for group in groups for finding in group.findings] == [
        ("narrow_punctuation", "Make it full-width")
    ]


def test_an_error_is_said_once_and_refuses_everywhere():
    payload = changed("button", "options[0].label", "")

    groups = grouped(payload)

    assert (groups[0].channel, groups[0].name, groups[0].verdict) == ("", "All channels", "refused")
    assert [finding.field for finding in groups[0].findings] == ["options-0-label"]
    assert {group.verdict for group in groups} == {"refused"}
    assert [group.findings for group in groups[1:]] == [()] * len(ALL)


def test_a_channel_without_carousels_does_not_count_cards():
    wechat = next(group for group in grouped(good("carousel")) if group.channel == "wechat")

    assert wechat.gist == "no carousel: only the alt text"
    assert [finding.sentence for finding in wechat.findings] == [
        "WeChat has no carousel: the customer gets the alternative text."
    ]


def test_an_unverified_figure_says_so_on_the_page():
    payload = changed("text", "message", "字" * 683)

    page = render_to_string("composer/_notices.html", {"groups": grouped(payload)})

    assert (
        "WeChat shows 2,048 bytes of a text (a Chinese character is three); this one has 2,049"
        in page
    )
    assert "unverified" in page


def test_a_vendors_title_is_marked_as_english_and_ours_is_in_the_readers_language():
    payload = changed("text", "message", "好,我們" + "😀" * 2500)

    with translation.override("zh-hant"):
        page = render_to_string("composer/_notices.html", {"groups": grouped(payload)})

    assert '<span lang="en">LINE Messaging API reference: Text message' in page
    assert "<span>本系統的檢查</span>" in page


def test_notices_never_let_markup_through():
    option = {"label": "<b>撥</b>", "type": "phonenumber", "number": "+886"}
    payload = changed("button", "options[0]", option)

    page = render_to_string("composer/_notices.html", {"groups": grouped(payload)})

    assert "&lt;b&gt;撥&lt;/b&gt;" in page
    assert "<b>撥" not in page


@pytest.mark.parametrize("language", ["en", "zh-hant"])
@pytest.mark.parametrize("kind", kinds.NAMES)
def test_every_sentence_can_be_said_in_each_language(kind, language):
    sample = json.loads((ROOT / f"composer/kinds/{kind}/sample.json").read_text())
    spoilt = [sample, {**sample, "message": None}, {**sample, "message": {}}, {"type": "fax"}]

    with translation.override(language):
        said = [checking.sentence(each) for payload in spoilt for each in notices.check(payload)]

    assert all(words and "%(" not in words for words in said)


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_the_documents_own_samples_have_no_error(kind):
    sample = json.loads((ROOT / f"composer/kinds/{kind}/sample.json").read_text())

    assert [notice for notice in notices.check(sample) if notice.level == "error"] == []
