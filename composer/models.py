"""Templates and their versions, and the drafts people are working on."""

from pathlib import PurePosixPath
from typing import Any, NoReturn
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Max, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from composer import kinds
from composer.vocabulary import message
from people import rights


def kind_choices() -> list[tuple[str, Any]]:
    return [(name, _(kinds.MESSAGES[name].label)) for name in kinds.NAMES]


class TemplateQuerySet(models.QuerySet["Template"]):
    """Which templates: listed, visible to somebody, current."""

    def listed(self) -> "TemplateQuerySet":
        """Without the messages that were written to be sent once."""
        return self.filter(is_listed=True)

    def visible_to(self, person: User | AnonymousUser) -> "TemplateQuerySet":
        """Managers see all of the library, the others what is published and their own drafts."""
        if person.has_perm(rights.PUBLISH):
            return self.listed()
        own_drafts = models.Q(owner_id=person.pk, state=Template.State.DRAFT)
        return self.listed().filter(own_drafts | models.Q(state=Template.State.PUBLISHED))

    def published(self) -> "TemplateQuerySet":
        return self.filter(state=Template.State.PUBLISHED)

    def current(self) -> "TemplateQuerySet":
        return self.exclude(state=Template.State.ARCHIVED)

    def with_latest(self) -> "TemplateQuerySet":
        """Each with `latest_payload` and `latest_number`, for walls and lists."""
        latest = Version.objects.filter(template=OuterRef("pk")).order_by("-number")
        return self.annotate(
            latest_payload=Subquery(latest.values("payload")[:1]),
            latest_number=Subquery(latest.values("number")[:1]),
        )


class Template(models.Model):
    """A named message kept for reuse. What it says is in its versions."""

    class State(models.TextChoices):
        """Agents see what is published."""

        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        ARCHIVED = "archived", _("Archived")

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=32, choices=kind_choices)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.DRAFT)
    is_listed = models.BooleanField(_("in the library"), default=True)
    tags = models.JSONField(_("tags"), default=list, blank=True)
    notes = models.TextField(_("notes for agents"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("owner")
    )
    words = models.TextField(_("its words, for searching"), blank=True, editable=False)
    uses = models.PositiveIntegerField(_("times used"), default=0, editable=False)
    used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)

    objects = TemplateQuerySet.as_manager()

    # There only after `with_latest()`.
    latest_payload: dict[str, Any]
    latest_number: int

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        ordering = ["-updated_at"]
        permissions = [
            ("write_template", _("Can write and save templates")),
            ("publish_template", _("Can publish and archive templates")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(is_listed=True),
                name="one_template_of_a_name",
                violation_error_message=_("There is a template of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def latest(self) -> "Version":
        return self.versions.latest("number")


class Immutable(TypeError):
    """Versions are only ever added."""


class VersionQuerySet(models.QuerySet["Version"]):
    """Versions can be asked for and added; all else is refused."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise Immutable("versions are never updated: save the next one")

    def delete(self) -> NoReturn:
        raise Immutable("versions are never deleted: archive their template")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Immutable("versions are never updated: save the next one")

    def next_number(self, template: Template) -> int:
        return (self.filter(template=template).aggregate(last=Max("number"))["last"] or 0) + 1


class Version(models.Model):
    """What a template said from one save to the next.

    Never updated, never deleted: the database refuses it too (`people.append_only`).
    """

    template = models.ForeignKey(Template, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    payload = models.JSONField(_("payload"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("saved by")
    )
    at = models.DateTimeField(_("saved"), auto_now_add=True)
    why = models.CharField(_("reason"), max_length=200, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="one_version_of_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.template} · {self.number}"

    @property
    def message(self) -> message.Message:
        return kinds.read(self.payload)

    @property
    def kind(self) -> str:
        return self.payload["type"]


class Picture(models.Model):
    """A picture for messages, as it was made ready; `sha256` is of what was uploaded."""

    file = models.FileField(_("file"), unique=True)
    small = models.FileField(_("small file"))
    sha256 = models.CharField(max_length=64, unique=True)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    bytes = models.PositiveIntegerField(_("bytes"))
    name = models.CharField(_("name"), max_length=120)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("added by")
    )
    at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-at", "-pk"]
        permissions = [
            ("manage_others_pictures", _("Can rename and delete other users' images")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stem(self) -> str:
        """Its random name, which stands in every address of it."""
        return PurePosixPath(self.file.name or "").stem

    @property
    def is_stored(self) -> bool:
        """False where the storage has lost it."""
        return self.file.storage.exists(str(self.file))

    @property
    def address(self) -> str:
        """Where customers' phones find it: absolute, whatever the storage."""
        url = self.file.url
        return url if urlsplit(url).netloc else f"{settings.PUBLIC_BASE_URL}{url}"


class Draft(models.Model):
    """What someone has typed and not saved: one for each person, template and kind.

    `expected` is the version that was the latest when the writing began; `aside` holds what the
    same message was as other kinds, by kind, for switching back.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    template = models.ForeignKey(Template, models.CASCADE, null=True, blank=True)
    kind = models.CharField(max_length=32)
    content: Any = models.JSONField(default=dict)
    expected = models.PositiveBigIntegerField(default=0)
    name = models.CharField(max_length=120, blank=True, default="")
    aside: Any = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(fields=["by", "template", "kind"], name="one_draft_each"),
            models.UniqueConstraint(
                fields=["by", "kind"],
                condition=models.Q(template=None),
                name="one_draft_without_a_template",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.updated_at:%Y-%m-%d %H:%M}"


class Presence(models.Model):
    """When somebody's open page last said that it has this template."""

    template = models.ForeignKey(Template, models.CASCADE, related_name="presences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="presences")
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["template", "person"], name="one_presence_each")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.template_id}"
