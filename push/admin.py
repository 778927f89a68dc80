"""Contacts, tags and saved audiences in Django's admin."""

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms.fields import InvalidJSONInput
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from people import addresses, record
from push import attributes, columns, contacts, rows, saved, tags
from push.contact_ids import clean_id
from push.importing import say
from push.models import Contact, SavedAudience, Tag
from push.sentences import Unfit

COUNTED = 10_000


class CappedPaginator(Paginator):
    """Counts no further than it must: pages past ten thousand rows are for the search box."""

    @cached_property
    def count(self) -> int:
        return self.object_list[:COUNTED].count()  # type: ignore[attr-defined]


class TagsSelect(AutocompleteSelectMultiple):
    """Looks up only what can be a key; Django's own raises where the address says `?tags=abc`."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        keys = [each for each in value if addresses.number(str(each))]
        return super().optgroups(name, keys, attrs)


class TagsField(forms.ModelMultipleChoiceField):
    """The same for what is posted."""

    def clean(self, value: Any) -> Any:
        for each in value or ():
            if not addresses.number(str(each)):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": each}
                )
        return super().clean(value)


class AttributesField(forms.JSONField):
    """JSON that Python refuses (too long, too deep, half an emoji) is an error of the field too."""

    def to_python(self, value: Any) -> Any:
        try:
            return _encodable(super().to_python(value))
        except (ValueError, RecursionError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            return _encodable(super().bound_data(data, initial))
        except (ValueError, RecursionError):
            return InvalidJSONInput(data)


class ContactAdminForm(forms.ModelForm[Contact]):
    """Attributes are what placeholders can say: names and texts, nothing nested."""

    picture_url = forms.URLField(
        label=_("Picture"), required=False, max_length=rows.PICTURE_MAX, assume_scheme="https"
    )

    attributes = AttributesField(label=_("attributes"), required=False)

    class Meta:
        model = Contact
        fields = "__all__"  # noqa: DJ007

    def clean_contactable_id(self) -> str:
        try:
            return clean_id(self.cleaned_data["contactable_id"])
        except Unfit as error:
            raise ValidationError(say(error.sentence)) from error

    def clean_attributes(self) -> dict[str, str]:
        found = self.cleaned_data["attributes"] or {}
        is_plain = isinstance(found, dict) and all(
            isinstance(value, str) and "\0" not in value and columns.is_placeholder(name)
            for name, value in found.items()
        )
        if not is_plain:
            raise ValidationError(
                _("Write names and texts, such as %(sample)s."),
                params={"sample": '{"city": "台北"}'},
            )
        return found


def _encodable(value: Any) -> Any:
    json.dumps(value, ensure_ascii=False).encode()
    return value


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

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contact]:
        """Without those that were erased: there is nothing left to look after."""
        return super().get_queryset(request).exclude(channel="")

    def get_readonly_fields(self, request: HttpRequest, obj: Contact | None = None) -> list[str]:
        """What was sent is drawn again with the contact's channel and id: these stay."""
        return [*self.readonly_fields, *(["channel", "contactable_id"] if obj else [])]

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "tags":
            kwargs["form_class"] = TagsField
            kwargs["widget"] = TagsSelect(db_field.remote_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        verb = "changed contact" if change else "created contact"
        contacts.note(form.instance, verb, by=request.user)
        attributes.remember(form.instance.attributes)

    def delete_model(self, request: Any, obj: Contact) -> None:
        contacts.note(obj, "deleted contact", by=request.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request: Any, queryset: Any) -> None:
        for each in queryset:
            contacts.note(each, "deleted contact", by=request.user)
        super().delete_queryset(request, queryset)


class TagAdminForm(forms.ModelForm[Tag]):
    """A tag once, whatever its spelling."""

    class Meta:
        model = Tag
        fields = ["name"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        same = tags.find(name)
        if same and same.pk != self.instance.pk:
            raise ValidationError(_("The tag “%(tag)s” already exists."), params={"tag": same.name})
        return name


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin[Tag]):
    """Tags by name."""

    form = TagAdminForm
    list_display = ["name"]
    search_fields = ["name"]
    paginator = CappedPaginator
    show_full_result_count = False

    def save_model(self, request: Any, obj: Tag, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record.note(request.user, "changed tag", target=obj)

    def delete_model(self, request: Any, obj: Tag) -> None:
        record.note(request.user, "deleted tag", target=obj, contacts=obj.contacts.count())
        super().delete_model(request, obj)

    def delete_queryset(self, request: Any, queryset: Any) -> None:
        for each in queryset:
            self.delete_model(request, each)


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
