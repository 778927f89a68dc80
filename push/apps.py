"""How Django knows `push`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PushConfig(AppConfig):
    """Delivering: to whom, how fast, what became of it."""

    name = "push"
    verbose_name = _("Contacts and broadcasts")
