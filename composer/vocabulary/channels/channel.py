"""A channel: its names, its limits with their sources, and how a message looks there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from composer.vocabulary.words import gettext_noop as _

Unit = Literal[
    "utf16",
    "grapheme",
    "codepoint",
    "byte",
    "char",
    "encoded",
    "count",
    "px",
    "ratio",
    "list",
    "bool",
]
Place = Literal["inside", "below", "chips", "keyboard"]
# Width and height of pictures, by kind of message; by no name what holds of every kind.
Shapes = Mapping[str, tuple[tuple[float, float], ...]]
Value = int | bool | tuple[str | None, ...] | Shapes | None


@dataclass(frozen=True)
class Limit:
    """One figure; `value` None means that none is known. Unverified figures only ever hint."""

    value: Value
    unit: Unit
    source: str = ""
    note: str = ""
    is_documented: bool = True

    @property
    def status(self) -> str:
        return "documented" if self.is_documented else "unverified"


@dataclass(frozen=True)
class Scheme:
    """Links that begin like this open on the channel."""

    source: str = ""
    is_documented: bool = True

    @property
    def status(self) -> str:
        return "documented" if self.is_documented else "unverified"


@dataclass(frozen=True)
class Native:
    """What becomes of one kind of message: `fit` is native, partial or none.

    `needs` names the fields that the platform asks of every card though the API does not;
    `drops` names what a message of this kind may say and the platform cannot show; `guess` says
    what of its picture nobody has documented. `notifies_alt_text` where the platform documents
    that a notification shows the alternative text.
    """

    shown_as: str
    fit: Literal["native", "partial", "none"]
    limits: Mapping[str, Limit]
    fallback: str = ""
    needs: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    guess: str = ""
    notifies_alt_text: bool = False

    @property
    def press_types(self) -> tuple[str | None, ...] | None:
        """Which presses there are on the channel; None where that is not known."""
        limit = self.limits.get("option_types") or self.limits.get("action_types")
        return limit.value if limit and isinstance(limit.value, tuple) else None


@dataclass(frozen=True)
class Frame:
    """How the app stands around a message, and where it puts what can be pressed.

    `head` and `foot` are icons by name, with `face` and `name` (`middle` where it is centred)
    for the account and `field` for the box to type in. A picture of an image carousel bears a
    `label`, is a `card` over its button, `dyed` where that wears its own colours, or shows the
    `plates` with theirs.
    """

    head: tuple[str, ...] = ("chevron-left", "name")
    foot: tuple[str, ...] = ("field", "send")
    field: str = _("Type a message…")
    options: Place = "below"
    replies: Place = "chips"
    pictures: Literal["label", "card", "dyed", "plates"] = "card"


@dataclass(frozen=True, eq=False)
class Channel:
    """One of the places where customers talk. `look` maps custom properties to CSS values."""

    slug: str
    contactable_type: str
    name: str
    short_name: str
    kinds: Mapping[str, Native]
    image: Mapping[str, Limit]
    link_schemes: Mapping[str, Scheme]
    look: Mapping[str, str]
    counting: str = ""
    remarks: tuple[str, ...] = field(default=())
    cost_hint: str = ""
    frame: Frame = Frame()
