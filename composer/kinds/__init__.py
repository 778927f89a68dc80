"""The five kinds of message, in the order people see them.

Each is a folder: `message.py` (pure), `form.py`, `sample.json`. A sixth is one more name here.
"""

from importlib import import_module

from composer.vocabulary import message
from composer.vocabulary.message import Message, read

__all__ = ["MESSAGES", "NAMES", "read"]

NAMES = ("text", "button", "quickreply", "carousel", "image_carousel")

MESSAGES: dict[str, type[Message]] = {
    name: import_module(f"{__name__}.{name}.message").Message for name in NAMES
}
# The vocabulary reads every kind and imports none.
message.KINDS.update(MESSAGES)
