"""All channels over a table of parts: what becomes of each part of a message on each of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from composer.checking import figure, rank, sentence
from composer.vocabulary import channels, notices, paths
from composer.vocabulary.channels import Channel
from composer.vocabulary.notices import Counter, Notice, Reading, Verdict
from composer.vocabulary.options import TYPES

# Which of a row's fields says best what it is.
NAMES = ("label", "title", "text")
# What is said of a whole list, and means the rows past the limit.
TOO_MANY = {"options_max", "columns_max"}


@dataclass(frozen=True)
class Cell:
    """What becomes of one part on one channel, which is said by its name."""

    channel: str
    verdict: Verdict
    words: str


@dataclass(frozen=True)
class Part:
    """A text of the message, or one of its options or cards."""

    name: str
    hint: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class _Column:
    """A channel's name, what is said of the message there, and how full each field is."""

    name: str
    said: tuple[Notice, ...]
    counted: Mapping[str, Counter]


def parts(payload: Mapping[str, Any], said: Iterable[Notice], reading: Reading) -> list[Part]:
    """One row for each text of the message, option and card, in the order of the payload."""
    found = list(said)
    columns = [_column(channel, found, reading) for channel in channels.ALL.values()]
    return [
        Part(name, hint, tuple(Cell(on.name, *_fate(path, on)) for on in columns))
        for path, name, hint in _places(payload["message"])
    ]


def _column(channel: Channel, found: list[Notice], reading: Reading) -> _Column:
    """What the channel itself says comes before what is true everywhere."""
    own = (each for each in notices.bearing(found, channel, reading.kind) if each.channel)
    everywhere = (each for each in found if not each.channel)
    counted = notices.counters(reading, channel)
    return _Column(_(channel.short_name), (*own, *everywhere), counted)


def _places(body: Any) -> Iterable[tuple[str, str, str]]:
    if isinstance(body, str):
        yield "message", _text(), ""
        return
    for name, value in body.items():
        if isinstance(value, str):
            yield name, _("Alt text") if name == "alt_text" else _text(), ""
            continue
        for index, row in enumerate(value):
            yield f"{name}[{index}]", _name(row, index), _hint(row)


def _text() -> str:
    return pgettext("part of a message", "Text")


def _name(row: Mapping[str, Any], index: int) -> str:
    words = next((row[name] for name in NAMES if row.get(name)), "")
    return words or _("Number %(number)s") % {"number": index + 1}


def _hint(row: Mapping[str, Any]) -> str:
    if row.get("type") in TYPES:
        return _(TYPES[row["type"]])
    count = len(row.get("actions", ()))
    return _("Buttons: %(count)s") % {"count": count} if count else ""


def _fate(path: str, on: _Column) -> tuple[Verdict, str]:
    own = [notice for notice in on.said if _is_about(notice, path)]
    if own:
        worst = min(own, key=rank)
        return notices.judge(worst), sentence(worst)
    return "as-is", _count(on.counted.get(paths.field(path)))


def _is_about(notice: Notice, path: str) -> bool:
    if notice.rule == "fit":
        return path != "alt_text"
    within = (f"{path}.", f"{path}[")
    return (
        notice.path == path
        or any(place.startswith(within) for place in (notice.path, *notice.also))
        or _is_beyond(notice, path)
    )


def _is_beyond(notice: Notice, path: str) -> bool:
    """The row is one of those that are too many."""
    rows, at, index = path.rstrip("]").rpartition("[")
    is_of_rows = bool(at) and notice.path == rows and notice.rule in TOO_MANY
    return is_of_rows and int(index) >= notice.limit


def _count(counter: Counter | None) -> str:
    if counter is None:
        return _("as is")
    if counter["max"] is None:
        return _("no known limit")
    return figure(counter)
