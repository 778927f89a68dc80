"""Pasted JSON: mended, mapped, and never a crash."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer import forms, kinds, pasting
from composer.pasting import mending
from composer.vocabulary import message

# As the vendor's page has it: a comma too many, a brace too few.
BROKEN = """
{
  "type": "carousel",
  "message": {
    "alt_text": "Message format not supported.",
    "columns": [
      {
        "image_url": "https://www.firstline.cc/header.png",
        "title": "全方位客服系統",
        "text": "整合多種溝通管道",
        "actions": [
          { "text": "Nike", "value": "Nike", "url": "https://www.firstline.cc/", "type": "url" },
          { "label": null, "value": "其他", "type": "text", "url": null, "text": "其他" }
        ]
      },
    ]
  }
"""
TEXT = '{"type": "text", "message": "嗨"}'


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_sample_is_taken_as_it_is(kind):
    text = (Path(kinds.__file__).parent / kind / "sample.json").read_text()

    pasted = pasting.read(text)

    assert (pasted.kind, pasted.mended, pasted.left_out) == (kind, [], [])
    assert pasted.content == kinds.read(json.loads(text)).content()


def test_broken_sample_is_mended():
    pasted = pasting.read(BROKEN)

    assert pasted.kind == "carousel"
    assert pasted.content["columns"][0]["actions"][1]["text"] == "其他"
    assert pasted.mended == [mending.COMMAS, mending.BRACKETS]


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        (f"```json\n{TEXT}\n```", []),
        (f"curl -d '{TEXT}' https://host.example/", [mending.AROUND]),
        ("{“type”: “text”, “message”: “嗨”}", [mending.QUOTES]),
        ('{"type": "text", // kind\n "message": "嗨"}', [mending.COMMENTS]),
        ('{"type": "text", "message": "嗨", "is_force": None}', [mending.WORDS]),
        ('{"type": "text", "message": "嗨",}', [mending.COMMAS]),
        ('{"type": "text", "message": "嗨"', [mending.BRACKETS]),
        (f"[{TEXT}]", []),
        ('{"contactable_type": "App\\\\LineContact", "contactable_id": 1, ' + TEXT[1:], []),
    ],
)
def test_text_is_mended(text, mended):
    pasted = pasting.read(text)

    assert (pasted.content, pasted.mended) == ({"message": "嗨"}, mended)


def test_unknown_keys_are_left_out_and_listed():
    body = {"explain_text": "嗨", "color": "red", "options": [{"lable": 1}]}

    pasted = pasting.read(json.dumps({"type": "button", "message": body}))

    assert pasted.left_out == ["color", "options[0].lable"]
    assert pasted.content["explain_text"] == "嗨"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "嗨",
        "{}",
        "[]",
        "[1, 2]",
        "null",
        '{"type": "sticker"}',
        "[" * 9000,
        '{"type": "flex", "contents": ' + '{"body": ' * 900 + "1" + "}" * 901,
        '{"type": ["object"]}',
        '{"type": {}}',
        '{"type": "sticker", "packageId": "1", "altText": {}}',
        '{"type": "flex", "contents": {"type": "bubble", "body": {"contents": null}}}',
        '{"type": "button", "message": "嗨"}',
        '{"type": "text", "message": {}}',
    ],
)
def test_what_is_no_message_is_said(text):
    with pytest.raises(pasting.NotAMessage):
        pasting.read(text)


ACTION = {"type": "uri", "label": "看商品", "uri": "https://nuanri.example/1"}
SAYS = {"type": "postback", "label": "預約", "data": "book=1", "displayText": "我要預約"}
RINGS = {"type": "uri", "label": "撥打", "uri": "tel:+886227201188"}


def test_line_carousel_is_mapped():
    column = {
        "thumbnailImageUrl": "https://nuanri.example/coat.jpg",
        "title": "大衣",
        "text": "85 折",
        "actions": [ACTION, SAYS],
    }
    template = {"type": "carousel", "columns": [column], "imageSize": "cover"}

    pasted = pasting.read(json.dumps({"type": "template", "altText": "優惠", "template": template}))

    assert pasted.kind == "carousel"
    assert pasted.content["alt_text"] == "優惠"
    built = kinds.MESSAGES["carousel"].build(pasted.content)
    assert message.payload(built)["message"]["columns"][0]["actions"] == [
        {"text": "看商品", "url": "https://nuanri.example/1", "type": "url"},
        {"text": "預約", "value": "我要預約", "type": "text"},
    ]
    assert pasted.left_out == [
        "template.columns[0].actions[1].data",
        "template.imageSize",
    ]


def test_line_buttons_are_mapped():
    template = {"type": "buttons", "title": "預約", "text": "要試穿嗎？", "actions": [RINGS]}

    pasted = pasting.read(json.dumps({"type": "template", "altText": "預約", "template": template}))

    assert pasted.content["explain_text"] == "預約\n要試穿嗎？"
    assert pasted.content["options"][0]["number"] == "+886227201188"


def test_line_pictures_are_mapped():
    column = {"imageUrl": "https://nuanri.example/a.jpg", "action": ACTION}
    template = {"type": "image_carousel", "columns": [column]}

    pasted = pasting.read(json.dumps({"type": "template", "altText": "新品", "template": template}))

    assert pasted.content["columns"] == [
        {
            "image_url": "https://nuanri.example/a.jpg",
            "action": {"type": "url", "url": "https://nuanri.example/1", "value": ""},
            "button": {"text": "看商品"},
        }
    ]


def test_flex_carousel_is_mapped():
    bubble = {
        "type": "bubble",
        "hero": {"type": "image", "url": "https://nuanri.example/coat.jpg"},
        "body": {
            "type": "box",
            "contents": [{"type": "text", "text": "大衣"}, {"type": "text", "text": "85 折"}],
        },
        "footer": {"type": "box", "contents": [{"type": "button", "action": ACTION}]},
        "styles": {"body": {"separator": True}},
    }
    flex = {
        "type": "flex",
        "altText": "優惠",
        "contents": {"type": "carousel", "contents": [bubble]},
    }

    pasted = pasting.read(json.dumps(flex))

    assert pasted.content["columns"][0]["title"] == "大衣"
    assert pasted.content["columns"][0]["text"] == "85 折"
    assert (pasted.left_out, pasted.mended) == ([], [pasting.LOOKS])


def line_template(kind, **fields):
    return {"type": "template", "altText": "優惠", "template": {"type": kind, **fields}}


def flex_of(*boxes):
    body = {"type": "box", "layout": "vertical", "contents": [*boxes]}
    return {"type": "flex", "altText": "優惠", "contents": {"type": "bubble", "body": body}}


BOX = "contents.body.contents"
TITLE = {"type": "text", "text": "大衣", "weight": "bold"}
PICTURE = {"type": "image", "url": "https://nuanri.example/coat.jpg"}


@pytest.mark.parametrize(
    ("given", "left"),
    [
        (
            line_template("buttons", text="嗨", thumbnailImageUrl=PICTURE["url"]),
            ["altText", "thumb"],
        ),
        (
            line_template("confirm", text="嗨") | {"quickReply": {"items": [1]}},
            ["altText", "quick"],
        ),
        (
            line_template("carousel", columns=[{"text": "嗨", "actions": [RINGS]}]),
            ["actions[0].uri"],
        ),
        (line_template("image_carousel", columns=[{"action": RINGS}]), ["action.uri"]),
        (line_template("carousel", columns=[{"text": "嗨"}, 5]), ["columns[1]"]),
        (line_template("mystery", text="嗨"), ["altText", "template.type"]),
        (flex_of(TITLE, PICTURE, PICTURE), [f"{BOX}[2]"]),
        (flex_of(TITLE | {"text": 5}, PICTURE), [f"{BOX}[0].text"]),
        (flex_of(TITLE, {"type": "video", "url": "https://a.example/v"}), [f"{BOX}[1]"]),
        (flex_of(TITLE | {"action": ACTION}), [f"{BOX}[0].action"]),
        (flex_of(TITLE, PICTURE | {"action": ACTION}), [f"{BOX}[1].action"]),
        (flex_of(TITLE, {"type": "box", "contents": [], "action": ACTION}), [f"{BOX}[1].action"]),
    ],
)
def test_what_is_left_out_of_a_line_message_is_listed(given, left):
    found = pasting.read(json.dumps(given)).left_out

    assert [name for name, path in zip(left, found, strict=True) if name not in path] == []


def test_a_number_that_no_card_rings_waits_for_a_person():
    column = {"text": "門市", "actions": [RINGS]}

    pasted = pasting.read(json.dumps(line_template("carousel", columns=[column])))

    assert pasted.content["columns"][0]["actions"] == [
        {"text": "撥打", "type": "text", "value": "", "url": ""}
    ]


def test_spans_are_one_text():
    spans = [{"type": "span", "text": "大衣 "}, {"type": "span", "text": "85 折", "color": "#f00"}]

    pasted = pasting.read(json.dumps(flex_of({"type": "text", "contents": spans})))

    assert (pasted.content["columns"][0]["text"], pasted.left_out) == ("大衣 85 折", [])


@given(st.text(max_size=200) | st.text('{}[]",:\\/ ntruefals"type', max_size=60))
def test_no_text_is_a_crash(text):
    try:
        pasted = pasting.read(text)
    except pasting.NotAMessage:
        return
    assert forms.blank(pasted.kind, pasted.content).content()


BUBBLE = {
    "type": "bubble",
    "hero": {"type": "image", "url": "https://a.example.com/x.jpg"},
    "body": {"type": "box", "layout": "vertical", "contents": [{"type": "text", "text": "Hi"}]},
}
CARD = {"image_url": "https://a.example.com/x.jpg", "title": "", "text": "Hi", "actions": []}
SUSHI = {"type": "message", "label": "Sushi", "text": "Sushi!"}


def picked(*actions):
    items = [{"type": "action", "action": action} for action in actions]
    return {"type": "text", "text": "Pick", "quickReply": {"items": items}}


SUSHI_OPTION = {"label": "Sushi", "type": "text", "value": "Sushi!", "url": ""}
BARE = [
    (BUBBLE, "carousel", {"alt_text": "", "columns": [CARD]}, [], [pasting.LOOKS]),
    (
        {"type": "carousel", "contents": [BUBBLE, BUBBLE]},
        "carousel",
        {"alt_text": "", "columns": [CARD, CARD]},
        [],
        [pasting.LOOKS],
    ),
    ({"type": "text", "text": "嗨"}, "text", {"message": "嗨"}, [], []),
    (
        {"type": "text", "text": "嗨 $", "emojis": [{"index": 2}], "quoteToken": "q"},
        "text",
        {"message": "嗨 $"},
        ["emojis", "quoteToken"],
        [],
    ),
    (
        {"type": "textV2", "text": "嗨 {x}", "substitution": {"x": {}}},
        "text",
        {"message": "嗨 {x}"},
        ["substitution"],
        [],
    ),
    (
        picked(SUSHI),
        "quickreply",
        {"explain_text": "Pick", "options": [SUSHI_OPTION]},
        [],
        [],
    ),
    (
        picked({"type": "camera", "label": "拍照"}),
        "quickreply",
        {
            "explain_text": "Pick",
            "options": [{"label": "拍照", "type": "text", "value": "拍照", "url": ""}],
        },
        ["quickReply.items[0].action.type"],
        [],
    ),
    (
        {"type": "buttons", "text": "嗨", "actions": [SUSHI]},
        "button",
        {"explain_text": "嗨", "options": [SUSHI_OPTION]},
        [],
        [],
    ),
    ({"to": "U1", "messages": [{"type": "text", "text": "嗨"}]}, "text", {"message": "嗨"}, [], []),
    (
        {"replyToken": "r", "messages": [{"type": "sticker"}, picked(SUSHI), BUBBLE], "x": 1},
        "quickreply",
        {"explain_text": "Pick", "options": [SUSHI_OPTION]},
        ["x", "messages[0]", "messages[2]"],
        [pasting.SEVERAL],
    ),
    (
        {"messages": [{"type": "text", "text": "嗨", "quoteToken": "q"}]},
        "text",
        {"message": "嗨"},
        ["messages[0].quoteToken"],
        [],
    ),
    (
        [{"type": "text", "text": "一"}, {"type": "text", "message": "二"}],
        "text",
        {"message": "一"},
        ["[1]"],
        [pasting.SEVERAL],
    ),
]


@pytest.mark.parametrize(("given", "kind", "content", "left", "said"), BARE)
def test_what_lines_own_tools_give_is_mapped_and_what_is_lost_is_named(
    given, kind, content, left, said
):
    assert pasting.read(json.dumps(given)) == pasting.Pasted(kind, content, said, left)


@pytest.mark.parametrize(
    "given",
    [
        {"messages": []},
        {"messages": [{"type": "sticker"}, 5, None]},
        {"to": "U1", "messages": "嗨"},
        [],
        [5, {"type": "image", "originalContentUrl": "https://a.tw/x.jpg"}],
        {"type": "text", "text": ""},
        {"type": "carousel", "contents": {}},
    ],
)
def test_what_has_no_message_in_it_is_said(given):
    with pytest.raises(pasting.NotAMessage):
        pasting.read(json.dumps(given))


def test_line_breaks_become_spaces_in_words_of_one_line_and_that_is_said():
    option = {"label": "la\nbel", "type": "text", "value": "va \r\n lue"}
    body = {"explain_text": "ex\npl", "options": [option]}

    pasted = pasting.read(json.dumps({"type": "button", "message": body}))

    assert pasted.content["explain_text"] == "ex\npl"
    assert (
        pasted.content["options"][0] | {"label": "la bel", "value": "va lue"}
        == (pasted.content["options"][0])
    )
    assert pasted.mended == [pasting.ONE_LINE]


# What the code knows of LINE's messages and of the API's own.
KEYS = (
    "type message template contents altText columns actions action options header hero body footer"
    " messages quickReply items to text label title uri url thumbnailImageUrl imageUrl displayText"
    " data styles value badge"
)
KINDS = (
    "template flex buttons confirm carousel image_carousel bubble box text image button span video"
    " uri postback message tel:+886227201188 https://nuanri.example/"
)
words = st.sampled_from(KINDS.split()) | st.text(max_size=3)
leaves = words | st.none() | st.booleans() | st.integers() | st.floats()
keys = st.sampled_from([*KEYS.split(), "\ud800"]) | st.text(max_size=3)
parts = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=25,
)
beginnings = st.sampled_from(["template", "flex", "bubble", "textV2", *kinds.NAMES]) | parts


@given(st.dictionaries(keys, parts, max_size=5), beginnings)
def test_no_json_is_a_crash(found, beginning):
    try:
        pasted = pasting.read(json.dumps({**found, "type": beginning}))
    except pasting.NotAMessage:
        return
    assert forms.blank(pasted.kind, pasted.content).content()
    assert "\ud800" not in "".join(pasted.left_out)
