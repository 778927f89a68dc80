"""Contacts, tags and saved audiences in Django's admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from people import record
from push import attributes, columns, contacts, rows, saved
from push.models import Contact, SavedAudience, Tag

COUNTED = 10_000


class CappedPaginator(Paginator):
    """Counts no further than it must: pages past ten thousand rows are for the search box."""

    @cached_property
    def count(self) -> int:
        return self.object_list[:COUNTED].count()  # type: ignore[attr-defined]


class ContactAdminForm(forms.ModelForm[Contact]):
    """Attributes are what placeholders can say: names and texts, nothing nested."""

    picture_url = forms.URLField(
        label=_("Picture"), required=False, max_length=rows.PICTURE_MAX, assume_scheme="https"
    )

    class Meta:
        model = Contact
        fields = "__all__"  # noqa: DJ007

    def clean_attributes(self) -> dict[str, str]:
        found = self.cleaned_data["attributes"] or {}
        is_plain = isinstance(found, dict) and all(
            isinstance(value, str) and columns.is_placeholder(name) for name, value in found.items()
        )
        if not is_plain:
            raise ValidationError(
                _("Write names and texts, such as %(sample)s."),
                params={"sample": '{"city": "台北"}'},
            )
        return found


@admin.register(Contact)
class ContactAdmin(admin.ModelAdmin[Contact]):
    """Contacts, found by the beginning of an id or by a name."""

    form = ContactAdminForm
    list_display = ["name", "contactable_id", "channel", "account", "do_not_disturb", "updated_at"]
    list_display_links = ["name", "contactable_id"]
    list_filter = ["channel", "do_not_disturb"]
    search_fields = ["name", "contactable_id"]
    autocomplete_fields = ["tags"]
    readonly_fields = ["created_at", "updated_at"]
    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50

    def get_readonly_fields(self, request: HttpRequest, obj: Contact | None = None) -> list[str]:
        """What was sent is drawn again with the contact's channel and id: these stay."""
        return [*self.readonly_fields, *(["channel", "contactable_id"] if obj else [])]

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        verb = "changed contact" if change else "created contact"
        contacts.note(form.instance, verb, by=request.user)
        attributes.remember(form.instance.attributes)


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin[Tag]):
    """Tags by name."""

    list_display = ["name"]
    search_fields = ["name"]
    paginator = CappedPaginator
    show_full_result_count = False


@admin.register(SavedAudience)
class SavedAudienceAdmin(admin.ModelAdmin[SavedAudience]):
    """Filters by name; what is done here is in the record as anywhere else."""

    list_display = ["name", "channel", "words", "tag", "account", "by"]
    list_filter = ["channel"]
    search_fields = ["name"]
    readonly_fields = ["by", "created_at"]

    def save_model(self, request: Any, obj: SavedAudience, form: Any, change: bool) -> None:
        obj.by = obj.by or request.user
        super().save_model(request, obj, form, change)
        record.note(request.user, "saved audience", target=obj, channel=obj.channel)

    def delete_model(self, request: Any, obj: SavedAudience) -> None:
        saved.forget(obj, by=request.user)

    def delete_queryset(self, request: Any, queryset: Any) -> None:
        for each in queryset:
            saved.forget(each, by=request.user)
