"""CSV and Excel files → contacts of one channel. `rows` decides, this acts."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext

from composer.vocabulary.words import gettext_noop as _
from push import attributes, columns, rows, tables, tags
from push.cells import Row
from push.columns import Columns
from push.models import Contact
from push.rows import ParsedRow, Rejection
from push.sentences import Sentence

BATCH = 1_000
FIELDS = ["name", "account", "picture_url", "attributes"]


@dataclass(frozen=True)
class Counts:
    """What became of the rows, or would."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.created + other.created,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.rejected + other.rejected,
        )

    @property
    def total(self) -> int:
        return self.created + self.updated + self.unchanged + self.rejected


NOTHING = Counts()


@dataclass(frozen=True)
class Source:
    """A file whose header has been read."""

    table: tables.Table
    columns: Columns
    body: Iterator[Row]

    def items(self) -> Iterator[ParsedRow | Rejection]:
        """Every row that is not blank, as it is understood, each id once."""
        with closing(Seen()) as seen:
            for row in self.body:
                if not rows.is_blank(row):
                    yield seen.checked(rows.parse(self.columns, row))


class Seen:
    """The ids of a file and their lines: on disk, because there may be a million."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute("PRAGMA synchronous=OFF")
        self._base.execute("CREATE TABLE seen (id TEXT PRIMARY KEY, line INT) WITHOUT ROWID")
        self._base.execute("BEGIN")

    def close(self) -> None:
        self._base.close()

    def checked(self, item: ParsedRow | Rejection) -> ParsedRow | Rejection:
        if isinstance(item, Rejection):
            return item
        put = "INSERT OR IGNORE INTO seen VALUES (?, ?)"
        if self._base.execute(put, (item.id, item.line)).rowcount:
            return item
        get = "SELECT line FROM seen WHERE id = ?"
        (line,) = self._base.execute(get, (item.id,)).fetchone()
        reason = Sentence(_("The id is already on line %(line)s."), {"line": line})
        return Rejection(item.line, item.cells, reason)


@contextmanager
def opened(path: Path, *, encoding: str = "", sheet: str = "") -> Iterator[Source]:
    """Raises Unreadable when the file or its header will not do, and OSError."""
    with (
        path.open("rb") as file,
        tables.opened(file, encoding=encoding, sheet=sheet) as table,
    ):
        body = table.rows()
        yield Source(table, columns.find(body), body)


def run(
    source: Source,
    *,
    channel: str,
    account: str = "",
    is_dry: bool = False,
    done: Counts = NOTHING,
    on_row: Callable[[ParsedRow | Rejection], None] = lambda item: None,
    on_batch: Callable[[Counts, float], None] = lambda counts, share: None,
) -> Counts:
    """Creates and updates contacts, a transaction for each batch; running again changes nothing.

    A dry run does all but writing. `account` is for rows that name none, `done` is what a run
    that was stopped had counted: its rows are read but not written again.
    """
    counts, place = done, 0
    for items in _batches(source.items()):
        for item in items:
            on_row(item)
        place += len(items)
        if place <= done.total:
            continue
        parsed = [item for item in items if isinstance(item, ParsedRow)]
        with transaction.atomic():
            counts += _batch(parsed, channel=channel, account=account, is_dry=is_dry)
        counts += Counts(rejected=len(items) - len(parsed))
        on_batch(counts, source.table.share)
    if not is_dry:
        attributes.remember(name for _place, name in source.columns.attributes)
    return counts


def say(sentence: Sentence) -> str:
    """The sentence in the language of the moment."""
    return gettext(sentence.text) % {
        name: gettext(value) if name == "field" and isinstance(value, str) else value
        for name, value in sentence.params.items()
    }


def _batches(
    items: Iterator[ParsedRow | Rejection],
) -> Iterator[list[ParsedRow | Rejection]]:
    while batch := list(islice(items, BATCH)):
        yield batch


def _batch(parsed: Sequence[ParsedRow], *, channel: str, account: str, is_dry: bool) -> Counts:
    known = _known(channel, [row.id for row in parsed])
    tags_of = _tags_of(contact.pk for contact in known.values())
    wanted = [(row, _contact(row, known.get(row.id), channel, account)) for row in parsed]
    new = [(row, contact) for row, contact in wanted if row.id not in known]
    changed = [
        (row, contact)
        for row, contact in wanted
        if (old := known.get(row.id)) and _differs(row, contact, old, tags_of.get(old.pk, set()))
    ]
    if not is_dry:
        _write(new + changed, tags_of)
    return Counts(len(new), len(changed), len(parsed) - len(new) - len(changed))


def _known(channel: str, ids: Sequence[str]) -> dict[str, Contact]:
    # In no order: asked for one, SQLite walks the whole channel by name.
    found = Contact.objects.on(channel).filter(contactable_id__in=ids).order_by()
    return {contact.contactable_id: contact for contact in found}


def _tags_of(contacts: Iterable[int]) -> dict[int, set[str]]:
    links = Contact.tags.through.objects.filter(contact_id__in=list(contacts))
    names: dict[int, set[str]] = {}
    for contact, name in links.values_list("contact_id", "tag__name"):
        names.setdefault(contact, set()).add(name)
    return names


def _contact(row: ParsedRow, old: Contact | None, channel: str, account: str) -> Contact:
    """The contact as it should be; without its key, because a batch is one upsert by id."""
    said = {name: value for name, value in row.attributes.items() if value}
    kept = {k: v for k, v in (old.attributes if old else {}).items() if k not in row.attributes}
    return Contact(
        channel=channel,
        contactable_id=row.id,
        name=(old.name if old else "") if row.name is None else row.name,
        account=row.account or account or (old.account if old else ""),
        picture_url=(old.picture_url if old else "")
        if row.picture_url is None
        else row.picture_url,
        attributes=kept | said,
    )


def _differs(row: ParsedRow, contact: Contact, old: Contact, tags_of: set[str]) -> bool:
    if row.tags is not None and _folded(row.tags) != _folded(tags_of):
        return True
    return any(getattr(contact, field) != getattr(old, field) for field in FIELDS)


def _write(wanted: Sequence[tuple[ParsedRow, Contact]], tags_of: Mapping[int, set[str]]) -> None:
    Contact.objects.bulk_create(
        [contact for _row, contact in wanted],
        update_conflicts=True,
        unique_fields=["channel", "contactable_id"],
        update_fields=[*FIELDS, "updated_at"],
    )
    _link({contact.pk: row.tags for row, contact in wanted if row.tags is not None}, tags_of)


def _link(wanted: Mapping[int, Sequence[str]], old: Mapping[int, set[str]]) -> None:
    """Tags as wanted, however they are spelled: a query for new links, one for each tag lost."""
    through = Contact.tags.through
    kept = tags.ensure(chain.from_iterable(wanted.values()))
    through.objects.bulk_create(
        [
            through(contact_id=contact, tag_id=kept[name].pk)
            for contact, names in wanted.items()
            for name in sorted(_folded(names) - _folded(old.get(contact, set())))
        ],
        ignore_conflicts=True,
    )
    lost: dict[str, list[int]] = {}
    for contact, names in wanted.items():
        for name in old.get(contact, set()):
            if rows.fold_tag(name) not in _folded(names):
                lost.setdefault(name, []).append(contact)
    for name, contacts in lost.items():
        through.objects.filter(tag__name=name, contact_id__in=contacts).delete()


def _folded(names: Iterable[str]) -> set[str]:
    return {rows.fold_tag(name) for name in names}
