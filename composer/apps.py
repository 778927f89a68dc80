"""How Django knows `composer`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComposerConfig(AppConfig):
    """Saying: write a message, see it, keep it."""

    name = "composer"
    verbose_name = _("Message library")
