"""How the values of each placeholder are spread over an audience."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max
from django.db.models.functions import Length

from composer.vocabulary import placeholders
from push import missing_values
from push.audience import Audience
from push.models import Contact, ContactQuerySet
from push.values import value

# The most common value is sought among so many: grouping a million takes half a minute.
SAMPLED = 20_000


@dataclass(frozen=True)
class Spread:
    """One placeholder: with a value + by default + blank = the audience."""

    name: str
    default: str
    with_value: int
    by_default: int
    blank: int
    common: str
    longest: str


def over(audience: Audience, payload: Any) -> list[Spread]:
    """Everybody is counted once, whatever the number of placeholders."""
    defaults = dict(_defaults(payload))
    if not defaults:
        return []
    contacts = audience.contacts()
    counted = _counted(contacts, list(defaults))
    sample = Contact.objects.filter(pk__in=contacts.order_by("pk").values("pk")[:SAMPLED])
    return [
        _spread(contacts, sample, number, name, default, counted)
        for number, (name, default) in enumerate(defaults.items())
    ]


def _defaults(payload: Any) -> Iterator[tuple[str, str]]:
    """Each name once, with its first default; "" where a use of it has none."""
    defaults = {use.name: use.default or "" for use in reversed(placeholders.used(payload))}
    blank = dict.fromkeys(placeholders.required(payload), "")
    for name in placeholders.names(payload):
        yield name, blank.get(name, defaults[name])


def _counted(contacts: ContactQuerySet, names: list[str]) -> Mapping[str, int]:
    valued = contacts.order_by().annotate(
        **{f"value_{number}": value(name) for number, name in enumerate(names)}
    )
    filled = {
        f"filled_{number}": Count("pk", filter=missing_values.has_value(name))
        for number, name in enumerate(names)
    }
    length = {f"length_{number}": Max(Length(f"value_{number}")) for number in range(len(names))}
    return valued.aggregate(total=Count("pk"), **filled, **length)


def _spread(
    contacts: ContactQuerySet,
    sample: ContactQuerySet,
    number: int,
    name: str,
    default: str,
    counted: Mapping[str, int],
) -> Spread:
    missing = counted["total"] - counted[f"filled_{number}"]
    return Spread(
        name=name,
        default=default,
        with_value=counted[f"filled_{number}"],
        by_default=missing if default else 0,
        blank=0 if default else missing,
        common=_common(sample, name),
        longest=_of_length(contacts, name, counted[f"length_{number}"]),
    )


def _common(contacts: ContactQuerySet, name: str) -> str:
    """The value that most have, if more than one has it."""
    filled = contacts.order_by().annotate(value=value(name)).filter(value__gt="").values("value")
    grouped = filled.annotate(count=Count("pk")).filter(count__gt=1)
    found = grouped.order_by("-count", "value").first()
    return found["value"] if found else ""


def _of_length(contacts: ContactQuerySet, name: str, length: int | None) -> str:
    if not length:
        return ""
    valued = contacts.annotate(value=value(name), length=Length("value")).filter(length=length)
    return valued.values_list("value", flat=True).first() or ""
