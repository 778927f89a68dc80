"""The least message of each kind that nobody has anything against, and ways to spoil it."""

from copy import deepcopy

from composer.vocabulary import paths

PICTURE = "https://img.nuanri.tw/coat.jpg"
CARD = {
    "image_url": PICTURE,
    "title": "大衣",
    "text": "羊毛雙面呢",
    "actions": [{"text": "看商品", "type": "url", "url": "https://nuanri.tw/coat"}],
}
SQUARE = {
    "image_url": PICTURE,
    "action": {"type": "url", "url": "https://nuanri.tw/coat", "value": None},
    "button": {
        "text": "看商品",
        "background_color": "#24508f",
        "border_color": "#24508f",
        "color": "#ffffff",
    },
}
OPTION = {"label": "改時間", "type": "text", "value": "我想改時間"}
BODIES = {
    "text": "小明您好",
    "button": {"explain_text": "小明您好", "options": [OPTION]},
    "quickreply": {"explain_text": "小明您好", "options": [OPTION]},
    "carousel": {"alt_text": "雙十一外套", "columns": [CARD]},
    "image_carousel": {"alt_text": "雙十一外套", "columns": [SQUARE]},
}


def good(kind):
    return {"type": kind, "message": deepcopy(BODIES[kind])}


def changed(kind, path, value):
    """The good message with one thing in it set; a value of None takes the thing away."""
    payload = good(kind)
    if path == "message":
        return {**payload, "message": value}
    *before, last = paths.steps(path)
    part = payload["message"]
    for step in before:
        part = part.setdefault(step, {}) if isinstance(step, str) else part[step]
    part[last] = value
    return payload
