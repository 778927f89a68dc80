"""Which placeholders contacts can fill, and how many of them do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.cache import caches
from django.db import connection
from django.db.models import Count, Q

from composer.vocabulary import channels
from push.models import Attribute, Contact

KEY = "push.attributes"
SECONDS = 60
# Of each channel so many contacts are looked at: counting a million takes half a minute.
LOOKED_AT = 10_000

PART = (
    "SELECT * FROM (SELECT channel, attributes FROM push_contact"
    " WHERE channel = %s ORDER BY contactable_id LIMIT %s) AS part"
)
EACH = {
    "sqlite": "json_each(sample.attributes)",
    "postgresql": "jsonb_each_text(sample.attributes)",
}
COUNTED = (
    "SELECT sample.channel, entry.key, COUNT(*) FROM ({parts}) AS sample, {each} AS entry"
    " WHERE entry.value <> '' GROUP BY 1, 2 ORDER BY 1, 2"
)


@dataclass(frozen=True)
class Filled:
    """How many of the contacts that were looked at fill a placeholder."""

    name: str
    contacts: int
    of: int

    @property
    def is_full(self) -> bool:
        return self.contacts == self.of

    @property
    def percent(self) -> int:
        return round(100 * self.contacts / self.of) if self.of else 0


@dataclass(frozen=True)
class Known:
    """What each channel's contacts fill, and every name that any contact was ever given."""

    contacts: Mapping[str, int]
    filled: Mapping[str, tuple[Filled, ...]]
    names: tuple[str, ...]


def known() -> Known:
    """Counted at most once a minute by each process; what another one brought in waits so long."""
    cache = caches["process"]
    found: Known | None = cache.get(KEY)
    if found is None:
        found = _count()
        cache.set(KEY, found, SECONDS)
    return found


def remember(names: Iterable[str]) -> None:
    """To be called when contacts are given attributes: the rare ones are not counted out."""
    Attribute.objects.bulk_create(
        [Attribute(name=name) for name in sorted(set(names))], ignore_conflicts=True
    )
    caches["process"].delete(KEY)


def _count() -> Known:
    by_channel = Contact.objects.order_by().values_list("channel")
    named = Count("pk", filter=~Q(name=""))
    filled: dict[str, list[Filled]] = {}
    contacts: dict[str, int] = {}
    for channel, count, with_name in by_channel.annotate(count=Count("pk"), named=named):
        contacts[channel] = count
        filled[channel] = [Filled("name", with_name, count), Filled("id", count, count)]
    for channel, name, count in _sampled():
        # A channel's first contacts may have come between the two looks.
        if name not in {"name", "id"} and channel in filled:
            filled[channel].append(Filled(name, count, min(contacts[channel], LOOKED_AT)))
    own = {each.name for found in filled.values() for each in found}
    given = set(Attribute.objects.values_list("name", flat=True))
    names = ("name", "id", *sorted((own | given) - {"name", "id"}))
    return Known(contacts, {slug: tuple(found) for slug, found in filled.items()}, names)


def _sampled() -> list[tuple[str, str, int]]:
    parts = " UNION ALL ".join([PART] * len(channels.ALL))
    params = [value for slug in channels.ALL for value in (slug, LOOKED_AT)]
    with connection.cursor() as cursor:
        cursor.execute(COUNTED.format(parts=parts, each=EACH[connection.vendor]), params)
        return list(cursor.fetchall())
