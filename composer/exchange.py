"""Templates taken in from JSON and written back the same."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from composer import library
from composer.incoming import Entry
from composer.models import Template
from composer.vocabulary import message
from people import record

ATTEMPTS = 5


@dataclass(frozen=True)
class Step:
    """What importing an entry would do: `new`, `changed`, `described` or `unchanged`."""

    entry: Entry
    outcome: str
    template: Template | None = None


def plan(entries: Iterable[Entry]) -> list[Step]:
    """What each entry would do to the library as it is."""
    entries = list(entries)
    known = {
        template.name: template
        for template in Template.objects.listed()
        .filter(name__in=[entry.name for entry in entries])
        .with_latest()
    }
    return [_step(entry, known.get(entry.name)) for entry in entries]


def take(
    entries: Sequence[Entry], *, by: library.Person = None, publish: bool = False
) -> dict[str, int]:
    """Imports all of them or none; counts what became of them.

    What somebody else saves in the same moment is looked at again, a few times.
    """
    for _attempt in range(ATTEMPTS - 1):
        try:
            return _take_all(entries, by=by, publish=publish)
        except (library.NameTaken, library.Stale):
            continue
    return _take_all(entries, by=by, publish=publish)


def _take_all(entries: Sequence[Entry], *, by: library.Person, publish: bool) -> dict[str, int]:
    counts = {"created": 0, "updated": 0, "unchanged": 0}
    with transaction.atomic():
        for step in plan(entries):
            counts[_take(step, by=by, publish=publish)] += 1
        record.note(by, "imported", **counts, published=publish)
    return counts


def dump(templates: Iterable[Template]) -> str:
    """JSON that `incoming.read` takes back; asks for templates `with_latest`."""
    rows = [_row(template) for template in templates]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def written(entries: Iterable[Entry]) -> str:
    """Entries as the JSON that they were read from, nulls aside."""
    return json.dumps([_written(entry) for entry in entries], ensure_ascii=False)


def _written(entry: Entry) -> dict[str, Any]:
    said = {"tags": entry.tags, "notes": entry.notes}
    kept = {key: value for key, value in said.items() if value is not None}
    return {"name": entry.name, **message.payload(entry.message), **kept}


def _step(entry: Entry, template: Template | None) -> Step:
    if template is None:
        return Step(entry, "new")
    if message.payload(entry.message) != template.latest_payload:
        return Step(entry, "changed", template)
    is_same = entry.tags in (None, tuple(template.tags)) and entry.notes in (None, template.notes)
    return Step(entry, "unchanged" if is_same else "described", template)


def _take(step: Step, *, by: library.Person, publish: bool) -> str:
    entry, template = step.entry, step.template
    if template is None:
        template = library.create(
            name=entry.name,
            message=entry.message,
            by=by,
            tags=entry.tags or (),
            notes=entry.notes or "",
            why=_("Imported"),
        ).template
    if step.outcome in {"changed", "described"}:
        _update(template, entry, by=by)
    if publish:
        library.publish(template, by=by)
    return {"new": "created", "unchanged": "unchanged"}.get(step.outcome, "updated")


def _update(template: Template, entry: Entry, *, by: library.Person) -> None:
    library.save_version(
        template, entry.message, by=by, expected=template.latest.number, why=_("Imported")
    )
    tags = template.tags if entry.tags is None else entry.tags
    notes = template.notes if entry.notes is None else entry.notes
    if (list(tags), notes) != (template.tags, template.notes):
        library.describe(template, name=template.name, tags=tags, notes=notes, by=by)


def _row(template: Template) -> dict[str, Any]:
    row: dict[str, Any] = {"name": template.name, **template.latest_payload}
    if template.tags:
        row["tags"] = template.tags
    if template.notes:
        row["notes"] = template.notes
    return row
