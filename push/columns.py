"""Which column of a table is what, by its header. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from composer.vocabulary import contact_fields, placeholders
from composer.vocabulary.words import gettext_noop as _
from push.sentences import Sentence, Unreadable, shortened

# What people call the columns; compared without case, spaces, dashes and underscores.
NAMES: dict[str, tuple[str, ...]] = {
    **contact_fields.NAMES,
    "tags": ("tags", "tag", "標籤"),
    "account": ("account", "channelaccount", "管道帳號", "帳號"),
    "picture_url": ("pictureurl", "picture", "頭像", "頭像網址", "圖片網址"),
}
FIELD_OF = {name: field for field, names in NAMES.items() for name in names}

COLUMNS_MAX = 100
ATTRIBUTE_NAME_MAX = 64


@dataclass(frozen=True)
class Columns:
    """Where in a row each field stands, by the header."""

    header: tuple[str, ...]
    places: Mapping[str, int]
    attributes: tuple[tuple[int, str], ...]
    notes: tuple[Sentence, ...]

    @property
    def needed(self) -> int:
        return max(self.places["id"], self.places["name"]) + 1


def field_of(title: str) -> str | None:
    return FIELD_OF.get(contact_fields.normalize(title))


def written(name: str, *, default: bool = False) -> str:
    """The placeholder as a text has it."""
    return "{{ " + name + (" | }}" if default else " }}")


def is_placeholder(name: str) -> bool:
    match = placeholders.PLACEHOLDER.fullmatch(written(name))
    return match is not None and match[1] == name and len(name) <= ATTRIBUTE_NAME_MAX


def read(header: Sequence[str]) -> Columns:
    """Reads the header; raises Unreadable when it will not do."""
    titles = tuple(title.strip().lstrip("\ufeff") for title in header)
    while titles and not titles[-1]:
        titles = titles[:-1]
    if len(titles) > COLUMNS_MAX:
        raise Unreadable(
            _("The file has %(count)s columns; at most %(limit)s can be read."),
            count=len(titles),
            limit=COLUMNS_MAX,
        )
    places = _places(titles)
    _require(places, titles)
    return Columns(titles, places, *_attributes(titles))


def _places(titles: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, title in enumerate(titles):
        name = field_of(title)
        if name in places:
            raise Unreadable(
                _("“%(first)s” and “%(second)s” are both read as the same column: keep one."),
                first=shortened(titles[places[name]]),
                second=shortened(title),
            )
        if name:
            places[name] = index
    return places


def _require(places: Mapping[str, int], titles: Iterable[str]) -> None:
    missing = [name for name in ("id", "name") if name not in places]
    if missing:
        raise Unreadable(
            _("A column is missing: %(missing)s. The first row has: %(found)s."),
            missing=", ".join(f"“{name}”" for name in missing),
            found=", ".join(f"“{shortened(title)}”" for title in titles if title) or "–",
        )


def _attributes(
    titles: Sequence[str],
) -> tuple[tuple[tuple[int, str], ...], tuple[Sentence, ...]]:
    kept: dict[str, int] = {}
    notes: list[Sentence] = []
    for index, title in enumerate(titles):
        if field_of(title):
            continue
        name = re.sub(r"\s+", "_", title)
        if not is_placeholder(name):
            notes.append(_left_out(index, title))
        elif name in kept:
            raise Unreadable(_("The column “%(name)s” is there twice: keep one."), name=name)
        else:
            kept[name] = index
            notes += [_renamed(title, name)] if name != title else []
    return tuple((index, name) for name, index in kept.items()), tuple(notes)


def _left_out(index: int, title: str) -> Sentence:
    if not title:
        return Sentence(_("Column %(number)s has no name and is left out."), {"number": index + 1})
    return Sentence(
        _(
            "The column “%(title)s” is left out: a placeholder's name begins with a letter and "
            "has only letters, digits, dots, dashes and underscores."
        ),
        {"title": shortened(title)},
    )


def _renamed(title: str, name: str) -> Sentence:
    return Sentence(
        _("The column “%(title)s” becomes the placeholder %(name)s."),
        {"title": shortened(title), "name": written(name)},
    )
