"""When a broadcast begins and in what waves it goes: part of the last look."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from push import quiet, waves
from push.forms.times import LATEST, LOCAL
from push.schedule import Plan

NOW, LATER = "", "at"
ALL, USUAL, OWN = "", "usual", "own"


class WhenForm(forms.Form):
    """Now, at a time, or at the time that was offered in its stead.

    `when` is empty for now, "at" for the time in `at`, or the offered time itself.
    """

    when = forms.CharField(max_length=32, required=False)
    at = forms.DateTimeField(
        input_formats=[LOCAL, f"{LOCAL}:%S"],
        required=False,
        error_messages={"invalid": _("Write a day and a time, such as 2026-11-30 09:30.")},
    )
    disturb = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = timezone.now()
        self.moment: datetime | None = None
        self._refused: datetime | None = None

    @property
    def chosen(self) -> str:
        """Which of the choices is ticked."""
        said = self["when"].value() or NOW
        return said if said in (NOW, LATER, self.offered_value) else LATER

    @property
    def is_quiet(self) -> bool:
        """Now: an immediate send would be in the quiet hours."""
        return quiet.contains(self.now)

    @property
    def offered(self) -> datetime | None:
        """The next time that is allowed, in place of one in the quiet hours."""
        asked = self._refused or self.now
        return quiet.allowed(asked) if quiet.contains(asked) else None

    @property
    def offered_value(self) -> str:
        return f"{timezone.localtime(self.offered):{LOCAL}}" if self.offered else ""

    def clean_when(self) -> str:
        said: str = self.cleaned_data["when"]
        if said not in (NOW, LATER):
            self.moment = self._read(said)
        return said

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("when") == LATER and "at" not in self.errors:
            self.moment = said.get("at")
            if self.moment is None:
                self.add_error("at", gettext("Choose a day and a time."))
        if self.moment is not None:
            self._check(self.moment, may_disturb=said.get("disturb", False))
        return said

    def _read(self, said: str) -> datetime:
        try:
            return timezone.make_aware(datetime.strptime(said, LOCAL))
        except (ValueError, OverflowError) as error:
            raise ValidationError(gettext("Choose when it begins.")) from error

    def _check(self, moment: datetime, *, may_disturb: bool) -> None:
        if moment <= self.now:
            self.add_error("at", gettext("This time has passed. Choose a later one."))
        elif moment > self.now + LATEST:
            self.add_error("at", gettext("That is more than a year away. Choose an earlier time."))
        elif quiet.contains(moment) and not may_disturb:
            self._refused = moment
            words = gettext(
                "That is in the quiet hours, %(hours)s. Choose their end above, another time, or "
                "say that it may go out then."
            )
            self.add_error("at", words % {"hours": quiet.in_words()})


class PlanForm(WhenForm):
    """When, and how much at a time."""

    waves = forms.ChoiceField(
        choices=[(ALL, _("All")), (USUAL, _("Usual")), (OWN, _("Own"))], required=False
    )
    sizes = forms.CharField(max_length=200, required=False)

    @property
    def usual(self) -> str:
        return waves.in_words(waves.USUAL)

    def clean_sizes(self) -> tuple[int, ...]:
        """Read whichever is chosen, and asked for only where they are."""
        if self.cleaned_data.get("waves") != OWN:
            return ()
        try:
            sizes = waves.read(self.cleaned_data["sizes"])
        except ValueError:
            sizes = ()
        if not sizes:
            raise ValidationError(
                _("Write how many go first and how many after that, such as 1, 5, 50.")
            )
        return sizes

    def plan(self) -> Plan:
        """Of a form that is valid; what begins now can be taken back for a moment."""
        said = self.cleaned_data
        return Plan(
            at=self.moment,
            keeps_quiet_hours=not said["disturb"],
            waves=waves.USUAL if said["waves"] == USUAL else said["sizes"],
            can_be_taken_back=True,
        )
