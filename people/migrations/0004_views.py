from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q, QuerySet

from people import groups, rights


def give_views(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Viewing was free until now: whoever works with the product goes on seeing it."""
    groups.ensure(apps)
    permissions = apps.get_model("auth", "Permission").objects
    views, work = _named(permissions, rights.VIEWS), _named(permissions, rights.WORK)
    for group in apps.get_model("auth", "Group").objects.filter(permissions__in=work).distinct():
        group.permissions.add(*views)
    users = apps.get_model("auth", "User").objects
    for person in users.filter(user_permissions__in=work).distinct():
        person.user_permissions.add(*views)


def _named(permissions: QuerySet, wanted: list[str]) -> QuerySet:  # type: ignore[type-arg]
    named = Q()
    for right in wanted:
        app, codename = right.split(".")
        named |= Q(content_type__app_label=app, codename=codename)
    return permissions.filter(named)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_cache"),
        ("composer", "0006_manage_others_pictures"),
        ("push", "0007_manage_others_and_erase"),
    ]

    operations = [migrations.RunPython(give_views, migrations.RunPython.noop)]
