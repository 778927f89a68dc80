"""A message as one channel shows it: drawn from the payload and nothing else."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from composer.vocabulary import answers, channels, invisible, placeholders
from composer.vocabulary.channels import Channel, Frame

# Private-use characters stand around a filled-in value until the page underlines it.
OPENED, CLOSED = "\ue000", "\ue001"
MARKED = re.compile(f"{OPENED}([^{OPENED}{CLOSED}]*){CLOSED}")
# And around the number of a character in it that cannot be seen, and is not sent.
UNSEEN = re.compile("\ue002([0-9A-F]+)\ue003")
_MARKS = re.compile(f"[{OPENED}{CLOSED}]|{UNSEEN.pattern}")

COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3,4}){1,2}\Z")
OURS = {"127.0.0.1", "localhost", "::1"}


def mark(value: str) -> str:
    """Wraps a filled-in value, so that the page can underline it: the `shown` filter unwraps."""
    seen = invisible.replace(value, lambda each: f"\ue002{ord(each):04X}\ue003")
    return f"{OPENED}{seen}{CLOSED}"


def plain(text: str) -> str:
    """Without the marks."""
    return _MARKS.sub("", text) if is_marked(text) else text


def is_marked(text: str) -> bool:
    return OPENED in text or CLOSED in text


@dataclass(frozen=True)
class Preview:
    """A payload on a channel, filled with one contact's values, or else with stand-ins."""

    payload: Mapping[str, Any]
    channel: Channel
    values: Mapping[str, str] = field(default_factory=dict)
    shop: str = ""
    clock: str = "12:03"

    @property
    def kind(self) -> str:
        return self.payload["type"]

    @property
    def frame(self) -> Frame:
        return self.channel.frame

    @property
    def template(self) -> str:
        """The kind's own drawing, or the alternative text where the channel has nothing like it."""
        is_missing = self.native is not None and self.native.fit == "none"
        return f"composer/preview/{'_instead' if is_missing else self.kind}.html"

    @property
    def native(self) -> channels.Native | None:
        return self.channel.kinds.get(self.kind)

    @cached_property
    def message(self) -> Any:
        """The body, filled, each value marked."""
        return self._filled(mark)

    @property
    def plain_message(self) -> Any:
        """The body, filled, as the customer gets it."""
        return self._filled()

    def _filled(self, mark: Callable[[str], str] | None = None) -> Any:
        stand_in = None if self.values else "{{{}}}".format
        return placeholders.fill(self.payload, self.values, mark=mark, stand_in=stand_in)["message"]

    @property
    def is_of_words(self) -> bool:
        """Cards without any picture have no room for one, once there are words."""
        columns = self.payload["message"].get("columns") or ()
        return bool(columns) and all(
            column.get("text") and not column.get("image_url") for column in columns
        )

    @property
    def guess(self) -> str:
        """What of this picture nobody has documented, in the reader's language."""
        return _(self.native.guess) if self.native and self.native.guess else ""

    @cached_property
    def shop_name(self) -> str:
        return self.shop or settings.SHOP_NAME or _("Your shop")

    def offered(self, parts: Sequence[Mapping[str, Any]] | None) -> Sequence[Mapping[str, Any]]:
        """The buttons that this channel draws; where none is made yet, an empty one."""
        if not parts:
            return [{}]
        types = self.native.press_types if self.native else None
        return [part for part in parts if types is None or (part.get("type") or "text") in types]


def draw(
    payload: Mapping[str, Any],
    *,
    channel: str,
    values: Mapping[str, str] | None = None,
    shop: str = "",
    clock: str = "12:03",
) -> Preview:
    return Preview(payload, channels.ALL[channel], values or {}, shop, clock)


def deed(part: Mapping[str, Any]) -> tuple[str, str]:
    """What a press does and with what, without the marks: `("opens", "https://…")`."""
    return answers.deed({key: plain(text) for key, text in part.items() if isinstance(text, str)})


def picture(url: str) -> str:
    """Where the page may load a picture from: https, or else nothing.

    Of what we serve ourselves the path alone, so that it shows however the page was reached.
    """
    address = answers.web_address(plain(url))
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.hostname in OURS or address.startswith(f"{settings.PUBLIC_BASE_URL}/"):
        return parts._replace(scheme="", netloc="", path=f"/{parts.path.lstrip('/')}").geturl()
    return address if parts.scheme == "https" else ""


def colour(value: object) -> str:
    return value if isinstance(value, str) and COLOUR.match(value) else ""
