"""What became of each contact, as lines of a CSV."""

import csv
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from push import outcomes, roster
from push.models import Broadcast, Delivery

# A spreadsheet would run these as a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def lines(broadcast: Broadcast) -> Iterator[str]:
    """One line each; the mark at the start makes Excel read it as UTF-8."""
    writer = csv.writer(_Line())
    heads = [_("id"), _("name"), _("outcome"), _("reason"), _("status"), _("answer"), _("when")]
    yield "\ufeff" + writer.writerow(heads)
    found = roster.all_of(broadcast, roster.Wanted()).select_related("contact")
    for delivery in found.iterator(chunk_size=2_000):
        yield writer.writerow([_safe(cell) for cell in _cells(delivery)])


def _cells(delivery: Delivery) -> list[Any]:
    return [
        delivery.contact.contactable_id,
        delivery.contact.name,
        delivery.get_outcome_display(),
        outcomes.reason_text(delivery.reason),
        delivery.status or "",
        delivery.answer,
        timezone.localtime(delivery.at).strftime("%Y-%m-%d %H:%M:%S") if delivery.at else "",
    ]


def _safe(cell: Any) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
