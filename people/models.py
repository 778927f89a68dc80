"""The record of who did what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One deed. The database refuses changing and deleting it (`people.append_only`)."""

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("who")
    )
    verb = models.CharField(_("did"), max_length=40, db_index=True)
    target = models.CharField(_("what"), max_length=200, blank=True)
    detail = models.JSONField(_("detail"), default=dict, blank=True)

    class Meta:
        verbose_name = _("entry in the record")
        verbose_name_plural = _("record")
        ordering = ["-at", "-pk"]
        permissions = [("read_record", _("Can read the record"))]

    def __str__(self) -> str:
        return f"{self.verb} {self.target}"


class RetentionPass(models.Model):
    """There only within the transaction of a retention run: lets it through the triggers."""

    def __str__(self) -> str:
        return f"pass {self.pk}"
