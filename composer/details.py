"""The form of what is said about a template: its name, tags and notes."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from composer.models import Template

TAG_LENGTH = 40
SEPARATORS = re.compile(r"[,，、;；\r\n]+")


class TagsField(forms.CharField):
    """Words with commas between them, Chinese ones too; a list on both sides."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        text = super().to_python(value) or ""
        tags = [tag.strip() for tag in SEPARATORS.split(text)]
        return list(dict.fromkeys(tag for tag in tags if tag))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or []) != self.to_python(data))

    def run_validators(self, value: Any) -> None:
        super().run_validators(", ".join(value))
        if any(len(tag) > TAG_LENGTH for tag in value):
            raise forms.ValidationError(_("A tag has 40 characters at most."))

    def validate(self, value: Any) -> None:
        super().validate(value or "")


class DetailsForm(forms.ModelForm[Template]):
    """Name, tags and notes; what the template says is changed on the compose page."""

    tags = TagsField(label=_("Tags"), required=False, max_length=400, help_text=_("With commas."))

    class Meta:
        model = Template
        fields = ("name", "tags", "notes")
        labels = {"name": _("Name"), "notes": _("Notes for agents")}
        widgets = {"notes": forms.Textarea({"rows": 3})}
