"""How Django knows `people`."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Sign-in, rights, and the record of who did what."""

    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        import_module("people.receivers")
