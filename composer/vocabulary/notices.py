"""What the channels make of a message: errors, warnings and hints; and how long each text is.

An *error* breaks the API document: it blocks publishing and sending. A *warning* comes from a
limit that the channel's platform documents, or from a check of our own: it never blocks. A *hint*
comes from a figure that nobody has verified.

What is true on every channel (errors, our own checks) is said once, with `channel` empty; what one
channel says carries its slug. The rules themselves are in `checks`.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Literal

from composer.vocabulary.channels import ALL, Channel
from composer.vocabulary.message import Malformed
from composer.vocabulary.picture import Picture
from composer.vocabulary.words import gettext_noop as _

from .checks import chinese, dates, document, limits, links, own, personal
from .checks.counters import Counter, counters
from .checks.notice import Notice, Word
from .checks.prose import Prose
from .checks.reading import Reading, taken
from .checks.rules import BREACHES, INSTEAD

__all__ = [
    "Counter",
    "Notice",
    "Picture",
    "Reading",
    "Verdict",
    "Word",
    "bearing",
    "check",
    "counters",
    "gist",
    "judge",
    "rejections",
    "verdict",
]

Verdict = Literal["refused", "loses", "as-is", "hint"]

GISTS: dict[str, str] = {
    "refused": _("would be refused"),
    "loses": _("the customer loses something"),
    "hint": _("sends as is; limits not verified"),
    "as-is": _("sends as is"),
}
GISTS_BY_RULE = {
    "carousel": _("no carousel: only the alt text"),
    "image_carousel": _("no carousel: only the alt text"),
    "fit": _("nothing like it: only the alt text"),
    "option_types": _("not every option appears"),
    "action_types": _("not every button appears"),
    "image_formats": _("not every picture appears"),
    "image_max_bytes": _("not every picture appears"),
    "image_max_width": _("not every picture appears"),
    "image_max_sides": _("not every picture appears"),
    "image_aspect_ratios": _("pictures may lose their edges"),
    "badge_text_max": _("badges may be missing"),
    "colors": _("colours may differ"),
}


def check(
    said: object,
    channels: Iterable[Channel] | None = None,
    values: Mapping[str, str] | None = None,
    known: Collection[str] | None = None,
    today: date | None = None,
    pictures: Mapping[str, Picture] | None = None,
) -> list[Notice]:
    """Everything there is to say of a `{"type", "message"}`; an empty list is praise.

    What is `said` may have been read already, with its values and pictures: one reading does for
    many checks.
    Lengths are judged after filling with `values`, one contact's; without them, with the
    placeholders' defaults. `known` are the names of all placeholders that contacts have.
    A date without a year is the coming one, from `today`; without it, such dates are passed over.
    `pictures` are those whose files are known, by address; nothing is said of others' files.
    """
    try:
        reading = taken(said, values, pictures)
    except Malformed as error:
        return [document.malformed(error)]
    found = document.errors(reading)
    found += [*own.notices(reading, known), *links.notices(reading), *links.of_name(reading)]
    prose = Prose(reading)
    found += [*chinese.notices(prose), *dates.notices(prose, today), *personal.notices(prose)]
    for channel in ALL.values() if channels is None else channels:
        found += limits.notices(reading, channel)
    return found


def bearing(notices: Iterable[Notice], channel: Channel, kind: str) -> list[Notice]:
    """What matters there: errors, and what the channel itself says.

    Where it has no such kind the alternative text goes out, and the limits of cards are moot.
    """
    native = channel.kinds.get(kind)
    is_unfit = native is not None and native.fit == "none"
    return [
        notice
        for notice in notices
        if notice.level == "error"
        or (notice.channel == channel.slug and (not is_unfit or notice.rule in INSTEAD))
    ]


def verdict(notices: Iterable[Notice], channel: Channel, kind: str) -> Verdict:
    """What becomes of the message there; other channels' notices are passed over."""
    judged = {judge(notice) for notice in bearing(notices, channel, kind)}
    for worst in ("refused", "loses"):
        if worst in judged:
            return worst
    return "hint" if judged or not _is_known(channel, kind) else "as-is"


def judge(notice: Notice) -> Verdict:
    """What one notice means for the message: its mark wherever it is shown."""
    if notice.level == "error" or _is_refused(notice):
        return "refused"
    return "loses" if notice.level == "warning" else "hint"


def rejections(notices: Iterable[Notice], channel: Channel, kind: str) -> list[Notice]:
    """Documented limits whose breach makes the channel reject the whole message."""
    said = bearing(notices, channel, kind)
    return [notice for notice in said if notice.level != "error" and judge(notice) == "refused"]


def gist(notices: Iterable[Notice], channel: Channel, kind: str) -> str:
    """The verdict in a few words, to be translated."""
    said = bearing(notices, channel, kind)
    judged = verdict(said, channel, kind)
    if judged not in {"loses", "hint"} or not said:
        return GISTS[judged]
    worst = min(said, key=lambda notice: notice.level == "hint")
    rule = kind if worst.rule == "fit" and kind in GISTS_BY_RULE else worst.rule
    return GISTS_BY_RULE.get(rule, GISTS[judged])


def _is_refused(notice: Notice) -> bool:
    return notice.level == "warning" and BREACHES.get(notice.rule) == "refused"


def _is_known(channel: Channel, kind: str) -> bool:
    """At least one of the figures for the kind is documented."""
    native = channel.kinds.get(kind)
    return native is not None and any(
        limit.is_documented and limit.value is not None and limit.unit != "list"
        for limit in native.limits.values()
    )
