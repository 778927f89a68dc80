"""Secrets of second factors were kept as they are; from here on they are encrypted."""

from django.db import migrations

from people import second_factor


def encrypt(apps, schema_editor):
    for authenticator in apps.get_model("mfa", "Authenticator").objects.all():
        second_factor.change_secrets(authenticator, _encrypt_once)


def _encrypt_once(text):
    return text if text.startswith(second_factor.MARK) else second_factor.encrypt(text)


def decrypt(apps, schema_editor):
    for authenticator in apps.get_model("mfa", "Authenticator").objects.all():
        second_factor.change_secrets(authenticator, second_factor.decrypt)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_views"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(encrypt, decrypt)]
