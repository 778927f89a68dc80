"""What became of each contact, as lines of a CSV."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from push import outcomes, roster
from push.models import Broadcast, Outcome

# A spreadsheet would run these as a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")
AT_ONCE = 1_000
FIELDS = ("contact__contactable_id", "contact__name", "outcome", "reason", "status", "answer", "at")


def pages(broadcast: Broadcast) -> Iterator[str]:
    """A thousand lines at a time; the mark at the start makes Excel read them as UTF-8."""
    heads = [_("id"), _("name"), _("outcome"), _("reason"), _("status"), _("answer"), _("when")]
    yield "\ufeff" + _written([heads])
    rows = roster.all_of(broadcast, roster.Wanted()).values_list(*FIELDS)
    found = rows.iterator(chunk_size=AT_ONCE)
    labels = {value: str(label) for value, label in Outcome.choices}
    while page := [_cells(row, labels) for row in islice(found, AT_ONCE)]:
        yield _written(page)


def _written(rows: Iterable[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _cells(row: tuple[Any, ...], labels: dict[str, str]) -> list[str]:
    contact, name, outcome, reason, status, answer, at = row
    when = timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S") if at else ""
    said = outcomes.reason_text(reason) if reason else ""
    cells = [contact, name, labels[outcome], said, str(status or ""), answer, when]
    return [f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells]
