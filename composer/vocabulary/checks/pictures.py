"""What one channel makes of pictures: of their addresses, and of those files that are known.

Of a picture that lies elsewhere nothing but its address is known, and nothing else is said.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from composer.vocabulary.channels import Channel, Limit
from composer.vocabulary.picture import Picture
from composer.vocabulary.words import gettext_noop as _

from . import addresses
from .natives import Check
from .notice import Notice, of_channel
from .reading import Reading

KILO, MEGA = 1024, 1024 * 1024
# Nobody misses what lies this close to the edges.
SPARE = 0.05

# The figure that is past the limit, and what else the sentence says of it.
Breach = tuple[Any, Mapping[str, Any]]
Judge = Callable[[Picture], Breach | None]


@dataclass(frozen=True)
class Most:
    """The largest figure that a file may have; `words` make it readable."""

    key: str
    measure: Callable[[Picture], int]
    text: str
    words: Callable[[int], Any] = int


def _size(octets: int) -> str:
    """Rounded up, so that one byte too many is seen."""
    if octets >= MEGA:
        return f"{-(-octets * 10 // MEGA) / 10:g} MB"
    return f"{-(-octets // KILO)} KB"


MOSTS = (
    Most(
        "image_max_bytes",
        lambda picture: picture.bytes,
        _("%(channel)s shows no picture over %(most)s; this one has %(given)s."),
        _size,
    ),
    Most(
        "image_max_width",
        lambda picture: picture.width,
        _("%(channel)s shows pictures up to %(most)s pixels wide; this one has %(given)s."),
    ),
    Most(
        "image_max_sides",
        lambda picture: picture.width + picture.height,
        _(
            "%(channel)s shows pictures whose width and height make %(most)s pixels at most;"
            " here they make %(given)s."
        ),
    ),
)


# Every key that a channel's limits of pictures may have, beside the length of their addresses.
KEYS = frozenset(
    {*(most.key for most in MOSTS), "image_schemes", "image_formats", "image_aspect_ratios"}
)


def checks(channel: Channel, kind: str, limits: Mapping[str, Limit]) -> Iterator[Check]:
    known = {key: limit for key, limit in limits.items() if limit.value is not None}
    if limit := known.get("image_schemes"):
        yield _scheme(channel, limit)
    if limit := known.get("image_formats"):
        yield _format(channel, limit)
    for most in MOSTS:
        if limit := known.get(most.key):
            yield _most(channel, most, limit)
    if limit := known.get("image_aspect_ratios"):
        yield from _shape(channel, kind, limit)


def _scheme(channel: Channel, limit: Limit) -> Check:
    """A picture that only this machine can open is said once, elsewhere, not here as well."""
    text = _("%(channel)s does not fetch pictures whose address begins with %(scheme)s:")
    assert isinstance(limit.value, tuple)
    refused = {"http", "https"} - {*limit.value}

    def check(reading: Reading) -> Iterator[Notice]:
        for leaf in reading.roles.get("image", ()) if refused else ():
            found = addresses.scheme(leaf.text)
            if found in refused and not addresses.is_local(leaf.text):
                yield of_channel(
                    channel, leaf.path, "image_schemes", text, limit, actual=found, scheme=found
                )

    return check


def _format(channel: Channel, limit: Limit) -> Check:
    """By the file, or else by the ending of its address."""
    text = _("%(channel)s does not show %(format)s pictures: the customer sees none here.")
    assert isinstance(limit.value, tuple)
    allowed = limit.value

    def check(reading: Reading) -> Iterator[Notice]:
        for leaf in reading.roles.get("image", ()):
            known = reading.pictures.get(leaf.text)
            found = known.format if known else addresses.picture_format(leaf.text)
            if found and found not in allowed:
                named = found.upper()
                yield of_channel(
                    channel, leaf.path, "image_formats", text, limit, actual=found, format=named
                )

    return check


def _of_files(channel: Channel, key: str, text: str, limit: Limit, judge: Judge) -> Check:
    """Said once of all pictures that are alike in it: of ten cards, mostly all are."""

    def check(reading: Reading) -> Iterator[Notice]:
        places: dict[Any, list[str]] = {}
        params: dict[Any, Mapping[str, Any]] = {}
        for path, picture in reading.pictured:
            if breach := judge(picture):
                params[breach[0]] = breach[1]
                places.setdefault(breach[0], []).append(path)
        for actual, (path, *also) in places.items():
            yield of_channel(
                channel, path, key, text, limit, actual=actual, also=(*also,), **params[actual]
            )

    return check


def _most(channel: Channel, most: Most, limit: Limit) -> Check:
    bound = limit.value
    assert isinstance(bound, int)
    words = {"most": most.words(bound)}

    def judge(picture: Picture) -> Breach | None:
        actual = most.measure(picture)
        return (actual, words | {"given": most.words(actual)}) if actual > bound else None

    of_each = _of_files(channel, most.key, most.text, limit, judge)

    def check(reading: Reading) -> Iterator[Notice]:
        # Hardly a picture is too large anywhere: one look does for all of them.
        if reading.extent and most.measure(reading.extent) > bound:
            yield from of_each(reading)

    return check


def _shape(channel: Channel, kind: str, limit: Limit) -> Iterator[Check]:
    """One of certain shapes, to which others are cut; or else none that is all too long."""
    if isinstance(limit.value, int):
        yield _oblong(channel, limit, limit.value)
        return
    assert isinstance(limit.value, Mapping)
    shapes = limit.value.get(kind) or limit.value.get("", ())
    if shapes:
        yield _cut(channel, limit, shapes)


def _oblong(channel: Channel, limit: Limit, most: int) -> Check:
    text = _(
        "%(channel)s shows no picture that is more than %(limit)s times as long as it is short;"
        " this one is %(actual)s times."
    )

    def judge(picture: Picture) -> Breach | None:
        short, long = sorted((picture.width, picture.height))
        return (-(-long * 10 // short) / 10, {}) if long > most * short else None

    return _of_files(channel, "image_aspect_ratios", text, limit, judge)


def _cut(channel: Channel, limit: Limit, shapes: tuple[tuple[float, float], ...]) -> Check:
    """Each picture fills the shape that is the most like its own."""
    text = _(
        "%(channel)s shows pictures of %(shapes)s here; this one is %(shape)s:"
        " at least %(cut)s %% of it is cut off."
    )
    mark = "×" if limit.unit == "px" else ":"
    named = tuple(f"{width:g}{mark}{height:g}" for width, height in shapes)
    words = {"shapes": " / ".join(named)}
    ratios = tuple(width / height for width, height in shapes)

    def judge(picture: Picture) -> Breach | None:
        own = picture.width / picture.height
        kept = max(min(own / ratio, ratio / own) for ratio in ratios)
        if kept >= 1 - SPARE:
            return None
        shape = f"{picture.width}×{picture.height}" if limit.unit == "px" else _to_one(own)
        return shape, words | {"shape": shape, "cut": round((1 - kept) * 100)}

    return _of_files(channel, "image_aspect_ratios", text, replace(limit, value=named), judge)


def _to_one(ratio: float) -> str:
    """1.5:1"""
    return f"{ratio:.2f}".rstrip("0").rstrip(".") + ":1"
