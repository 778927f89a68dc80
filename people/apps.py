from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Sign-in, rights, and the record of who did what."""

    name = "people"
    verbose_name = _("People")
