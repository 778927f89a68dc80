"""How full each field is on one channel, for the figures beside the form's inputs."""

from collections.abc import Iterator, Mapping
from typing import Literal, TypedDict

from composer.vocabulary import paths
from composer.vocabulary.channels import ALL, Channel, Limit
from composer.vocabulary.message import Malformed

from .reading import Reading, taken
from .rules import COUNTS, INSTEAD, LENGTHS

NEAR = 0.9


class Counter(TypedDict):
    """`max` is None where the channel's figure is not known."""

    count: int
    max: int | None
    unit: str
    state: Literal["", "near", "over"]


def counters(
    said: object, channel: Channel | str, values: Mapping[str, str] | None = None
) -> dict[str, Counter]:
    """By the form's own names: `columns-0-title`, `message`; and the lists: `columns-0-actions`.

    The channel may be given by its slug, and what is said as it was read for the checks.
    """
    try:
        reading = taken(said, values)
    except Malformed:
        return {}
    return {
        paths.field(path): counter for path, counter in _counted(reading, _limits(channel, reading))
    }


def _limits(channel: Channel | str, reading: Reading) -> Mapping[str, Limit]:
    found = ALL[channel] if isinstance(channel, str) else channel
    native = found.kinds.get(reading.kind)
    if native and native.fit == "none":
        return {key: limit for key, limit in native.limits.items() if key in INSTEAD}
    return {**native.limits, **found.image} if native else {}


def _counted(reading: Reading, limits: Mapping[str, Limit]) -> Iterator[tuple[str, Counter]]:
    for length in LENGTHS:
        limit = limits.get(length.key, Limit(None, "char"))
        for pattern in length.patterns:
            sizes = reading.sizes(pattern, limit.unit)
            for leaf, size in zip(reading.texts.get(pattern, ()), sizes, strict=True):
                yield leaf.path, _counter(size, limit)
    for count in COUNTS:
        if not count.is_minimum:
            limit = limits.get(count.key, Limit(None, "count"))
            for row in reading.rows.get(count.pattern, ()):
                yield row.path, _counter(row.length, limit)


def _counter(count: int, limit: Limit) -> Counter:
    most = limit.value if isinstance(limit.value, int) else None
    return {"count": count, "max": most, "unit": limit.unit, "state": _state(count, limit, most)}


def _state(count: int, limit: Limit, most: int | None) -> Literal["", "near", "over"]:
    if most is None:
        return ""
    if count > most:
        return "over"
    # Nine of ten cards are not a warning; 54 of 60 characters are.
    return "near" if limit.unit != "count" and count >= most * NEAR else ""
