"""The forms on the way to a broadcast: to whom, and the last look."""

import hashlib
import re
from collections.abc import MutableMapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from push import audience, lists
from push.audience import Audience
from push.forms.plan import PlanForm
from push.importing import say
from push.models import channel_choices

EVERYONE, SOME, PEOPLE = "everyone", "some", "people"
KEYS = re.compile(r"\d{1,18}(,\d{1,18})*")
# Beyond this an address grows too long, and the list is kept in the session.
SHORT = 300
# A count above this is typed once more before it is sent.
TYPED_ABOVE = 1_000
# So far back it is looked who had the template before.
MOST_DAYS = 365


class KeysField(forms.CharField):
    """Contacts' keys, between commas or as many ticked boxes."""

    def to_python(self, value: Any) -> Any:
        text = ",".join(value) if isinstance(value, list) else value or ""
        if text and not KEYS.fullmatch(text):
            raise ValidationError(_("This list of people cannot be read. Choose them again."))
        return tuple(dict.fromkeys(int(key) for key in text.split(",") if key))


class AudienceForm(forms.Form):
    """Everyone on a channel, those who match, or people chosen one by one.

    Ticked boxes are folded into `ids`: of the people on the page (`shown`), those that are
    ticked are in and the others are out; everybody else stays as chosen before.
    """

    channel = forms.ChoiceField(
        choices=channel_choices,
        error_messages={"invalid_choice": _("There is no such channel. Choose one.")},
    )
    to = forms.ChoiceField(
        choices=[(SOME, _("Those who match")), (EVERYONE, _("Everyone")), (PEOPLE, _("People"))],
        required=False,
    )
    search = forms.CharField(label=_("Name or id"), max_length=200, required=False)
    tag = forms.CharField(label=_("Tag"), max_length=64, required=False)
    account = forms.CharField(label=_("Channel account"), max_length=120, required=False)
    accounts_of = forms.CharField(max_length=16, required=False)
    days = forms.IntegerField(min_value=1, max_value=MOST_DAYS, required=False)
    ids = KeysField(required=False)
    kept = forms.CharField(max_length=64, required=False)
    shown = KeysField(required=False, widget=forms.MultipleHiddenInput)
    ticked = KeysField(required=False, widget=forms.MultipleHiddenInput)
    pasted = forms.CharField(max_length=1_000_000, required=False)
    act = forms.CharField(max_length=16, required=False)

    def __init__(self, data: Any, *, session: MutableMapping[str, Any], template: int) -> None:
        super().__init__(data)
        self.session, self.template = session, template
        self.people: tuple[int, ...] = ()
        self.unknown: tuple[str, ...] = ()
        self.refused: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        if self.is_on_another_channel:
            self.cleaned_data["account"] = ""
        if self.cleaned_data.get("channel"):
            self.people = self._people()
        if len(self.people) > audience.MAX_IDS:
            self.people = self.people[: audience.MAX_IDS]
            self.add_error("ids", _("That is too many to choose one by one. Give them a tag."))
        return self.cleaned_data

    @property
    def complaints(self) -> list[str]:
        return [str(error) for errors in self.errors.values() for error in errors]

    @property
    def is_on_another_channel(self) -> bool:
        """The accounts that were offered are those of another one."""
        said = self.cleaned_data
        return said.get("accounts_of", "") not in ("", said.get("channel"))

    @property
    def to_whom(self) -> str:
        return self.cleaned_data.get("to") or SOME

    def audience(self) -> Audience:
        """Nobody, where the form is wrong."""
        said = self.cleaned_data
        channel = said.get("channel") or channel_choices()[0][0]
        if self.errors:
            return Audience(channel)
        left_out = {"template": self.template, "days": said["days"]} if said["days"] else {}
        if self.to_whom == PEOPLE:
            return Audience(channel, ids=self.people, **left_out)
        if self.to_whom == EVERYONE:
            return Audience(channel, everyone=True, **left_out)
        wanted = {name: said[name] for name in ("search", "tag", "account")}
        return Audience(channel, **wanted, **left_out)

    def query(self) -> str:
        """The state as an address keeps it, so that walking back loses nothing."""
        said = self.cleaned_data
        kept = {"channel": said.get("channel"), "to": self.to_whom}
        if self.to_whom == PEOPLE:
            kept |= self.kept_people()
        elif self.to_whom == SOME:
            kept |= {name: said.get(name) for name in ("search", "tag", "account")}
        kept["days"] = said.get("days")
        return urlencode({name: value for name, value in kept.items() if value}, safe=",")

    def kept_people(self) -> dict[str, str]:
        if len(self.people) <= SHORT:
            return {"ids": ",".join(map(str, self.people))}
        return {"kept": lists.keep(self.session, self.people)}

    def _people(self) -> tuple[int, ...]:
        said = self.cleaned_data
        if said.get("act") == "clear":
            return ()
        chosen = dict.fromkeys(said.get("ids") or lists.kept(self.session, said.get("kept", "")))
        shown, ticked = said.get("shown", ()), said.get("ticked", ())
        on = shown if said.get("act") == "page" else ticked
        for key in shown:
            chosen.pop(key, None)
        pasted = audience.read_ids(said.get("pasted", ""), channel=said["channel"])
        self.unknown = pasted.unknown
        self.refused = tuple(say(each) for each in pasted.refused)
        # In one order, whichever way they were chosen: the same people are the same audience.
        return tuple(sorted({*chosen, *on, *pasted.ids}))


