"""LINE's own messages, as far as they map: text, templates, Flex carousels. Pure.

Names are those of the LINE Messaging API reference, “Message objects”.
"""

from collections.abc import Callable, Mapping
from typing import Any

from composer.forms.nested import Content

TYPES = {"template", "flex"}

Found = Mapping[str, Any]
Mapped = tuple[str, Content, list[str]]


def mapped(found: Found) -> Mapped:
    """The kind, its content, and the paths of what has no place in it."""
    if found.get("type") == "flex":
        return _flex(found)
    template = _part(found, "template")
    shape = _SHAPES.get(str(template.get("type")), _buttons)
    kind, content = shape(template, _words(found, "altText"))
    left = [path for path in _paths(template) if path.rsplit(".", 1)[-1] in _DROPPED]
    return kind, content, left


def _buttons(template: Found, _alt: str) -> tuple[str, Content]:
    words = (_words(template, "title"), _words(template, "text"))
    options = [_press(action, wording="label") for action in _rows(template, "actions")]
    return "button", {
        "explain_text": "\n".join(word for word in words if word),
        "options": options,
    }


def _carousel(template: Found, alt: str) -> tuple[str, Content]:
    columns = [
        {
            "image_url": _words(column, "thumbnailImageUrl"),
            "title": _words(column, "title"),
            "text": _words(column, "text"),
            "actions": [_press(action, wording="text") for action in _rows(column, "actions")],
        }
        for column in _rows(template, "columns")
    ]
    return "carousel", {"alt_text": alt, "columns": columns}


def _pictures(template: Found, alt: str) -> tuple[str, Content]:
    columns = []
    for column in _rows(template, "columns"):
        action = _part(column, "action")
        press = _press(action, wording="label")
        columns.append(
            {
                "image_url": _words(column, "imageUrl"),
                "action": {name: press[name] for name in ("type", "url", "value")},
                "button": {"text": _words(action, "label")},
            }
        )
    return "image_carousel", {"alt_text": alt, "columns": columns}


_SHAPES: dict[str, Callable[[Found, str], tuple[str, Content]]] = {
    "buttons": _buttons,
    "confirm": _buttons,
    "carousel": _carousel,
    "image_carousel": _pictures,
}
_DROPPED = {
    "imageAspectRatio",
    "imageSize",
    "imageBackgroundColor",
    "defaultAction",
    "data",
    "mode",
    "initial",
    "displayText",
}


def _flex(found: Found) -> Mapped:
    contents = _part(found, "contents")
    bubbles = _rows(contents, "contents") if contents.get("type") == "carousel" else [contents]
    columns = [_bubble(bubble) for bubble in bubbles]
    left = [f"contents[{at}].styles" for at, bubble in enumerate(bubbles) if "styles" in bubble]
    return "carousel", {"alt_text": _words(found, "altText"), "columns": columns}, left


def _bubble(bubble: Found) -> Content:
    """A card: the first picture, the texts in their order, every press."""
    texts = [box["text"] for box in _boxes(bubble) if box.get("type") == "text" and box.get("text")]
    pictures = [str(box.get("url", "")) for box in _boxes(bubble) if box.get("type") == "image"]
    presses = [_part(box, "action") for box in _boxes(bubble) if box.get("type") == "button"]
    return {
        "image_url": next(iter(pictures), ""),
        "title": str(next(iter(texts), "")),
        "text": "\n".join(str(text) for text in texts[1:]),
        "actions": [_press(action, wording="text") for action in presses],
    }


def _boxes(box: Any) -> list[Found]:
    """Every component below, in reading order."""
    if not isinstance(box, dict):
        return []
    below = [box[name] for name in ("header", "hero", "body", "footer") if name in box]
    below += [item for item in box.get("contents", []) if isinstance(box.get("contents"), list)]
    return [box, *(found for item in below for found in _boxes(item))]


def _press(action: Found, *, wording: str) -> Content:
    """A message or postback says a text, a uri opens a link or, as `tel:`, rings."""
    label = _words(action, "label") or _words(action, "text")
    said = _words(action, "text") or _words(action, "displayText") or label
    address = _words(action, "uri")
    press = {wording: label, "type": "text", "value": said, "url": "", "number": ""}
    if address.startswith("tel:"):
        return press | {"type": "phonenumber", "value": "", "number": address[4:]}
    return press | {"type": "url", "value": "", "url": address} if address else press


def _paths(value: Any, path: str = "template") -> list[str]:
    if isinstance(value, dict):
        below = [(f"{path}.{name}", item) for name, item in value.items()]
    elif isinstance(value, list):
        below = [(f"{path}[{index}]", item) for index, item in enumerate(value)]
    else:
        return []
    return [found for name, item in below for found in (name, *_paths(item, name))]


def _part(found: Found, name: str) -> Found:
    part = found.get(name)
    return part if isinstance(part, dict) else {}


def _rows(found: Found, name: str) -> list[Found]:
    rows = found.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _words(found: Found, name: str) -> str:
    words = found.get(name)
    return words if isinstance(words, str) else ""
