"""The contacts of each channel, and the files they come from."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from composer.vocabulary import channels


def channel_choices() -> list[tuple[str, Promise]]:
    return [(channel.slug, _(channel.name)) for channel in channels.ALL.values()]


class Tag(models.Model):
    """A word that contacts share, such as `vip`."""

    name = models.CharField(_("name"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ContactQuerySet(models.QuerySet["Contact"]):
    """Which contacts: on a channel, with a tag, matching words, reachable."""

    def on(self, channel: str) -> "ContactQuerySet":
        return self.filter(channel=channel)

    def tagged(self, name: str) -> "ContactQuerySet":
        return self.filter(tags__name=name)

    def matching(self, words: str) -> "ContactQuerySet":
        """Whose name or id contains every word."""
        found = self
        for word in words.split():
            found = found.filter(
                models.Q(name__icontains=word) | models.Q(contactable_id__icontains=word)
            )
        return found

    def reachable(self) -> "ContactQuerySet":
        return self.filter(do_not_disturb=False)


class Contact(models.Model):
    """One person on one channel; on none once erased, so that nothing finds them (`erasure`)."""

    channel = models.CharField(_("channel"), max_length=16, choices=channel_choices)
    contactable_id = models.CharField(_("id"), max_length=64)
    name = models.CharField(_("name"), max_length=200, blank=True)
    account = models.CharField(_("channel account"), max_length=120, blank=True)
    picture_url = models.URLField(_("picture"), max_length=1000, blank=True)
    attributes = models.JSONField(_("attributes"), default=dict, blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="contacts", verbose_name=_("tags"))
    do_not_disturb = models.BooleanField(_("do not disturb"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["channel", "name", "pk"]
        permissions = [
            ("import_contacts", _("Can import contacts")),
            ("erase_contact", _("Can erase contacts")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "contactable_id"], name="one_contact_of_an_id"
            ),
            models.CheckConstraint(
                condition=models.Q(do_not_disturb=True) | ~models.Q(channel=""),
                name="erased_is_never_sent_to",
            ),
        ]
        indexes = [
            # With the id, so that searching reads the index and not a million rows.
            models.Index(fields=["channel", "name", "contactable_id"], name="contacts_by_name"),
            models.Index(fields=["channel", "account", "name"], name="contacts_by_account"),
            models.Index(
                fields=["channel"],
                name="contacts_not_to_disturb",
                condition=models.Q(do_not_disturb=True),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Erased contact") if self.is_erased else self.name or self.contactable_id

    @property
    def is_erased(self) -> bool:
        return not self.channel

    @property
    def values(self) -> dict[str, str]:
        """What placeholders may say of this contact: `name`, `id` and every attribute."""
        own = {"name": self.name, "id": self.contactable_id}
        return own | self.attributes | own

    @property
    def value_pairs(self) -> list[tuple[str, str]]:
        """The same for templates, where `values.items` would be the attribute named `items`."""
        return list(self.values.items())


class SavedAudience(models.Model):
    """A filter with a name: who is in it is found anew whenever it is used."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    channel = models.CharField(_("channel"), max_length=16, choices=channel_choices)
    words = models.CharField(_("name or id"), max_length=200, blank=True)
    tag = models.CharField(_("tag"), max_length=64, blank=True)
    account = models.CharField(_("channel account"), max_length=120, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("saved audience")
        verbose_name_plural = _("saved audiences")
        ordering = ["name"]
        permissions = [
            ("manage_others_audiences", _("Can delete other users' saved audiences")),
        ]

    def __str__(self) -> str:
        return self.name


class Attribute(models.Model):
    """A name that contacts' attributes have, so that a placeholder of that name is known."""

    name = models.CharField(_("name"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("attribute")
        verbose_name_plural = _("attributes")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Import(models.Model):
    """One file of contacts on its way in: first read, then, when its owner says so, kept."""

    class State(models.TextChoices):
        """How far it is."""

        UPLOADED = "uploaded", _("Waiting to be read")
        CHECKING = "checking", _("Reading")
        UNDECIDED = "undecided", _("Waiting for the encoding")
        CHECKED = "checked", _("Read")
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Importing")
        DONE = "done", _("Imported")
        FAILED = "failed", _("Failed")
        DISCARDED = "discarded", _("Discarded")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="imports")
    file_name = models.CharField(_("file"), max_length=200)
    channel = models.CharField(_("channel"), max_length=16, choices=channel_choices)
    account = models.CharField(_("channel account"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.UPLOADED)
    # Of the worker that has a go at it; every write of that worker names it.
    attempt = models.PositiveIntegerField(default=0)
    # What a person chose: the encoding of a text file, the sheet of a workbook.
    reading = models.JSONField(default=dict)
    problem = models.JSONField(default=dict)
    understood = models.JSONField(default=dict)
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    rejected = models.PositiveIntegerField(_("left out"), default=0)
    share = models.FloatField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def total(self) -> int:
        return self.created + self.updated + self.unchanged + self.rejected

    @property
    def writes(self) -> int:
        return self.created + self.updated
