"""Rows out of CSV and Excel files → contacts of one channel. `rows` decides, this acts."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import TypeVar

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.utils.translation import gettext

from push import attributes, rows, tags
from push.models import Contact
from push.patience import Patience, is_out_of_reach
from push.reader import Batch
from push.reader_process import Source
from push.rows import ParsedRow, Rejection
from push.sentences import Sentence

# A database that is restarted is back after half a minute of tries.
TRIES = 9
# Whose advisory locks these are, among those of the whole database.
TURN = 0x496D_706F
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
class Aim:
    """Whose contacts the rows are, and whether they are only compared; `account` is for rows
    that name none."""

    channel: str
    account: str = ""
    is_dry: bool = False


class Keeper:
    """Keeps each batch in a transaction of its own, with whatever else must be true with it."""

    @contextmanager
    def lock(self) -> Iterator[Counts | None]:
        """A transaction. Gives the counts that are committed, where somebody keeps them."""
        with transaction.atomic():
            yield None

    def save(self, counts: Counts, share: float) -> None:
        """Within the transaction, what is true when it commits."""


def run(
    source: Source,
    aim: Aim,
    *,
    done: Counts = NOTHING,
    on_row: Callable[[ParsedRow | Rejection], None] = lambda item: None,
    keeper: Keeper = Keeper(),  # noqa: B008
    patience: Patience | None = None,
) -> Counts:
    """Creates and updates contacts, batch by batch; running again changes nothing.

    `done` is what came of the rows that the source skips.
    """
    counts = done
    patience = patience or Patience(threading.Event())
    for batch in source.batches():
        for item in batch.items:
            on_row(item)
        counts = insist(partial(_keep, batch, aim, keeper, counts), patience)
    if not aim.is_dry:
        attributes.remember(name for _place, name in source.columns.attributes)
    return counts


Answer = TypeVar("Answer")


def insist(deed: Callable[[], Answer], patience: Patience) -> Answer:
    """Does it again when the database was locked, restarted or found a deadlock; not for ever."""
    for _try in range(TRIES - 1):
        try:
            answer = deed()
        except (DatabaseError, InterfaceError) as error:
            if not is_out_of_reach(error):
                raise
            patience.wait(error)
        else:
            patience.end()
            return answer
    return deed()


def _keep(batch: Batch, aim: Aim, keeper: Keeper, before: Counts) -> Counts:
    parsed = [item for item in batch.items if isinstance(item, ParsedRow)]
    with keeper.lock() as kept:
        if kept is not None and kept.total > before.total:
            # The try before had come through, only its answer was lost.
            return kept
        counts = before + _batch(parsed, aim)
        counts += Counts(rejected=len(batch.items) - len(parsed))
        keeper.save(counts, batch.share)
    return counts


def say(sentence: Sentence) -> str:
    """The sentence in the language of the moment."""
    return gettext(sentence.text) % {
        name: gettext(value) if name == "field" and isinstance(value, str) else value
        for name, value in sentence.params.items()
    }


def _batch(parsed: Sequence[ParsedRow], aim: Aim) -> Counts:
    if not aim.is_dry:
        _wait_turn(aim.channel)
    known = _known(aim.channel, [row.id for row in parsed])
    tags_of = _tags_of(contact.pk for contact in known.values())
    wanted = [(row, _contact(row, known.get(row.id), aim)) for row in parsed]
    new = [(row, contact) for row, contact in wanted if row.id not in known]
    changed = [
        (row, contact)
        for row, contact in wanted
        if (old := known.get(row.id)) and _differs(row, contact, old, tags_of.get(old.pk, set()))
    ]
    if not aim.is_dry:
        _write(new + changed, tags_of)
    return Counts(len(new), len(changed), len(parsed) - len(new) - len(changed))


def _wait_turn(channel: str) -> None:
    """One batch of a channel at a time, until its transaction ends.

    Two imports of the same contacts would lock them crosswise, and both count them as new. SQLite
    has one writer in any case.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [TURN, channel])


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


def _contact(row: ParsedRow, old: Contact | None, aim: Aim) -> Contact:
    """The contact as it should be; without its key, because a batch is one upsert by id."""
    said = {name: value for name, value in row.attributes.items() if value}
    kept = {k: v for k, v in (old.attributes if old else {}).items() if k not in row.attributes}
    return Contact(
        channel=aim.channel,
        contactable_id=row.id,
        name=(old.name if old else "") if row.name is None else row.name,
        account=row.account or aim.account or (old.account if old else ""),
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
        # Always in the same order, so that nobody who does likewise waits crosswise.
        sorted((contact for _row, contact in wanted), key=attrgetter("contactable_id")),
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
