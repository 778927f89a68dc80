"""What is said on every channel: errors against the API document, and our own checks."""

import pytest

from composer.kinds import NAMES
from composer.vocabulary import notices
from composer.vocabulary.channels import ALL
from tests.composer.messages import OPTION, changed, good


def everywhere(payload, **how):
    found = notices.check(payload, channels=[], **how)
    return [(notice.level, notice.path, notice.rule) for notice in found]


@pytest.mark.parametrize("kind", NAMES)
def test_a_good_message_has_nothing_against_it(kind):
    found = notices.check(good(kind), known=set())

    assert [notice for notice in found if notice.level == "error" or not notice.channel] == []
    assert notices.check(good(kind), channels=[ALL["line"]]) == [
        notice for notice in found if notice.rule == "colors" and notice.channel == "line"
    ]


ERRORS = [
    ("text", "message", "", "required", "message"),
    ("text", "message", " \n", "required", "message"),
    ("button", "explain_text", "", "required", "explain_text"),
    ("button", "options", [], "required", "options"),
    ("button", "options[0].label", "", "required", "options[0].label"),
    ("button", "options[0].value", "", "required", "options[0].value"),
    ("button", "options[0]", {"label": "看", "type": "url"}, "required", "options[0].url"),
    (
        "button",
        "options[0]",
        {"label": "撥", "type": "phonenumber"},
        "required",
        "options[0].number",
    ),
    ("button", "options[0].type", "postback", "type", "options[0].type"),
    ("button", "options[0].type", None, "type", "options[0].type"),
    (
        "quickreply",
        "options[0]",
        {"label": "撥", "type": "phonenumber"},
        "type",
        "options[0].type",
    ),
    ("carousel", "alt_text", None, "required", "alt_text"),
    ("carousel", "columns", [], "required", "columns"),
    ("carousel", "columns[0].image_url", "", "required", "columns[0].image_url"),
    ("carousel", "columns[0].text", None, "required", "columns[0].text"),
    ("carousel", "columns[0].actions", None, "required", "columns[0].actions"),
    ("carousel", "columns[0].actions[0].text", "", "required", "columns[0].actions[0].text"),
    ("carousel", "columns[0].actions[0].url", "", "required", "columns[0].actions[0].url"),
    ("carousel", "columns[0].actions[0].type", "call", "type", "columns[0].actions[0].type"),
    ("image_carousel", "columns[0].image_url", None, "required", "columns[0].image_url"),
    ("image_carousel", "columns[0].action.url", None, "required", "columns[0].action.url"),
    ("image_carousel", "columns[0].action.type", "go", "type", "columns[0].action.type"),
    ("image_carousel", "columns[0].button.color", "red", "color", "columns[0].button.color"),
    ("image_carousel", "columns[0].button.color", "#fff", "color", "columns[0].button.color"),
    ("text", "message", "半個\ud83d", "unsendable", "message"),
    ("text", "message", "\x00", "unsendable", "message"),
    ("text", "message", {"text": "x"}, "structure", "message"),
    ("button", "options", {}, "structure", "options"),
    ("button", "colour", "red", "structure", "colour"),
    ("carousel", "columns[0].actions[0].text", 5, "structure", "columns[0].actions[0].text"),
]


@pytest.mark.parametrize(("kind", "path", "value", "rule", "where"), ERRORS)
def test_an_error_is_what_the_document_does_not_allow(kind, path, value, rule, where):
    assert everywhere(changed(kind, path, value)) == [("error", where, rule)]


@pytest.mark.parametrize(
    "payload",
    [None, 5, "text", [], {}, {"type": "fax", "message": "x"}, {"type": [], "message": "x"}],
    ids=str,
)
def test_something_else_than_a_message_is_one_error(payload):
    assert [row[0] for row in everywhere(payload)] == ["error"]


ADDRESSES = [
    "javascript:alert(1)",
    "data:text/html,<b>",
    "/media/coat.jpg",
    "nuanri.tw/coat",
    "https://",
    "https:// nuanri.tw",
    "https://nuanri.tw/a b",
    "https://[1",
    "https://nuanri.tw:port/",
    "tel:+886227201188",
    "https://nuanri.tw/\n",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("path", ["columns[0].image_url", "columns[0].actions[0].url"])
def test_an_address_that_is_not_of_the_web_is_an_error(path, address):
    assert ("error", path, "address") in everywhere(changed("carousel", path, address))


@pytest.mark.parametrize(
    "address",
    [
        "https://nuanri.tw/{{ id }}",
        "https://{{ shop }}.nuanri.tw/",
        "{{ link }}",
        "HTTPS://NUANRI.TW",
        "https://例子.台灣/路?a=<b>",
    ],
)
def test_an_address_may_be_made_of_placeholders(address):
    payload = changed("carousel", "columns[0].actions[0].url", address)

    assert everywhere(payload) == []


def test_what_headers_call_a_field_is_known():
    payload = {"type": "text", "message": "{{ 姓名 }} {{ 編號 }} {{ 城市 }}"}

    found = notices.check(payload, channels=[], known={"name", "id"})

    assert [(each.rule, each.params) for each in found] == [
        ("unknown_placeholder", {"name": "城市"})
    ]


OURS = [
    ("button", "options[0]", {"label": "看", "type": "url", "url": "http://a.tw"}, "insecure_link"),
    ("carousel", "columns[0].image_url", "http://localhost:8000/a.png", "local_picture"),
    ("carousel", "columns[0].image_url", "https://192.168.1.4/a.png", "local_picture"),
    ("carousel", "columns[0].image_url", "https://[::1]/a.png", "local_picture"),
    ("carousel", "columns[0].image_url", "https://nas.local/a.png", "local_picture"),
    ("text", "message", "嗨 {{ nickname }}", "unknown_placeholder"),
    ("text", "message", "嗨 {{ name }} {{ nickname | 您 }}", "unknown_placeholder"),
    ("text", "message", "嗨 {{ name", "malformed_placeholder"),
    ("text", "message", "嗨 {{ 1st }}", "malformed_placeholder"),
    ("carousel", "alt_text", "Message format not supported.", "stock_alt_text"),
    ("carousel", "alt_text", " message format not supported ", "stock_alt_text"),
    ("button", "options", [OPTION, {**OPTION, "label": "取消"}], "repeated_value"),
    ("image_carousel", "columns[0].button.color", "#8899aa", "contrast"),
]


@pytest.mark.parametrize(("kind", "path", "value", "rule"), OURS)
def test_our_own_checks_never_block(kind, path, value, rule):
    said = everywhere(changed(kind, path, value), known={"name"})

    assert [row[2] for row in said] == [rule]
    assert said[0][0] == ("hint" if rule == "local_picture" else "warning")


def test_contrast_names_the_ratio_and_the_side():
    button = {"text": "看商品", "color": "#777777", "background_color": "#ffffff"}

    (notice,) = notices.check(changed("image_carousel", "columns[0].button", button), channels=[])

    assert (notice.path, notice.limit, notice.actual) == ("columns[0].button.color", 4.5, 4.47)


def test_a_press_that_sends_nothing_back_repeats_nothing():
    options = [
        {"label": name, "type": "url", "url": "https://a.tw", "value": "1"} for name in "甲乙"
    ]

    assert everywhere(changed("button", "options", options)) == []


def test_what_a_contact_leaves_blank_is_said():
    payload = changed("text", "message", "{{ nickname }}")

    assert everywhere(payload, values={"nickname": ""}) == [
        ("warning", "message", "blank_when_filled")
    ]
    assert everywhere(payload, values={"nickname": "小明"}) == []
