"""From a table's cells to a contact's fields, or the reason why not. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from composer.vocabulary.words import gettext_noop as _
from people.csv_injection import unguard
from push import contact_ids
from push.cells import ERRORS, ErrorCell, NoResult, Rounded, Row
from push.columns import Columns
from push.contact_ids import APOSTROPHE, EQUALS_GUARD, SHORT_FORM, clean_id
from push.sentences import Sentence, Unfit, shortened

ID_MAX = contact_ids.ID_MAX
NAME_MAX = 200
TAG_MAX = 64
TAGS_MAX = 50
ACCOUNT_MAX = 120
PICTURE_MAX = 1_000
ATTRIBUTE_MAX = 2_000

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
# What tells several tags apart elsewhere; here it is part of a tag, which is said.
OTHER_DELIMITERS = re.compile("[,，、|]")
LINE_END = re.compile("\r\n?")
# How cells begin that may be guarded, or say that a formula went wrong.
SPECIAL = re.compile("\\s*[=＝'’‘＇#]")
NO_ZERO = re.compile(r"9\d{8}", re.ASCII)

READ_AS = _("“%(cell)s” is read as “%(value)s”.")
NO_RESULT = _(
    "Formulas without a result: the values that contacts have are kept. Open the file in Excel, "
    "let it calculate, save it and import it again."
)
ERROR = _("Formulas that went wrong, such as %(cell)s, are read as blank.")
ROUNDED = _(
    "Numbers of more than 15 digits, such as %(cell)s: Excel has rounded them, so the values that "
    "contacts have are kept. Format the column as text and enter them again."
)
SHORTENED = _(
    "“%(cell)s” is kept as it is: Excel has shortened a long number. Format the column as text "
    "and enter it again."
)
ONE_TAG = _("“%(cell)s” is one tag. To make it several, separate them with semicolons.")
ZERO_LOST = _(
    "“%(cell)s” is kept as it is: a phone number of 9 digits that begins with 9 may have lost its "
    "0. Format the column as text and enter it again."
)
NO_TITLE = _("This column has no name; its values, such as “%(cell)s”, are left out.")


@dataclass(frozen=True)
class Remark:
    """What people should know of how a cell was read."""

    place: int
    sentence: Sentence


@dataclass(frozen=True)
class ParsedRow:
    """What one row says of a contact. None is not said; an empty attribute takes it away."""

    line: int
    id: str
    name: str | None
    tags: tuple[str, ...] | None
    account: str | None
    picture_url: str | None
    attributes: Mapping[str, str]
    cells: Sequence[str]
    remarks: Sequence[Remark] = field(default_factory=list)


@dataclass(frozen=True)
class Rejection:
    """A row that is left out, and why."""

    line: int
    cells: Sequence[str]
    reason: Sentence


def parse(found: Columns, row: Row) -> ParsedRow | Rejection:
    try:
        return _Reader(found, row).read()
    except Unfit as error:
        return Rejection(row.line, tuple(map(str, row.cells)), error.sentence)


def is_blank(row: Row) -> bool:
    return row.fault is None and not row.has_text


@lru_cache(maxsize=1_000)
def split_tags(text: str) -> tuple[str, ...]:
    """Tags apart at `;` or `；`, each once, whatever its case; raises Unfit."""
    names: dict[str, str] = {}
    for part in re.split("[;；]", text):
        name = contact_ids.bare(" ".join(part.split()))
        names.setdefault(fold_tag(name), name)
    tags = tuple(_fitting(_("tag"), name, TAG_MAX) for name in names.values() if name)
    if len(tags) > TAGS_MAX:
        raise Unfit(
            _("%(count)s tags; a contact can have %(limit)s."), count=len(tags), limit=TAGS_MAX
        )
    return tags


def fold_tag(name: str) -> str:
    """The same for all spellings of one tag."""
    return unicodedata.normalize("NFKC", name).casefold()


def clean_name(text: str) -> str:
    return _fitting(_("name"), text.strip(), NAME_MAX)


class _Reader:
    """Reads one row, and remembers what is to be said of its cells."""

    def __init__(self, found: Columns, row: Row) -> None:
        self._columns, self._row = found, row
        self._remarks: list[Remark] = []

    def read(self) -> ParsedRow:
        found, cells = self._columns, self._row.cells
        if fault := self._row.fault:
            raise Unfit(fault.text, **fault.params)
        if "\0" in "".join(cells):
            raise Unfit(_("The row has a NUL character."))
        _check_length(found, cells)
        if _is_header(found, cells):
            raise Unfit(_("The row repeats the header."))
        name, tags, picture = self._text("name"), self._text("tags"), self._text("picture_url")
        self._remark_untitled()
        return ParsedRow(
            line=self._row.line,
            id=self._id(),
            name=None if name is None else clean_name(name),
            tags=None if tags is None else self._tags(tags),
            account=clean_account(self._text("account") or "") or None,
            picture_url=None if picture is None else clean_picture(picture),
            attributes=dict(self._attributes()),
            cells=tuple(map(str, cells)),
            remarks=self._remarks,
        )

    def _id(self) -> str:
        place = self._columns.places["id"]
        cell = self._cell(place)
        found = clean_id(cell)
        if found != cell.strip():
            self._remark(place, READ_AS, cell, value=found)
        return found

    def _attributes(self) -> Iterator[tuple[str, str]]:
        for place, name in self._columns.attributes:
            text = self._known(place)
            if text is None:
                continue
            text = clean_attribute(name, text)
            if place in self._columns.phones and NO_ZERO.fullmatch(text):
                self._remark(place, ZERO_LOST, text)
            elif SHORT_FORM.fullmatch(text):
                self._remark(place, SHORTENED, text)
            yield name, text

    def _tags(self, text: str) -> tuple[str, ...]:
        tags = split_tags(text)
        for tag in tags:
            if OTHER_DELIMITERS.search(tag):
                self._remark(self._columns.places["tags"], ONE_TAG, tag)
        return tags

    def _text(self, name: str) -> str | None:
        """What the column of a field says; None when there is none, or it does not know."""
        place = self._columns.places.get(name)
        return None if place is None else self._known(place)

    def _known(self, place: int) -> str | None:
        cell = self._cell(place)
        if type(cell) is str and not SPECIAL.match(cell):
            return cell
        if isinstance(cell, NoResult):
            self._remark(place, NO_RESULT, "")
            return None
        if isinstance(cell, Rounded):
            self._remark(place, ROUNDED, cell)
            return None
        error = cell.error if isinstance(cell, ErrorCell) else cell
        if error.startswith("#") and error.strip() in ERRORS:
            self._remark(place, ERROR, error)
            return ""
        text = unwrap(cell)
        if text != cell:
            self._remark(place, READ_AS, cell, value=text)
        return text

    def _cell(self, place: int) -> str:
        return self._row.cells[place] if place < len(self._row.cells) else ""

    def _remark(self, place: int, text: str, cell: str, **params: str) -> None:
        told = {name: shortened(str(value)) for name, value in {"cell": cell, **params}.items()}
        self._remarks.append(Remark(place, Sentence(text, told if cell else {})))

    def _remark_untitled(self) -> None:
        for place in self._columns.untitled:
            if (cell := self._cell(place)).strip():
                self._remark(place, NO_TITLE, cell)


def unwrap(cell: str) -> str:
    """The text that a guard against spreadsheets holds."""
    text = unguard(cell)
    if text != cell or type(cell) is not str:
        return str(text)
    if match := EQUALS_GUARD.fullmatch(text.strip()):
        return match[1]
    return text[1:] if APOSTROPHE.match(text) and text[1:].isdecimal() else text


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


def _is_header(found: Columns, cells: Sequence[str]) -> bool:
    """Files that were joined have the header of each."""
    place = found.places["id"]
    if contact_ids.bare(cells[place]) != found.header[place]:
        return False
    titles = zip(cells, found.header, strict=False)
    return all(contact_ids.bare(cell) == title for cell, title in titles)


def clean_account(text: str) -> str:
    return _fitting(_("channel account"), text.strip(), ACCOUNT_MAX)


def clean_picture(text: str) -> str:
    url = _fitting(_("picture's address"), text.strip(), PICTURE_MAX)
    if url and not re.fullmatch(r"https?://[^\s/]+\S*", url, re.IGNORECASE):
        raise Unfit(_("The picture's address does not begin with https://."))
    return url


def clean_attribute(name: str, text: str) -> str:
    if len(text) > ATTRIBUTE_MAX:
        raise Unfit(*_too_long(), field=name, count=len(text), limit=ATTRIBUTE_MAX)
    return LINE_END.sub("\n", text.strip())


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
