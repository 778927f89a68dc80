from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from people import groups


def ensure(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    groups.ensure(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("composer", "__first__"),
        ("push", "__first__"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(ensure, migrations.RunPython.noop, elidable=False)]
