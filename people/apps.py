"""How Django knows `people`."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as django_admin
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Sign-in, rights, and the record of who did what."""

    default = True
    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        import_module("people.receivers")


class OurAdminConfig(django_admin.AdminConfig):
    """Django's admin, which signs people in as the rest of the product does."""

    default = False
    default_site = "people.admin_site.AdminSite"
