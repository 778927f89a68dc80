"""The tokens that posts leave with: employees of FIRST LINE, each with a pace of its own.

A token is never shown, not even a part of it: people see its number in the setting, the
database a digest. One that FIRST LINE refuses is set aside, for every process, until it is given
another chance: when a broadcast begins or is resumed, or by a person's press.
"""

import hashlib
import logging
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from people import record
from push import outcomes, statements
from push.models import Pace

logger = logging.getLogger(__name__)

# The columns of a pace that every database says in the same way.
PLAIN = ("id", "key", "troubles", "reason")


@dataclass(frozen=True)
class Token:
    """`number` is for people, `key` for the database, `secret` for one header and nothing else."""

    number: int
    key: str
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Standing:
    """How one token does, for people."""

    number: int
    reason: str = ""
    refused_at: datetime | None = None

    @property
    def label(self) -> str:
        return _("Token %(number)s") % {"number": self.number}

    @property
    def is_set_aside(self) -> bool:
        return self.refused_at is not None

    @property
    def text(self) -> str:
        """What is the matter and what to do; empty while it posts."""
        return outcomes.reason_text("token_set_aside" if self.is_set_aside else self.reason)


def known() -> tuple[Token, ...]:
    """Those in the setting, each once; without any, posts carry none, which is one as well."""
    return _parsed(settings.FIRSTLINE_API_TOKEN)


@lru_cache(maxsize=8)
def _parsed(listed: str) -> tuple[Token, ...]:
    secrets = dict.fromkeys(secret.strip() for secret in listed.split(",") if secret.strip())
    return tuple(
        Token(number, _key(secret), secret) for number, secret in enumerate(secrets or [""], 1)
    )


def _key(secret: str) -> str:
    return "token:" + hashlib.sha256(secret.encode()).hexdigest()[:16]


def keys() -> list[str]:
    return [token.key for token in known()]


def held(*others: str) -> tuple[list[Pace], datetime]:
    """The rows of all tokens and these, until the transaction ends, and the database's time.

    Everybody takes them in one order, so that nobody waits for somebody who waits for him.
    """
    wanted = sorted({*keys(), *others}, reverse=True)
    found = _locked(wanted)
    if len(found) < len(wanted):
        missing = set(wanted) - {row.key for row, _now in found}
        new = [Pace(key=key, next_at=Now()) for key in wanted if key in missing]
        Pace.objects.bulk_create(new, ignore_conflicts=True)
        found = _locked(wanted)
    return [row for row, _now in found], found[0][1]


def _locked(wanted: Collection[str]) -> list[tuple[Pace, datetime]]:
    found = []
    for *known, next_at, refused_at, now in statements.rows(_rows, *wanted):
        row = Pace.from_db("default", PLAIN, known)
        row.next_at, row.refused_at = statements.moment(next_at), refused_at
        found.append((row, statements.moment(now)))
    return found


def _rows(*wanted: str) -> QuerySet[Any, Any]:
    rows = Pace.objects.filter(key__in=wanted).order_by("-key").select_for_update()
    return rows.values_list(*PLAIN, "next_at", "refused_at", Now())


def set_aside(refused: Collection[str]) -> None:
    """No process posts with these any more; part of the caller's transaction."""
    in_use = {row.key for row in held()[0] if row.refused_at is None}
    for token in known():
        if token.key in in_use & set(refused):
            Pace.objects.filter(key=token.key).update(refused_at=Now())
            logger.error("token %s is refused and set aside", token.number)
            record.note(None, "token_refused", target=token.number)


def give_chance() -> int:
    """Those set aside post again, at first one post to see; part of the caller's transaction."""
    aside = [row.pk for row in held()[0] if row.refused_at is not None]
    again = {"refused_at": None, "troubles": 1, "reason": "", "next_at": Now()}
    return Pace.objects.filter(pk__in=aside).update(**again) if aside else 0


def try_again(*, by: User | None) -> int:
    """A person's press; gives how many get another chance."""
    with transaction.atomic():
        count = give_chance()
        if count:
            record.note(by, "token_tried", tokens=count)
    return count


def standings() -> list[Standing]:
    """Every token's, in the order of the setting; one query."""
    rows = {row.key: row for row in Pace.objects.filter(key__in=keys())}
    found = [(token.number, rows.get(token.key)) for token in known()]
    return [
        Standing(number, row.reason, row.refused_at) if row else Standing(number)
        for number, row in found
    ]
