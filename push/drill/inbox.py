"""What arrived, phone by phone: read from the index, with the names that our contacts have."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.dateparse import parse_datetime

from composer import preview
from composer.preview import Preview
from push.drill import index
from push.drill.arrivals import Arrival
from push.models import Contact

# More than a person would look through; beyond them a search finds ids only.
NAMED = 5_000
SHOWN = 30
NEWEST = 2**62
NO_WORDS = {"type": "text", "message": ""}
FILTER = """
    (:channel = '' OR phone.channel = :channel) AND (:words = '' OR phone.contact LIKE :words
     ESCAPE '!' OR phone.channel || ':' || phone.contact IN (SELECT value FROM json_each(:named)))
"""
COUNT = f"SELECT count(*) FROM phone WHERE {FILTER}"  # noqa: S608 - made of constants
PHONES = f"""
    SELECT phone.channel, phone.contact, arrived, refused,
           (SELECT count(*) FROM message AS fresh WHERE fresh.id > :since
            AND fresh.channel = phone.channel AND fresh.contact = phone.contact),
           id, at, message.channel, status, body, answer
    FROM phone JOIN message ON message.id = phone.last
    WHERE {FILTER} ORDER BY last DESC LIMIT :limit OFFSET :offset
"""  # noqa: S608 - made of constants
ONE = "SELECT arrived, refused FROM phone WHERE channel = ? AND contact = ?"
ARRIVALS = """
    SELECT id, at, channel, status, body, answer FROM message
    WHERE channel = ? AND contact = ? AND id < ? ORDER BY id DESC LIMIT ?
"""


@dataclass(frozen=True)
class Phone:
    """A pretend contact that something was posted to; `fresh` came in since the page opened."""

    channel: str
    id: str
    arrived: int = 0
    refused: int = 0
    fresh: int = 0
    last: Arrival | None = None
    contact: Contact | None = None

    @property
    def key(self) -> str:
        return f"{self.channel}:{self.id}"

    @property
    def name(self) -> str:
        return self.contact.name if self.contact else ""

    @property
    def shop(self) -> str:
        """The account that writes to it, as far as we know."""
        return self.contact.account if self.contact else ""

    @property
    def shell(self) -> Preview:
        """What surrounds the messages on this channel."""
        return preview.draw(NO_WORDS, channel=self.channel, shop=self.shop)


@dataclass(frozen=True)
class Phones(Sequence[Phone]):
    """Those that a filter leaves, the newest post first; fetched a slice at a time."""

    channel: str = ""
    words: str = ""
    since: int = NEWEST

    def __len__(self) -> int:
        with _reading() as found:
            return int(found.execute(COUNT, self._asked).fetchone()[0]) if found else 0

    def __getitem__(self, wanted: Any) -> Any:
        page = {"offset": wanted.start, "limit": wanted.stop - wanted.start, "since": self.since}
        with _reading() as found:
            rows = found.execute(PHONES, {**self._asked, **page}).fetchall() if found else []
        return list(_named([_phone(row) for row in rows]))

    @cached_property
    def _asked(self) -> dict[str, str]:
        if not self.words:
            return {"channel": self.channel, "words": "", "named": "[]"}
        escaped = self.words.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        known = Contact.objects.matching(self.words).values_list("channel", "contactable_id")
        named = json.dumps([f"{channel}:{id}" for channel, id in known[:NAMED]])
        return {"channel": self.channel, "words": f"%{escaped}%", "named": named}


def path() -> Path:
    return index.beside(journal())


def journal() -> Path:
    return Path(settings.DATA_DIR) / "drill.jsonl"


def newest() -> int:
    """The number of the post that came last; grows with every post."""
    with _reading() as found:
        return int(found.execute("SELECT max(last) FROM phone").fetchone()[0] or 0) if found else 0


def counts() -> dict[str, int]:
    """How many phones of each channel something was posted to."""
    asked = "SELECT channel, count(*) FROM phone GROUP BY channel"
    with _reading() as found:
        return dict(found.execute(asked).fetchall()) if found else {}


def phone(key: str) -> Phone:
    """The phone of `line:1006`, also while nothing has been posted to it."""
    channel, _, id = key.partition(":")
    with _reading() as found:
        row = found.execute(ONE, (channel, id)).fetchone() if found else None
    arrived, refused = row or (0, 0)
    return next(_named([Phone(channel, id, arrived, refused)]))


def arrivals(phone: Phone, *, before: int = NEWEST) -> tuple[list[Arrival], int]:
    """The last posts to a phone, oldest first, and before which there are more (0: none)."""
    asked = (phone.channel, phone.id, before, SHOWN + 1)
    with _reading() as found:
        rows = found.execute(ARRIVALS, asked).fetchall() if found else []
    shown = [replace(_arrival(row), shop=phone.shop) for row in reversed(rows[:SHOWN])]
    return shown, shown[0].number if len(rows) > SHOWN else 0


@contextmanager
def _reading() -> Iterator[sqlite3.Connection | None]:
    """The index, or None while there is none to read."""
    found = _opened()
    try:
        yield found
    finally:
        if found:
            found.close()


def _opened() -> sqlite3.Connection | None:
    if not path().exists():
        return None
    try:
        found = sqlite3.connect(path(), timeout=5)
        found.execute("PRAGMA query_only=ON")
        is_ready = found.execute("PRAGMA user_version").fetchone()[0] == index.FORMAT
    except sqlite3.Error:
        # The drill server says what is wrong with it, and makes it anew where it can.
        return None
    return found if is_ready else None


def _phone(row: Sequence[Any]) -> Phone:
    channel, id, arrived, refused, fresh, *last = row
    return Phone(channel, id, arrived, refused, fresh, _arrival(last))


def _arrival(row: Sequence[Any]) -> Arrival:
    number, at, channel, status, body, answer = row
    when = parse_datetime(at)
    assert when, "the journal writes ISO times"
    return Arrival(number, when, channel, status, json.loads(body), json.loads(answer))


def _named(phones: Iterable[Phone]) -> Iterator[Phone]:
    """With the contacts that we know them by, in one query."""
    phones = list(phones)
    wanted = Q(pk__in=[])
    for channel in {phone.channel for phone in phones}:
        ids = [phone.id for phone in phones if phone.channel == channel]
        wanted |= Q(channel=channel, contactable_id__in=ids)
    known = {
        (found.channel, found.contactable_id): found for found in Contact.objects.filter(wanted)
    }
    for phone in phones:
        yield replace(phone, contact=known.get((phone.channel, phone.id)))
