"""What became of each contact, as the rows of a sheet."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from push import outcomes, roster
from push.models import Broadcast, Outcome
from push.roster import Wanted

AT_ONCE = 1_000
FIELDS = ("contact__contactable_id", "contact__name", "outcome", "reason", "status", "answer", "at")


def rows(broadcast: Broadcast, wanted: Wanted) -> Iterator[list[object]]:
    """Headings, then a row for each delivery that is wanted."""
    yield [_("id"), _("name"), _("outcome"), _("reason"), _("status"), _("answer"), _("when")]
    labels = {value: str(label) for value, label in Outcome.choices}
    found = roster.all_of(broadcast, wanted).values_list(*FIELDS)
    for row in found.iterator(chunk_size=AT_ONCE):
        yield _cells(row, labels)


def _cells(row: tuple[Any, ...], labels: dict[str, str]) -> list[object]:
    contact, name, outcome, reason, status, answer, at = row
    when = timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S") if at else ""
    said = outcomes.reason_text(reason) if reason else ""
    return [contact, name, labels[outcome], said, status, answer, when]
