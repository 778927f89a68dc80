"""From a table's cells to a contact's fields, or the reason why not. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from composer.vocabulary.words import gettext_noop as _
from push.columns import Columns
from push.sentences import Sentence, Unfit

ID_MAX = 64
NAME_MAX = 200
TAG_MAX = 64
TAGS_MAX = 50
ACCOUNT_MAX = 120
PICTURE_MAX = 1_000
ATTRIBUTE_MAX = 2_000

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
SHORT_FORM = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)


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
        raise Unfit(
            _("%(count)s tags; a contact can have %(limit)s."), count=len(tags), limit=TAGS_MAX
        )
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
