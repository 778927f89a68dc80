"""The record as it is asked for: by person, deed and date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import names, verbs
from people.models import Entry

# At the ends of the calendar a day has no moment in another time zone.
SENSIBLE = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(9000, 1, 1))]


class HistoryForm(forms.Form):
    """Whose deeds, which, and when; everything may be left open."""

    who = forms.ModelChoiceField(
        User.objects.order_by("username"),
        label=gettext_lazy("Who"),
        required=False,
        empty_label=gettext_lazy("Everybody"),
    )
    verb = forms.ChoiceField(label=gettext_lazy("Did"), required=False)
    since = forms.DateField(
        label=gettext_lazy("From"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        validators=SENSIBLE,
    )
    until = forms.DateField(
        label=gettext_lazy("To"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        validators=SENSIBLE,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = Entry.objects.order_by("verb").values_list("verb", flat=True).distinct()
        choices = [("", _("Everything")), *((verb, verbs.label(verb)) for verb in used)]
        verb = self.fields["verb"]
        assert isinstance(verb, forms.ChoiceField)
        verb.choices = choices


@dataclass(frozen=True)
class Line:
    """An entry in the words of the page."""

    at: datetime
    who: str
    did: str
    target: str
    detail: list[tuple[str, str]]


def found(form: HistoryForm) -> QuerySet[Entry]:
    """What was asked for; what could not be understood leaves nothing out."""
    form.is_valid()
    asked = form.cleaned_data
    entries = Entry.objects.select_related("by")
    if asked.get("who"):
        entries = entries.filter(by=asked["who"])
    if asked.get("verb"):
        entries = entries.filter(verb=asked["verb"])
    if asked.get("since"):
        entries = entries.filter(at__gte=_moment(asked["since"], time.min))
    if asked.get("until"):
        entries = entries.filter(at__lte=_moment(asked["until"], time.max))
    return entries


def line(entry: Entry) -> Line:
    who = names.called(entry.by)
    details = [verbs.detail(*pair) for pair in entry.detail.items() if pair[1] not in ("", None)]
    return Line(entry.at, who, verbs.label(entry.verb), entry.target, details)


def rows(entries: QuerySet[Entry]) -> Iterator[tuple[str, ...]]:
    """A sheet: headings, then a row for each entry."""
    yield (_("When"), _("Who"), _("Did"), _("What"), _("Detail"))
    for entry in entries.iterator(chunk_size=1_000):
        said = line(entry)
        at = timezone.localtime(said.at).strftime("%Y-%m-%d %H:%M:%S")
        detail = "; ".join(f"{key}: {value}" for key, value in said.detail)
        yield (at, said.who, said.did, said.target, detail)


def _moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
