"""Contacts who lack a value for a placeholder that has no default: who they are, and how many."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db.models import Count, Q, QuerySet, Value
from django.db.models.lookups import GreaterThan

from composer.vocabulary import placeholders
from composer.vocabulary.placeholders import Placeholder, is_blank
from push import values
from push.directory import Contact

# So many of them are shown by name.
SHOWN = 20
# While a message is written, so many contacts of a channel are looked at, once a minute (seconds).
LOOKED_AT = 100_000
SECONDS = 60
KEY = "push.missing_values"


@dataclass(frozen=True)
class Missing:
    """One placeholder, how many contacts lack a value for it, and the first of them."""

    name: str
    count: int
    contacts: Sequence[Contact] = ()

    @property
    def more(self) -> int:
        return self.count - len(self.contacts)


def has_value(name: str) -> Q:
    """Names are data, so they stand in an expression and never in a look-up."""
    return Q(GreaterThan(values.visible(name), Value("")))


def has_all(names: Iterable[str]) -> Q:
    found = Q()
    for name in names:
        found &= has_value(name)
    return found


def lacking(contacts: QuerySet[Contact], names: Collection[str]) -> QuerySet[Contact]:
    """Those without a value for at least one of these names."""
    return contacts.exclude(has_all(names)) if names else contacts.none()


def find(contacts: QuerySet[Contact], names: Collection[str]) -> list[str]:
    """Of these names, those that anybody lacks; mostly one query finds that nobody does."""
    if not lacking(contacts, names).exists():
        return []
    return [name for name in names if lacking(contacts, [name]).exists()]


def count(contacts: QuerySet[Contact], names: Sequence[str]) -> list[Missing]:
    """How many lack each of these names, with the first of them; without those nobody lacks."""
    if not names:
        return []
    missing = _count(contacts, names)
    return show(contacts, {name: many for name, many in missing.items() if many})


def show(contacts: QuerySet[Contact], counted: Mapping[str, int]) -> list[Missing]:
    """The first of those who lack each name, where they were counted already."""
    return [
        Missing(name, many, list(lacking(contacts, [name]).order_by("pk")[:SHOWN]))
        for name, many in counted.items()
    ]


def count_on(channel: str, names: Sequence[str]) -> tuple[int, dict[str, int]]:
    """How many contacts of a channel are looked at, and how many of them lack each name.

    Kept for a minute by each process, so that writing a message asks only about new names.
    """
    cache = caches["process"]
    keys = {name: f"{KEY}:{channel}:{name}" for name in ["", *names]}
    known = cache.get_many(keys.values())
    fresh = [name for name in keys if keys[name] not in known]
    if fresh:
        looked_at = Contact.objects.on(channel).reachable().order_by("pk").values("pk")[:LOOKED_AT]
        counted = _count(Contact.objects.filter(pk__in=looked_at), fresh)
        found = {keys[name]: number for name, number in counted.items()}
        cache.set_many(found, SECONDS)
        known |= found
    return known[keys[""]], {name: known[keys[name]] for name in names}


def _count(contacts: QuerySet[Contact], names: Sequence[str]) -> dict[str, int]:
    """How many lack each name; under the empty one, how many there are."""
    filled = {
        f"filled_{number}": Count("pk", filter=has_value(name))
        for number, name in enumerate(names)
        if name
    }
    counted = contacts.order_by().aggregate(total=Count("pk"), **filled)
    return {
        name: counted["total"] - counted[f"filled_{number}"] if name else counted["total"]
        for number, name in enumerate(names)
    }


def fill(own: Mapping[str, str], fallbacks: Mapping[str, str]) -> dict[str, str]:
    """One contact's values, with a fallback where the own one is blank: as the fan-out does it."""
    return {**own} | {
        name: value
        for name, value in fallbacks.items()
        if value and is_blank(Placeholder(name, None).given(own))
    }


def undecided(payload: Any, fallbacks: Mapping[str, str]) -> list[str]:
    """Names that nobody may be sent a blank for: no default, and no word that it may be blank.

    One with a fallback is among them: a value that only `is_blank` knows to show nothing has
    kept the database from putting the fallback in its place.
    """
    return [name for name in placeholders.required(payload) if fallbacks.get(name) != ""]
