"""One thing said of a message."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from composer.vocabulary.channels import Channel, Limit
from composer.vocabulary.words import gettext_noop as _

Level = Literal["error", "warning", "hint"]


class Word(str):
    """A parameter of a sentence, or a source, that is itself to be translated."""

    __slots__ = ()


# Of one text, the same is not said more often: the first few tell enough.
OFTEN = 10
API_DOCUMENT = Word(_("FIRST LINE: PUSH API send messages"))
OURS = Word(_("Our own check"))


@dataclass(frozen=True, slots=True)
class Notice:
    """`text % params`, once translated, is the sentence; `path` says where.

    `channel` is a slug, or empty for what is true on every channel. `rule` is the key of the
    limit (`label_max`) or the check's own name; `limit` and `actual` are in `unit`.
    `source` is a page's title, in its own language unless it is a Word. `also` are the further
    places of which just the same is true.
    """

    channel: str
    level: Level
    path: str
    rule: str
    text: str
    limit: Any = None
    actual: Any = None
    unit: str = ""
    source: str = ""
    status: str = "documented"
    params: Mapping[str, Any] = field(default_factory=dict)
    also: tuple[str, ...] = ()


def of_channel(
    channel: Channel,
    path: str,
    rule: str,
    text: str,
    limit: Limit,
    *,
    actual: Any = None,
    also: tuple[str, ...] = (),
    **params: Any,
) -> Notice:
    """What a channel's figure says: a warning where it is documented, a hint where it is not."""
    value = list(limit.value) if isinstance(limit.value, tuple) else limit.value
    return Notice(
        channel.slug,
        "warning" if limit.is_documented else "hint",
        path,
        rule,
        text,
        limit=value,
        actual=actual,
        unit=limit.unit,
        source=limit.source,
        status=limit.status,
        params={"channel": Word(channel.short_name), "limit": value, "actual": actual, **params},
        also=also,
    )


def ours(
    path: str,
    rule: str,
    text: str,
    level: Level = "warning",
    *,
    limit: Any = None,
    actual: Any = None,
    **params: Any,
) -> Notice:
    """What good sense says, on every channel. It never blocks."""
    status = "unverified" if level == "hint" else "documented"
    return Notice(
        "",
        level,
        path,
        rule,
        text,
        limit=limit,
        actual=actual,
        source=OURS,
        status=status,
        params=params,
    )
