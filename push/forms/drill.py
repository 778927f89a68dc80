"""What a person can tell the drill server."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from composer.vocabulary import channels
from push.drill.state import FAILURES, LARGEST, MOODS

FAILURE_NAMES = {
    "401": _("a refused token (401)"),
    "500": _("a server error (500)"),
    "503": _("“not now” (503)"),
    "hang": _("silence"),
    "reset": _("a broken connection"),
    "cut": _("half an answer"),
    "garbage": _("something that is not HTTP"),
}
MOOD_NAMES = {
    "usual": _("As the rule has it"),
    "talking": _("Talking with an agent"),
    "free": _("Free"),
    "unknown": _("Unknown to FIRST LINE"),
}


class SettingsForm(forms.Form):
    """How the drill server answers, until it is started again."""

    latency = forms.IntegerField(
        label=_("Answer after (ms)"), min_value=0, max_value=LARGEST["latency"]
    )
    pace = forms.IntegerField(
        label=_("Posts a minute"),
        help_text=_("FIRST LINE: 300. 0 is no limit."),
        min_value=0,
        max_value=LARGEST["pace"],
    )
    talking = forms.IntegerField(
        label=_("Talking (%)"),
        help_text=_("Of all contacts, with an agent: their messages are held."),
        min_value=0,
        max_value=LARGEST["talking"],
    )

    @property
    def told(self) -> dict[str, Any]:
        return self.cleaned_data


class FailureForm(forms.Form):
    """What goes wrong with the next posts; a count of none ends it."""

    count = forms.IntegerField(
        label=_("How many posts"), min_value=0, max_value=LARGEST["count"], initial=3
    )
    kind = forms.ChoiceField(
        label=_("What comes back"), choices=[(kind, FAILURE_NAMES[kind]) for kind in FAILURES]
    )

    @property
    def told(self) -> dict[str, Any]:
        return self.cleaned_data


class ContactForm(forms.Form):
    """How one pretend contact takes it."""

    channel = forms.ChoiceField(choices=[(slug, slug) for slug in channels.ALL])
    contact = forms.CharField(max_length=64)
    mood = forms.ChoiceField(choices=[(mood, MOOD_NAMES[mood]) for mood in MOODS])

    @property
    def told(self) -> dict[str, Any]:
        names = {"channel": "channel", "contact": "contact", "mood": "is"}
        return {name: self.cleaned_data[field] for field, name in names.items()}
