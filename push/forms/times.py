"""When a scheduled broadcast begins, and how fast it goes."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from push import quiet

# As a `datetime-local` box writes it.
LOCAL = "%Y-%m-%dT%H:%M"
# Nobody plans further ahead: whoever writes that has mistyped the year.
LATEST = timedelta(days=366)


class TimeForm(forms.Form):
    """Another time for what has not begun; by the clock of TIME_ZONE."""

    at = forms.DateTimeField(
        label=gettext_lazy("Begins"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format=LOCAL),
    )
    keeps_quiet_hours = forms.BooleanField(
        label=gettext_lazy("Keep the quiet hours"), required=False
    )

    def clean_at(self) -> datetime:
        at: datetime = self.cleaned_data["at"]
        if at <= timezone.now():
            raise forms.ValidationError(_("That time has passed. Choose a later one."))
        if at > timezone.now() + LATEST:
            words = _("That is more than a year away. Choose an earlier time.")
            raise forms.ValidationError(words)
        return at


def offered(said: str) -> datetime | None:
    """The time that an address offers, if it can be had and is not in the quiet hours."""
    form = TimeForm({"at": said})
    at = form.cleaned_data["at"] if form.is_valid() else None
    return timezone.localtime(at) if at and not quiet.contains(at) else None


class PaceForm(forms.Form):
    """Posts a minute; empty is as fast as the tokens allow."""

    rate = forms.IntegerField(label=gettext_lazy("Posts a minute"), min_value=1, required=False)


def complaint(form: forms.Form) -> str:
    """What is wrong with a form whose page is not shown again."""
    errors: Any = form.errors.values()
    return " ".join(str(words) for field in errors for words in field)
