"""People and groups in Django admin: nobody makes themselves mighty, and the record hears of it."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest

from people import record

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class PeopleAdmin(UserAdmin):
    """Administrators give rights by groups; what a superuser is, only superusers touch.

    People who leave are made inactive: what they did stays theirs.
    """

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = [] if request.user.is_superuser else ["is_superuser", "user_permissions"]
        return [*super().get_readonly_fields(request, obj), *fixed]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Asked for a new password too."""
        may = super().has_change_permission(request, obj)
        return may and (request.user.is_superuser or obj is None or not obj.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Django's page for a new password saves by itself, but passes here."""
        match = request.resolver_match
        if match is not None and match.url_name == "auth_user_password_change":
            record.note(request.user, "reset password", target=obj.get_username())
        return super().log_change(request, obj, message)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        person = form.instance
        record.note(
            request.user,
            "changed person",
            target=person.get_username(),
            groups=sorted(person.groups.values_list("name", flat=True)),
            rights=sorted(person.user_permissions.values_list("codename", flat=True)),
            active=person.is_active,
            staff=person.is_staff,
            superuser=person.is_superuser,
        )


@admin.register(Group)
class GroupsAdmin(GroupAdmin):
    """Django's own, and the record hears of it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        granted = form.instance.permissions.values_list("codename", flat=True)
        record.note(
            request.user, "changed group", target=form.instance.name, rights=sorted(granted)
        )

    def delete_model(self, request: HttpRequest, obj: Group) -> None:
        record.note(request.user, "deleted group", target=obj.name)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Group]) -> None:
        for group in queryset:
            self.delete_model(request, group)
