"""Forms of contacts: by hand, and from a file."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxLengthValidator
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from push import columns, contact_ids, encodings, importing, rows, uploads
from push.models import Contact, channel_choices
from push.sentences import Unfit

PASTED_MAX = 1_000_000
LINE_ENDS = re.compile("\r\n?|\n")


def encoding_choices() -> list[tuple[str, str]]:
    return [(each.name, each.label) for each in encodings.ALL.values()]


class ShownForm(forms.BaseForm):
    """Knows what its page showed: only what differs from that is a change.

    The contact may have been changed since the page was loaded, by a colleague or an import.
    """

    @property
    def hidden_initials(self) -> SafeString:
        """For the page: what each field shows, as JSON, which browsers leave as it is."""
        pairs = [
            (field.html_initial_name, json.dumps(self.get_shown(field.name))) for field in self
        ]
        return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)

    def says_shown(self, name: str) -> bool:
        return self.add_initial_prefix(name) in self.data

    def get_shown(self, name: str) -> str:
        """What the page showed in the field; what is there now, where it did not say."""
        now = self.initial.get(name)
        try:
            shown = json.loads(self.data.get(self.add_initial_prefix(name), "null"))
        except ValueError:
            shown = None
        return shown if isinstance(shown, str) else str(now or "")


class ContactForm(ShownForm, forms.ModelForm[Contact]):
    """What staff may change of a contact."""

    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=2_000,
        help_text=_("Several are kept apart by a semicolon: vip; 新客"),
    )

    picture_url = forms.URLField(
        label=_("Picture"), required=False, max_length=rows.PICTURE_MAX, assume_scheme="https"
    )

    class Meta:
        model = Contact
        fields = ["name", "account", "picture_url"]
        labels = {"name": _("Name"), "account": _("Channel account")}
        help_texts = {"account": _("The store's own account that this person talks with.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["tags"] = "; ".join(tag.name for tag in self.instance.tags.all())
        for name in ("name", "account"):
            # With its spaces, or what nobody edited would count as edited.
            cast(forms.CharField, self.fields[name]).strip = False

    def clean_name(self) -> str:
        return self._clean("name", rows.clean_name)

    def clean_account(self) -> str:
        return self._clean("account", rows.clean_account)

    def clean_picture_url(self) -> str:
        return self._clean("picture_url", rows.clean_picture)

    def clean_tags(self) -> tuple[str, ...] | None:
        """None where they were not edited."""
        if self.instance.pk and self.cleaned_data["tags"] == self.get_shown("tags").strip():
            return None
        tags: tuple[str, ...] = _checked(rows.split_tags, self.cleaned_data["tags"])
        return tags

    def _clean(self, name: str, check: Callable[[str], str]) -> str:
        """What was not edited stays as it is; a text box alone drops line breaks."""
        shown, text = LINE_ENDS.sub("", self.get_shown(name)), self.cleaned_data[name] or ""
        return str(self.initial.get(name, "") if text == shown else _checked(check, text))


class NewContactForm(ContactForm):
    """A contact made by hand."""

    class Meta(ContactForm.Meta):
        fields = ["channel", "contactable_id", "name", "account", "picture_url"]
        labels = {**ContactForm.Meta.labels, "channel": _("Channel"), "contactable_id": _("Id")}
        help_texts = {
            **ContactForm.Meta.help_texts,
            "contactable_id": _("The contact's number in FIRST LINE, not the customer's."),
        }

    def clean_contactable_id(self) -> str:
        return _checked(contact_ids.clean_id, self.cleaned_data["contactable_id"])

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or self.cleaned_data
        same = Contact.objects.on(said.get("channel", ""))
        if same.filter(contactable_id=said.get("contactable_id", "")).exists():
            self.add_error("contactable_id", _("This id is already there on this channel."))
        return said


class ValueField(forms.CharField):
    """Text of several lines, whose line breaks a browser sends as CR and LF."""

    def to_python(self, value: Any) -> str:
        return _as_sent(super().to_python(value) or "")


class AttributeForm(ShownForm, forms.Form):
    """One attribute; without a value it goes. What is not edited stays byte for byte."""

    name = forms.CharField(
        label=_("Attribute"), required=False, max_length=columns.ATTRIBUTE_NAME_MAX
    )
    value = ValueField(label=_("Value"), required=False, strip=False)

    def __init__(self, *args: Any, kept: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept
        # What this row does to the contact's attributes; None takes one away.
        self.changes: dict[str, Any] = {}
        # A text box of one line drops line breaks.
        if LINE_ENDS.search(str(self["value"].value() or "")):
            self.fields["value"].widget = forms.Textarea(attrs={"rows": 3})

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if name in self.kept:
            return name
        if name and not columns.is_placeholder(name):
            raise ValidationError(
                _(
                    "A placeholder's name begins with a letter and has only letters, digits, "
                    "dots, dashes and underscores."
                )
            )
        if name in {"name", "id"}:
            raise ValidationError(_("This one is filled from the contact's own name and id."))
        return name

    def clean(self) -> dict[str, Any]:
        name, value = self.cleaned_data.get("name"), self.cleaned_data.get("value", "")
        if value.strip() and name == "":
            self.add_error("name", _("Give the value a name."))
        if name and self._is_edited(value):
            try:
                MaxLengthValidator(rows.ATTRIBUTE_MAX)(value)
                self.changes[name] = rows.clean_attribute(name, value) or None
            except ValidationError as error:
                self.add_error("value", error)
        elif name and name != self.shown_name:
            self.changes[name] = self.kept.get(self.shown_name)
        if self.shown_name and name is not None and name != self.shown_name:
            self.changes[self.shown_name] = None
        return self.cleaned_data

    @property
    def shown_name(self) -> str:
        """Of a row whose page does not say it: the attribute that has this name now."""
        if self.says_shown("name"):
            return self.get_shown("name")
        name: str = self.cleaned_data.get("name", "")
        return name if name in self.kept else ""

    def _is_edited(self, value: str) -> bool:
        """An attribute of another name with the same value has no new value."""
        if self.says_shown("value"):
            shown = self.get_shown("value")
        else:
            shown = str(self.kept.get(self.shown_name, ""))
        return not self.shown_name or value != _as_sent(shown)


class BaseAttributeFormSet(forms.BaseFormSet):
    """All attributes of a contact, each name once."""

    def clean(self) -> None:
        names: set[str] = set()
        for form in self.forms:
            name = form.cleaned_data.get("name")
            if name and name in names:
                form.add_error("name", _("This attribute is there twice."))
            names.add(name or "")

    @property
    def changes(self) -> dict[str, Any]:
        """What all rows do: names may be exchanged, so what goes away goes first."""
        each = [change for form in self.forms for change in form.changes.items()]
        return dict(sorted(each, key=lambda change: change[1] is not None))


AttributeFormSet = forms.formset_factory(
    AttributeForm, BaseAttributeFormSet, extra=2, max_num=columns.COLUMNS_MAX, absolute_max=120
)


class ReadingForm(forms.Form):
    """How a file is to be read: the encoding of a text, the sheet of a workbook."""

    encoding = forms.ChoiceField(choices=encoding_choices, required=False)
    sheet = forms.ChoiceField(required=False)

    def __init__(self, data: Any, *, sheets: Iterable[str]) -> None:
        super().__init__(data)
        field = cast(forms.ChoiceField, self.fields["sheet"])
        field.choices = [(name, name) for name in sheets]


class ImportForm(forms.Form):
    """A file or pasted rows, and whose contacts they are."""

    channel = forms.ChoiceField(label=_("Channel"), choices=channel_choices)
    account = forms.CharField(
        label=_("Channel account"),
        required=False,
        max_length=rows.ACCOUNT_MAX,
        help_text=_("For rows that name none. May stay empty."),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        help_text=_("CSV or Excel (.xlsx). You see what was understood before anything is kept."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    pasted = forms.CharField(
        label=_("Or paste rows"),
        required=False,
        max_length=PASTED_MAX,
        strip=False,
        help_text=_("Copied from a spreadsheet, the first row with the names of the columns."),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file and (file.size or 0) > uploads.LIMIT:
            raise ValidationError(
                _("The file has %(size)s MB; at most %(limit)s can be uploaded. Divide it."),
                params={"size": (file.size or 0) // 2**20, "limit": uploads.LIMIT // 2**20},
            )
        return file

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not self.errors and said["file"] is None and not said["pasted"].strip():
            self.add_error("file", _("Choose a file, or paste rows."))
        return said


def _as_sent(text: str) -> str:
    """The text as it comes back from a form that nobody edited."""
    return LINE_ENDS.sub("\n", text)


def _checked(check: Any, text: str) -> Any:
    try:
        return check(text or "")
    except Unfit as error:
        raise ValidationError(importing.say(error.sentence)) from error
