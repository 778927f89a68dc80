"""Which placeholders contacts can fill, and how many of them do."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Q

from push.models import Contact

KEY = "push.attributes"
SECONDS = 60

# Told by the database: a million contacts take a second or two, in Python ten.
SQL = {
    "sqlite": """
        SELECT channel, entry.key, COUNT(*)
        FROM push_contact, json_each(push_contact.attributes) AS entry
        WHERE entry.value <> '' GROUP BY 1, 2 ORDER BY 1, 2
    """,
    "postgresql": """
        SELECT channel, entry.key, COUNT(*)
        FROM push_contact, jsonb_each_text(push_contact.attributes) AS entry
        WHERE entry.value <> '' GROUP BY 1, 2 ORDER BY 1, 2
    """,
}


@dataclass(frozen=True)
class Known:
    """How many contacts each channel has, and how many of them fill each placeholder."""

    contacts: Mapping[str, int]
    filled: Mapping[str, Mapping[str, int]]

    @property
    def names(self) -> list[str]:
        """Every placeholder that any contact fills; `name` and `id` always."""
        found = {name for filled in self.filled.values() for name in filled}
        return ["name", "id", *sorted(found - {"name", "id"})]


def known() -> Known:
    """Counted at most once a minute."""
    found: Known | None = cache.get(KEY)
    if found is None:
        found = _count()
        cache.set(KEY, found, SECONDS)
    return found


def forget() -> None:
    """To be called after contacts have changed."""
    cache.delete(KEY)


def _count() -> Known:
    named = Count("pk", filter=~Q(name=""))
    by_channel = Contact.objects.order_by().values_list("channel")
    totals = by_channel.annotate(count=Count("pk"), named=named)
    contacts = {channel: count for channel, count, _named in totals}
    filled = {channel: {"name": named, "id": count} for channel, count, named in totals}
    with connection.cursor() as cursor:
        cursor.execute(SQL[connection.vendor])
        for channel, name, count in cursor.fetchall():
            filled[channel].setdefault(name, count)
    return Known(contacts, filled)
