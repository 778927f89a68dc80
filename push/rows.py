"""From a table's cells to a contact's fields, or the reason why not. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from composer.vocabulary import placeholders
from composer.vocabulary.words import gettext_noop as _

# What people call the columns; compared without case, spaces, dashes and underscores.
NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "contactableid", "contactid", "編號", "識別碼", "聯絡人編號", "聯絡人識別碼"),
    "name": ("name", "姓名", "名稱", "聯絡人", "聯絡人姓名", "聯絡人名稱"),
    "tags": ("tags", "tag", "標籤"),
    "account": ("account", "channelaccount", "管道帳號", "帳號"),
    "picture_url": ("pictureurl", "picture", "頭像", "頭像網址", "圖片網址"),
}
FIELD_OF = {name: field for field, names in NAMES.items() for name in names}

COLUMNS_MAX = 100
ID_MAX = 64
NAME_MAX = 200
TAG_MAX = 64
TAGS_MAX = 50
ACCOUNT_MAX = 120
PICTURE_MAX = 1_000
ATTRIBUTE_MAX = 2_000
ATTRIBUTE_NAME_MAX = 64

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
SHORT_FORM = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)


@dataclass(frozen=True)
class Sentence:
    """Words for people, translated where they are shown: `gettext(text) % params`."""

    text: str
    params: Mapping[str, object] = field(default_factory=dict)


class Unreadable(ValueError):
    """The whole file cannot be used."""

    def __init__(self, text: str, **params: object) -> None:
        self.sentence = Sentence(text, params)
        super().__init__(text % params)


class Unfit(ValueError):
    """One row cannot be used."""

    def __init__(self, text: str, **params: object) -> None:
        self.sentence = Sentence(text, params)
        super().__init__(text % params)


class Rounded(str):
    """A number with more digits than Excel keeps, so its last digits are invented."""

    __slots__ = ()


@dataclass(frozen=True)
class Row:
    """One row as the file has it; `fault` says why its cells could not be told apart."""

    line: int
    cells: Sequence[str]
    fault: Sentence | None = None


@dataclass(frozen=True)
class ParsedRow:
    """What one row says of a contact. None is not said; an empty attribute takes it away."""

    line: int
    id: str
    name: str
    tags: tuple[str, ...] | None
    account: str | None
    picture_url: str | None
    attributes: Mapping[str, str]
    cells: Sequence[str]


@dataclass(frozen=True)
class Rejection:
    """A row that is left out, and why."""

    line: int
    cells: Sequence[str]
    reason: Sentence


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
    return FIELD_OF.get(re.sub(r"[\s_\-]+", "", title).casefold())


def is_placeholder(name: str) -> bool:
    match = placeholders.PLACEHOLDER.fullmatch("{{ %s }}" % name)
    return bool(match) and match[1] == name and len(name) <= ATTRIBUTE_NAME_MAX  # type: ignore[index]


def columns(header: Sequence[str]) -> Columns:
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


def parse(found: Columns, row: Row) -> ParsedRow | Rejection:
    try:
        return _parsed(found, row)
    except Unfit as error:
        return Rejection(row.line, row.cells, error.sentence)


def is_blank(row: Row) -> bool:
    return row.fault is None and not any(cell.strip() for cell in row.cells)


def split_tags(text: str) -> tuple[str, ...]:
    """Tags apart at `;` or `；`, each once; raises Unfit."""
    names = dict.fromkeys(name.strip() for name in re.split("[;；]", text))
    tags = tuple(_fitting(_("tag"), name, TAG_MAX) for name in names if name)
    if len(tags) > TAGS_MAX:
        raise Unfit(_("%(count)s tags; a contact can have %(limit)s."), count=len(tags), limit=50)
    return tags


def clean_id(text: str) -> str:
    """The id, or Unfit with the reason."""
    if not text.strip():
        raise Unfit(_("The id is blank."))
    if isinstance(text, Rounded) or SHORT_FORM.fullmatch(text.strip()):
        raise Unfit(
            _(
                "Excel has shortened the id %(id)s to 15 digits. "
                "Format the column as text and enter the id again."
            ),
            id=text.strip(),
        )
    return _fitting(_("id"), text.strip(), ID_MAX)


def clean_name(text: str) -> str:
    return _fitting(_("name"), text.strip(), NAME_MAX)


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
            _("The column %(missing)s is missing. The first row has: %(found)s."),
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
        {"title": shortened(title), "name": "{{ %s }}" % name},
    )


def _parsed(found: Columns, row: Row) -> ParsedRow:
    cells = row.cells
    if row.fault:
        raise Unfit(row.fault.text, **row.fault.params)
    if any("\0" in cell for cell in cells):
        raise Unfit(_("The row has a NUL character."))
    _check_length(found, cells)

    def said(name: str) -> str | None:
        place = found.places.get(name)
        return None if place is None else cells[place] if place < len(cells) else ""

    return ParsedRow(
        line=row.line,
        id=clean_id(said("id") or ""),
        name=clean_name(said("name") or ""),
        tags=None if (tags := said("tags")) is None else split_tags(tags),
        account=_fitting(_("channel account"), (said("account") or "").strip(), ACCOUNT_MAX)
        or None,
        picture_url=None if (url := said("picture_url")) is None else clean_picture(url),
        attributes={
            name: clean_attribute(name, cells[place] if place < len(cells) else "")
            for place, name in found.attributes
        },
        cells=cells,
    )


def _check_length(found: Columns, cells: Sequence[str]) -> None:
    if len(cells) < found.needed:
        raise Unfit(
            _("The row ends after %(count)s cells, before the id and the name are said."),
            count=len(cells),
        )
    if any(cell.strip() for cell in cells[len(found.header) :]):
        raise Unfit(
            _("The row has %(count)s cells; the first row has %(header)s."),
            count=len(cells),
            header=len(found.header),
        )


def clean_picture(text: str) -> str:
    url = _fitting(_("picture's address"), text.strip(), PICTURE_MAX)
    if url and not re.fullmatch(r"https?://[^\s/]+\S*", url, re.IGNORECASE):
        raise Unfit(_("The picture's address does not begin with https://."))
    return url


def clean_attribute(name: str, text: str) -> str:
    if len(text) > ATTRIBUTE_MAX:
        raise Unfit(*_too_long(), field=name, count=len(text), limit=ATTRIBUTE_MAX)
    return text.strip()


def _fitting(called: str, text: str, limit: int) -> str:
    if len(text) > limit:
        raise Unfit(*_too_long(), field=called, count=len(text), limit=limit)
    if CONTROL.search(text):
        raise Unfit(
            _("“%(field)s” has a character that cannot be seen, such as a line break."),
            field=called,
        )
    return text


def _too_long() -> tuple[str]:
    return (_("“%(field)s” has %(count)s characters; at most %(limit)s fit."),)


def shortened(text: str, length: int = 60) -> str:
    """On one line, for a sentence about it."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length] + "…"
