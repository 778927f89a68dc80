"""How Django knows `composer`."""

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from composer import kinds
from composer.vocabulary.channels import ALL
from composer.vocabulary.checks.limits import find_unknown_keys


class ComposerConfig(AppConfig):
    """Saying: write a message, see it, keep it."""

    name = "composer"
    verbose_name = _("Message library")

    def ready(self) -> None:
        """A limit that no rule knows would be ignored in silence: then nothing starts."""
        for channel in ALL.values():
            for kind in channel.kinds.keys() - {*kinds.NAMES}:
                raise ImproperlyConfigured(f"Channel {channel.slug}: no kind is called “{kind}”.")
            for kind, key in find_unknown_keys(channel):
                raise ImproperlyConfigured(
                    f"Channel {channel.slug}, {kind}: no rule knows the limit “{key}”."
                )
