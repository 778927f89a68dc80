"""The channels' looks as a style sheet: one block of custom properties from each channel's file."""

import re
from functools import cache
from hashlib import sha256

from composer.vocabulary import channels
from composer.vocabulary.channels import Channel

NAME = re.compile(r"[a-z][a-z0-9-]*")
# A value ends where its declaration ends; nothing in it may end it sooner or load a file.
VALUE = re.compile(r"(?!.*(?:url\(|/\*|\\))[^<>{};@\n]+", re.IGNORECASE)


@cache
def sheet() -> str:
    return "\n".join(map(_block, channels.ALL.values()))


@cache
def version() -> str:
    """Changes when a look does."""
    return sha256(sheet().encode()).hexdigest()[:12]


def _block(channel: Channel) -> str:
    lines = [_declaration(name, value) for name, value in channel.look.items()]
    return f'[data-channel="{_checked(NAME, channel.slug)}"] {{\n{"".join(lines)}}}\n'


def _declaration(name: str, value: str) -> str:
    return f"  --{_checked(NAME, name)}: {_checked(VALUE, value)};\n"


def _checked(shape: re.Pattern[str], text: str) -> str:
    if not shape.fullmatch(text):
        raise ValueError(f"a channel's look cannot say {text!r}")
    return text