class GoForm(PlanForm):
    """The last look: how sure are you?

    `count` is what the page showed; an audience that changed since is shown again, not sent.
    """

    press = forms.UUIDField(widget=forms.HiddenInput)
    count = forms.IntegerField(widget=forms.HiddenInput)
    force = forms.ChoiceField(
        choices=[("", _("Hold")), ("1", _("Force"))], required=False, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
    typed = forms.CharField(max_length=20, required=False)
    again = forms.BooleanField(required=False)
    override = forms.CharField(max_length=64, required=False)
    override_reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(
        self,
        *args: Any,
        total: int,
        repeats: bool,
        may_force: bool,
        rejections: Sequence[str] = (),
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.total, self.repeats, self.may_force = total, repeats, may_force
        self.rejections = rejections

    @property
    def override_key(self) -> str:
        """Stands for the rejections that the page names: an override covers these and no others."""
        return hashlib.sha256("\n".join(self.rejections).encode()).hexdigest()[:16]

    @property
    def is_overridden(self) -> bool:
        return self["override"].value() == self.override_key

    @property
    def said_above(self) -> list[str]:
        """What concerns no field that is shown."""
        hidden = [
            self.errors[name] for name in ("press", "count", "__all__") if name in self.errors
        ]
        return [str(error) for errors in hidden for error in errors]

    @property
    def must_type(self) -> bool:
        return self.total > TYPED_ABOVE

    def clean_count(self) -> int:
        if self.cleaned_data["count"] != self.total:
            raise ValidationError(
                _("The audience has changed since you looked. Look again, then send.")
            )
        return self.total

    def clean_typed(self) -> str:
        typed = re.sub(r"[\s,.’']", "", self.cleaned_data["typed"])
        if self.must_type and typed != str(self.total):
            raise ValidationError(_("Type the number of contacts to send to, just as shown."))
        return typed

    def clean_again(self) -> bool:
        if self.repeats and not self.cleaned_data["again"]:
            raise ValidationError(_("Tick this if they should really get it once more."))
        return self.cleaned_data["again"]

    def clean_override(self) -> str:
        key: str = self.cleaned_data["override"]
        if self.rejections and key != self.override_key:
            raise ValidationError(
                _("This message will be rejected. Fix it, or tick this to send it anyway.")
            )
        return key

    def clean_override_reason(self) -> str:
        reason: str = self.cleaned_data["override_reason"]
        if self.rejections and not reason:
            raise ValidationError(
                _("Say why it should be sent anyway. The reason is kept in the activity log.")
            )
        return reason

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("force"):
            if not self.may_force:
                self.add_error("force", gettext("You do not have the right to force a message."))
            if not self.cleaned_data.get("reason"):
                self.add_error(
                    "reason", gettext("Say why this cannot wait. It is kept in the record.")
                )
        return self.cleaned_data
