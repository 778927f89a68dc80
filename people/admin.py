"""People and groups in Django admin, where changing a right goes into the record."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

from people import record

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class PeopleAdmin(UserAdmin):
    """Django's own, and the record hears of it."""

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
