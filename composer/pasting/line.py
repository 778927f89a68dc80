"""LINE's own messages, as far as they map: texts, templates and Flex, bare or in a push. Pure.

Names are those of the LINE Messaging API reference, “Message objects”.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from composer.forms.nested import Content
from composer.pasting.taking import Part

TYPES = {"template", "flex"}
TEXTS = {"text", "textV2"}
# To whom a push or a reply goes, and how, is no part of its messages.
AROUND = {
    *("to", "replyToken", "messages", "notificationDisabled", "customAggregationUnits"),
    *("recipient", "filter", "limit"),
}

# What a component of a Flex message may be; of a picture only the first of a bubble is taken.
STRUCTURE = ("bubble", "box", "text", "span", "button", "separator", "filler", "spacer")
PARTS = ("header", "hero", "body", "footer")
ACTIONS = ("message", "postback", "uri")

# How a Flex message looks: nobody misses one of these by its name.
_LOOKS = (
    "adjustMode align alignItems animated aspectMode aspectRatio background backgroundColor"
    " borderColor borderWidth color cornerRadius decoration direction flex gravity height"
    " justifyContent layout lineSpacing margin maxHeight maxLines maxWidth offsetBottom offsetEnd"
    " offsetStart offsetTop paddingAll paddingBottom paddingEnd paddingStart paddingTop position"
    " scaling size spacing style styles weight width wrap"
)
LOOKS = frozenset(_LOOKS.split())


def is_from_line(found: dict[str, Any]) -> bool:
    return "altText" in found or _form_of(found) != ""


def mapped(found: Part) -> tuple[str, Content]:
    """The kind and its content; what has no place in it is not taken."""
    form = _form_of(found.value)
    if form == "text":
        return _text(found)
    if form == "container":
        return "carousel", {"alt_text": "", "columns": _bubbles(found)}
    if form == "bare":
        return _SHAPES[found.kind(*_SHAPES)](found, found)
    if found.kind(*TYPES) == "flex":
        return _flex(found)
    template = found.part("template")
    shape = _SHAPES.get(template.kind(*_SHAPES), _buttons)
    return shape(template, found)


def _form_of(found: dict[str, Any]) -> str:
    """Which of LINE's objects it is: a message, or a part of one on its own; empty for neither."""
    kind = found.get("type")
    if not isinstance(kind, str) or "message" in found:
        return ""
    if kind in TYPES:
        return "message"
    if kind in TEXTS and "text" in found:
        return "text"
    if kind == "bubble" or (kind == "carousel" and "contents" in found):
        return "container"
    return "bare" if kind in _SHAPES and ("actions" in found or "columns" in found) else ""


def _text(found: Part) -> tuple[str, Content]:
    """With quick replies it is a quick reply, which is a text and what can be answered."""
    found.kind(*TEXTS)
    words = found.words("text")
    items = found.part("quickReply").rows("items")
    if not items:
        return "text", {"message": words}
    for item in items:
        item.kind("action")
    options = [_press(item.part("action"), wording="label") for item in items]
    return "quickreply", {"explain_text": words, "options": options}


def _buttons(template: Part, _whole: Part) -> tuple[str, Content]:
    words = (template.words("title"), template.words("text"))
    options = [_press(row, wording="label", rings=True) for row in template.rows("actions")]
    return "button", {
        "explain_text": "\n".join(word for word in words if word),
        "options": options,
    }


def _carousel(template: Part, whole: Part) -> tuple[str, Content]:
    columns = [
        {
            "image_url": column.words("thumbnailImageUrl"),
            "title": column.words("title"),
            "text": column.words("text"),
            "actions": [_press(row, wording="text") for row in column.rows("actions")],
        }
        for column in template.rows("columns")
    ]
    return "carousel", {"alt_text": whole.words("altText"), "columns": columns}


def _pictures(template: Part, whole: Part) -> tuple[str, Content]:
    columns = [_picture(column) for column in template.rows("columns")]
    return "image_carousel", {"alt_text": whole.words("altText"), "columns": columns}


def _picture(column: Part) -> Content:
    press = _press(column.part("action"), wording="label")
    return {
        "image_url": column.words("imageUrl"),
        "button": {"text": press.pop("label")},
        "action": press,
    }


_SHAPES: dict[str, Callable[[Part, Part], tuple[str, Content]]] = {
    "buttons": _buttons,
    "confirm": _buttons,
    "carousel": _carousel,
    "image_carousel": _pictures,
}


def _flex(found: Part) -> tuple[str, Content]:
    columns = _bubbles(found.part("contents"))
    return "carousel", {"alt_text": found.words("altText"), "columns": columns}


def _bubbles(contents: Part) -> list[Content]:
    bubbles = contents.rows("contents") if contents.kind("carousel") else [contents]
    return [_bubble(bubble) for bubble in bubbles]


def _bubble(bubble: Part) -> Content:
    """A card: the first picture, the texts in their order, every press."""
    image_url = ""
    texts: list[str] = []
    actions: list[Content] = []
    for box in _boxes(bubble):
        kind = box.kind(*STRUCTURE)
        if kind == "text":
            texts += filter(None, [_spans(box) or box.words("text")])
        elif kind == "button":
            actions.append(_press(box.part("action"), wording="text"))
        elif not image_url and box.part("type").value == "image":
            image_url = box.kind("image") and box.words("url")
    # A card needs a text, and can do without a title.
    title, *others = texts if len(texts) > 1 else ["", *texts]
    return {"image_url": image_url, "title": title, "text": "\n".join(others), "actions": actions}


def _spans(text: Part) -> str:
    return "".join(span.words("text") for span in text.rows("contents") if span.kind("span"))


def _boxes(box: Part) -> list[Part]:
    """Every component below, in reading order."""
    below = [box.part(name) for name in PARTS] + box.rows("contents")
    found = [each for each in below if isinstance(each.value, dict)]
    return [box, *(inner for each in found for inner in _boxes(each))]


def _press(action: Part, *, wording: str, rings: bool = False) -> Content:
    """A message or postback says a text, a uri opens a link or, where that `rings`, a number.

    A number that cannot be rung is not taken: what the press does instead is for people to say.
    """
    action.kind(*ACTIONS)
    label = action.words("label") or action.words("text")
    press = {wording: label, "type": "text", "value": "", "url": ""}
    address = action.part("uri").value
    if not isinstance(address, str) or not address:
        said = action.words("text") or action.words("displayText") or label
        return press | {"value": said}
    if not address.startswith("tel:"):
        return press | {"type": "url", "url": action.words("uri")}
    return (
        press | {"type": "phonenumber", "number": unquote(action.words("uri")[4:])}
        if rings
        else press
    )
