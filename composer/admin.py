"""Templates in Django admin: what is said about them may be changed, what they say may not."""

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from composer.details import DetailsForm
from composer.models import Template, Version
from people import record, rights


class NamedForm(DetailsForm):
    """Looks for the name first: the admin saves without asking the library."""

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = Template.objects.listed().exclude(pk=self.instance.pk)
        if others.filter(name=name).exists():
            raise ValidationError(_("There is a template of this name already."))
        return name


class VersionsInline(admin.TabularInline[Version, Template]):
    """Every version, to be read."""

    model = Version
    fields = readonly_fields = ("number", "at", "by", "why", "payload")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Template | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm(rights.PUBLISH)


@admin.register(Template)
class TemplateAdmin(admin.ModelAdmin[Template]):
    """Names, tags and notes; templates begin on the compose page and end in the archive."""

    form = NamedForm
    list_display = ("name", "kind", "state", "owner", "updated_at", "uses")
    list_filter = ("state", "kind", "owner")
    search_fields = ("name", "words")
    fields = ("name", "tags", "notes", "owner", "kind", "state", "uses", "used_at")
    readonly_fields = ("kind", "state", "uses", "used_at")
    inlines = (VersionsInline,)
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Template]:
        return super().get_queryset(request).filter(is_listed=True)

    def save_model(
        self, request: HttpRequest, obj: Template, form: ModelForm[Template], change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        record.note(request.user, "described", target=obj, template=obj.pk)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(rights.PUBLISH)

    def has_view_permission(self, request: HttpRequest, obj: Template | None = None) -> bool:
        return request.user.has_perm(rights.PUBLISH)

    def has_change_permission(self, request: HttpRequest, obj: Template | None = None) -> bool:
        return request.user.has_perm(rights.PUBLISH)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Template | None = None) -> bool:
        return False
