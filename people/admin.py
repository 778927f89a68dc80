"""People and groups in Django admin: nobody gives what they do not hold, and all is recorded."""

from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from people import grants, record, second_factor

admin.site.unregister(User)
admin.site.unregister(Group)
admin.site.unregister(Authenticator)
# A person's address is the one that stands at the person.
admin.site.unregister(EmailAddress)


class PersonForm(UserChangeForm):
    """Adds nobody to a group that can do more than whoever fills it in."""

    by: User

    def clean_groups(self) -> QuerySet[Group]:
        groups: QuerySet[Group] = self.cleaned_data["groups"]
        new = groups.exclude(pk__in=self.instance.groups.values("pk"))
        _ensure_none(grants.find_groups_beyond(self.by, new))
        return groups


class GroupForm(ModelForm[Group]):
    """Gives a group nothing that whoever fills it in does not hold."""

    by: User

    def clean_permissions(self) -> QuerySet[Permission]:
        permissions: QuerySet[Permission] = self.cleaned_data["permissions"]
        _ensure_none(grants.find_beyond(self.by, permissions.select_related("content_type")))
        return permissions


def _ensure_none(beyond: Iterable[Group | Permission]) -> None:
    if names := ", ".join(map(str, beyond)):
        raise ValidationError(
            _("You cannot give permissions that you do not have yourself: %(names)s."),
            params={"names": names},
        )


@admin.register(User)
class PeopleAdmin(UserAdmin):
    """Administrators give rights by groups; what a superuser is, only superusers touch.

    People who leave are made inactive: what they did stays theirs.
    """

    form = PersonForm

    def get_form(  # type: ignore[override]
        self, request: HttpRequest, obj: Any = None, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, **kwargs)
        return type(form.__name__, (form,), {"by": request.user})

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = [] if request.user.is_superuser else ["is_superuser", "user_permissions"]
        return [*super().get_readonly_fields(request, obj), *fixed]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Asked for a new password too."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or grants.can_change_account(request.user, obj))

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
        # Whoever has the address can have the password reset.
        email = {"email": True} if "email" in form.changed_data else {}
        record.note(
            request.user,
            "changed person",
            target=person.get_username(),
            groups=sorted(person.groups.values_list("name", flat=True)),
            rights=sorted(person.user_permissions.values_list("codename", flat=True)),
            active=person.is_active,
            staff=person.is_staff,
            superuser=person.is_superuser,
            **email,
        )


@admin.register(Group)
class GroupsAdmin(GroupAdmin):
    """Django's own, within what one holds oneself; the record hears of it."""

    form = GroupForm

    def get_form(  # type: ignore[override]
        self, request: HttpRequest, obj: Any = None, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, **kwargs)
        return type(form.__name__, (form,), {"by": request.user})

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or grants.can_change_group(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_delete_permission(request, obj)
        if obj is None:
            return may
        is_named = second_factor.is_named(obj)
        return may and not is_named and grants.can_change_group(request.user, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Under another name, its members would need no second factor any more."""
        fixed = ["name"] if obj is not None and second_factor.is_named(obj) else []
        return [*super().get_readonly_fields(request, obj), *fixed]

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
        return may and (obj is None or grants.can_change_account(request.user, obj.user))

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
