"""People and groups in Django admin: nobody makes themselves mighty, and the record hears of it."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest

from people import record

admin.site.unregister(User)
admin.site.unregister(Group)
admin.site.unregister(Authenticator)
# A person's address is the one that stands at the person.
admin.site.unregister(EmailAddress)


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


@admin.register(Authenticator)
class SecondFactorAdmin(admin.ModelAdmin):
    """Who has a second factor; for people who lost theirs it can be taken away, never looked at."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    readonly_fields = ["user", "type", "created_at", "last_used_at"]
    fields = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    search_fields = ["user__username"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_delete_permission(request, obj)
        return may and (request.user.is_superuser or obj is None or not obj.user.is_superuser)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Authenticator]:
        """Only superusers touch what is a superuser's."""
        everybody = super().get_queryset(request)
        return (
            everybody if request.user.is_superuser else everybody.exclude(user__is_superuser=True)
        )

    def delete_model(self, request: HttpRequest, obj: Authenticator) -> None:
        """Recovery codes go along: by themselves they ask for nothing."""
        Authenticator.objects.filter(user=obj.user).delete()
        record.note(request.user, "removed second factor", target=obj.user.get_username())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Authenticator]) -> None:
        for user in User.objects.filter(authenticator__in=queryset).distinct():
            first = Authenticator.objects.filter(user=user).first()
            if first is not None:
                self.delete_model(request, first)
