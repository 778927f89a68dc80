"""How the values of each placeholder are spread over an audience."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, TextField
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Length

from composer.vocabulary import placeholders
from push.audience import Audience
from push.models import ContactQuerySet

BLANK = Q(value="") | Q(value=None)


@dataclass(frozen=True)
class Spread:
    """One placeholder: with a value + by default + blank = the audience."""

    name: str
    default: str
    with_value: int
    by_default: int
    blank: int
    common: str
    common_count: int
    longest: str


def value(name: str) -> Combinable:
    """A contact's value for a placeholder, as the database reads it."""
    if name == "name":
        return F("name")
    if name == "id":
        return F("contactable_id")
    return Cast(KeyTextTransform(name, "attributes"), TextField())


def lacking(contacts: ContactQuerySet, name: str) -> ContactQuerySet:
    """Those whose value is missing or blank: the default is said to them."""
    return contacts.annotate(value=value(name)).filter(BLANK)


def over(audience: Audience, payload: Any) -> list[Spread]:
    total = audience.count()
    return [
        _spread(audience.contacts(), name, default, total=total)
        for name, default in _defaults(payload)
    ]


def _defaults(payload: Any) -> Iterator[tuple[str, str]]:
    """Each name once, with its first default; "" where none of its uses has one."""
    used = placeholders.used(payload)
    for name in placeholders.names(payload):
        yield name, next((use.default for use in used if use.name == name and use.default), "")


def _spread(contacts: ContactQuerySet, name: str, default: str, *, total: int) -> Spread:
    filled = contacts.annotate(value=value(name)).exclude(BLANK)
    with_value = filled.count()
    missing = total - with_value
    common = filled.values("value").annotate(count=Count("pk")).order_by("-count", "value").first()
    longest = filled.order_by(Length("value").desc(), "pk").values_list("value", flat=True).first()
    return Spread(
        name=name,
        default=default,
        with_value=with_value,
        by_default=missing if default else 0,
        blank=0 if default else missing,
        common=common["value"] if common else "",
        common_count=common["count"] if common else 0,
        longest=longest or "",
    )
