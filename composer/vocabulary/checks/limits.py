"""What one channel makes of a message: its own limits, each with where it was read."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from composer.vocabulary.channels import Channel, Limit
from composer.vocabulary.words import gettext_noop as _

from . import addresses, natives, pictures
from .natives import Check
from .notice import Notice, of_channel
from .reading import Reading
from .rules import COUNTS, KEYS, LENGTHS, NO_COUNTERPART, NO_PRESS, TYPES, WEIGHTS, Count, Length


def find_unknown_keys(channel: Channel) -> Iterator[tuple[str, str]]:
    """Each limit that no rule knows, with its kind, or `image` where it is of every kind."""
    tables = {kind: native.limits for kind, native in channel.kinds.items()}
    for kind, limits in {**tables, "image": channel.image}.items():
        known = KEYS | pictures.KEYS if kind == "image" else KEYS
        yield from ((kind, key) for key in limits if key not in known)


def notices(reading: Reading, channel: Channel) -> list[Notice]:
    return [notice for check in _checks(channel, reading.kind) for notice in check(reading)]


@cache
def _checks(channel: Channel, kind: str) -> tuple[Check, ...]:
    """The checks that the channel's figures ask for, worked out once."""
    native = channel.kinds.get(kind)
    if native is None:
        return ()
    limits = {**native.limits, **channel.image}
    return (
        *natives.checks(channel, kind, native),
        *(_length(channel, rule, limits[rule.key]) for rule in LENGTHS if _has(limits, rule.key)),
        *(_count(channel, rule, limits[rule.key]) for rule in COUNTS if _has(limits, rule.key)),
        *_types(channel, limits),
        *_whole(channel, limits),
        *_endings(channel, limits),
        *pictures.checks(channel, kind, limits),
    )


def _has(limits: dict[str, Limit], key: str) -> bool:
    return key in limits and limits[key].value is not None


def _length(channel: Channel, rule: Length, limit: Limit) -> Check:
    text = rule.octets if limit.unit == "byte" else rule.text
    most = limit.value
    assert isinstance(most, int)

    def check(reading: Reading) -> Iterator[Notice]:
        for pattern in rule.patterns:
            sizes = reading.sizes(pattern, limit.unit)
            if sizes and max(sizes) > most:
                for leaf, size in zip(reading.texts[pattern], sizes, strict=True):
                    if size > most:
                        yield of_channel(channel, leaf.path, rule.key, text, limit, actual=size)

    return check


def _count(channel: Channel, rule: Count, limit: Limit) -> Check:
    bound = limit.value
    assert isinstance(bound, int)

    def check(reading: Reading) -> Iterator[Notice]:
        for row in reading.rows.get(rule.pattern, ()):
            if row.length < bound if rule.is_minimum else row.length > bound:
                yield of_channel(channel, row.path, rule.key, rule.text, limit, actual=row.length)

    return check


def _types(channel: Channel, limits: dict[str, Limit]) -> Iterator[Check]:
    for rule in TYPES:
        if _has(limits, rule.key):
            yield _typed(channel, rule.key, rule.pattern, rule.wording, limits[rule.key])


def _typed(channel: Channel, key: str, pattern: str, wording: str, limit: Limit) -> Check:
    texts = NO_COUNTERPART if wording else NO_PRESS
    assert isinstance(limit.value, tuple)
    missing = {kind: text for kind, text in texts.items() if kind not in limit.value}

    def check(reading: Reading) -> Iterator[Notice]:
        for node in reading.nodes.get(pattern, ()) if missing else ():
            chosen = node.part.type
            if chosen in missing:
                label = getattr(node.part, wording, "")
                path = f"{node.path}.type"
                yield of_channel(
                    channel, path, key, missing[chosen], limit, actual=chosen, label=label
                )

    return check


def _whole(channel: Channel, limits: dict[str, Limit]) -> Iterator[Check]:
    for key in WEIGHTS:
        if _has(limits, key):
            yield _weighed(channel, key, limits[key])


def _weighed(channel: Channel, key: str, limit: Limit) -> Check:
    most = limit.value
    assert isinstance(most, int)

    def check(reading: Reading) -> Iterator[Notice]:
        # Weighing takes as long as all else, and hardly a message is near the limit.
        size = _weight(reading.body) if reading.bulk > most else 0
        if size > most:
            yield of_channel(channel, "message", key, WEIGHTS[key], limit, actual=size)

    return check


def _endings(channel: Channel, limits: dict[str, Limit]) -> Iterator[Check]:
    """Links that the platform refuses by how they end."""
    if not _has(limits, "link_endings_refused"):
        return
    limit = limits["link_endings_refused"]
    assert isinstance(limit.value, tuple)
    refused = limit.value
    text = _("%(channel)s refuses links that end in .%(ending)s.")

    def check(reading: Reading) -> Iterator[Notice]:
        for leaf in reading.roles.get("link", ()):
            ending = addresses.ending(leaf.text)
            if ending in refused:
                yield of_channel(
                    channel,
                    leaf.path,
                    "link_endings_refused",
                    text,
                    limit,
                    actual=ending,
                    ending=ending,
                )

    yield check


def _weight(body: Any) -> int:
    return len(json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass"))
