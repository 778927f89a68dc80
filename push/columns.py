"""Which column of a table is what, by its header. Pure."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from composer.vocabulary import contact_fields, placeholders
from composer.vocabulary.words import gettext_noop as _
from push import contact_ids
from push.cells import Row
from push.sentences import Sentence, Unreadable, shortened

# What people call the columns; compared as `contact_fields.normalize` says.
NAMES: dict[str, tuple[str, ...]] = {
    **contact_fields.NAMES,
    "tags": ("tags", "tag", "標籤", "标签"),
    "account": ("account", "channelaccount", "管道帳號", "帳號", "账号"),
    "picture_url": ("pictureurl", "picture", "頭像", "頭像網址", "圖片網址", "头像"),
}
FIELD_OF = {name: field for field, names in NAMES.items() for name in names}

# Beside a column of another of the words these are columns of their own.
SECOND_CHOICES = {"fullname", "displayname", "contactname", "名字", "顯示名稱"}
# What our report of rejected rows adds, in both languages.
REPORT_LINE = {"line", "行", "行號", "列", "列號"}
REPORT_REASON = {"reason", "原因", "理由"}
PHONE = re.compile("phone|mobile|cell|tel|電話|手機|行動|聯絡方式", re.IGNORECASE)

# So many rows may hold a title before the header comes.
HEADER_WITHIN = 10
COLUMNS_MAX = 100
ATTRIBUTE_NAME_MAX = 64


@dataclass(frozen=True)
class Columns:
    """Where in a row each field stands, by the header."""

    header: tuple[str, ...]
    places: Mapping[str, int]
    attributes: tuple[tuple[int, str], ...]
    notes: tuple[Sentence, ...]
    phones: frozenset[int] = frozenset()
    untitled: tuple[int, ...] = ()

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


def find(body: Iterator[Row], *, width: int = 0) -> Columns:
    """Reads the header off the rows; it may stand under a title. Raises Unreadable.

    The table has so many columns, also where the header has fewer names.
    """
    above: list[Row] = []
    for row in islice((row for row in body if row.has_text), HEADER_WITHIN):
        if row.fault and not above:
            raise Unreadable(row.fault.text, **row.fault.params)
        if _is_header(row.cells):
            found = read([*row.cells, *[""] * (width - len(row.cells))])
            return replace(found, notes=(*_skipped(above), *found.notes)) if above else found
        above.append(row)
    if not above:
        raise Unreadable(_("The file is empty."))
    return read(above[0].cells)


def read(header: Sequence[str]) -> Columns:
    """Reads the header; raises Unreadable when it will not do."""
    titles = tuple(contact_ids.bare(title) for title in header)
    if any(titles[COLUMNS_MAX:]):
        raise Unreadable(
            _("The file has more than %(limit)s columns, the most that can be read."),
            limit=COLUMNS_MAX,
        )
    titles = titles[:COLUMNS_MAX]
    places = _places(titles)
    _require(places, titles)
    report = _report_columns(titles)
    attributes, notes = _attributes(titles, without={*places.values(), *report})
    if report:
        notes = (_from_report(titles[place] for place in report), *notes)
    return Columns(
        titles,
        places,
        attributes,
        notes,
        phones=frozenset(place for place, name in attributes if PHONE.search(name)),
        untitled=tuple(place for place, title in enumerate(titles) if not title),
    )


def _is_header(cells: Sequence[str]) -> bool:
    return {"id", "name"} <= {field_of(cell) for cell in cells}


def _skipped(above: Sequence[Row]) -> Iterator[Sentence]:
    first = next(cell for cell in above[0].cells if cell.strip())
    yield Sentence(
        _("What stands above the header is left out: “%(text)s”."), {"text": shortened(first)}
    )


def _report_columns(titles: Sequence[str]) -> tuple[int, ...]:
    """The two columns that our own report of rejected rows adds."""
    folded = [contact_fields.normalize(title) for title in titles]
    for place, (line, reason) in enumerate(pairwise(folded)):
        if line in REPORT_LINE and reason in REPORT_REASON:
            return place, place + 1
    return ()


def _from_report(titles: Iterable[str]) -> Sentence:
    first, second = titles
    return Sentence(
        _("“%(first)s” and “%(second)s” come from a report of rejected rows and are left out."),
        {"first": first, "second": second},
    )


def _places(titles: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, title in enumerate(titles):
        name = field_of(title)
        if name is None or (name in places and _is_second_choice(title)):
            continue
        if name in places and not _is_second_choice(titles[places[name]]):
            raise Unreadable(
                _("“%(first)s” and “%(second)s” are both read as the same column: keep one."),
                first=shortened(titles[places[name]]),
                second=shortened(title),
            )
        places[name] = index
    return places


def _is_second_choice(title: str) -> bool:
    return contact_fields.normalize(title) in SECOND_CHOICES


def _require(places: Mapping[str, int], titles: Iterable[str]) -> None:
    missing = [name for name in ("id", "name") if name not in places]
    if missing:
        raise Unreadable(
            _("A column is missing: %(missing)s. The first row has: %(found)s."),
            missing=", ".join(f"“{name}”" for name in missing),
            found=", ".join(f"“{shortened(title)}”" for title in titles if title) or "–",
        )


def _attributes(
    titles: Sequence[str], *, without: Container[int]
) -> tuple[tuple[tuple[int, str], ...], tuple[Sentence, ...]]:
    kept: dict[str, int] = {}
    notes: list[Sentence] = []
    for index, title in enumerate(titles):
        if index in without or not title:
            continue
        name = re.sub(r"\s+", "_", title)
        if not is_placeholder(name):
            notes.append(_left_out(title))
        elif name in kept:
            raise Unreadable(_("The column “%(name)s” is there twice: keep one."), name=name)
        else:
            kept[name] = index
            notes += [_renamed(title, name)] if name != title else []
    return tuple((index, name) for name, index in kept.items()), tuple(notes)


def _left_out(title: str) -> Sentence:
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
