"""The five kinds of message, in the order people see them.

Each is a folder: `message.py` (pure), `form.py`, `sample.json`. A sixth is one more name here.
"""

from importlib import import_module

from composer.vocabulary.message import Malformed, Message
from composer.vocabulary.words import gettext_noop as _

NAMES = ("text", "button", "quickreply", "carousel", "image_carousel")

MESSAGES: dict[str, type[Message]] = {
    name: import_module(f"{__name__}.{name}.message").Message for name in NAMES
}


def read(payload: object) -> Message:
    """The message in `{"type", "message"}`; raises Malformed with the path of what is wrong."""
    if not isinstance(payload, dict):
        raise Malformed("", _("An object with type and message is expected."))
    for key in payload:
        if key not in {"type", "message"}:
            raise Malformed(str(key), _("The API does not know this key."))
    kind = payload.get("type")
    if not isinstance(kind, str) or kind not in MESSAGES:
        raise Malformed("type", _("The type must be one of %(names)s."), names=", ".join(NAMES))
    return MESSAGES[kind].read(payload.get("message"))
