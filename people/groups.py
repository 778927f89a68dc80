"""The groups that every installation starts with."""

from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions

from people import rights

APPS = ("auth", "composer", "push", "people")


def ensure(apps: Apps = installed) -> None:
    """Makes each group and gives it its rights; what an administrator added stays.

    Django makes permissions only after the last migration, so they are made here first.
    """
    for label in APPS:
        create_permissions(installed.get_app_config(label), verbosity=0, apps=apps)
    group_model = apps.get_model("auth", "Group")
    permissions = apps.get_model("auth", "Permission").objects
    for name, granted in rights.GROUPS.items():
        group, _ = group_model.objects.get_or_create(name=name)
        for right in granted:
            app, codename = right.split(".")
            group.permissions.add(
                *permissions.filter(content_type__app_label=app, codename=codename)
            )
