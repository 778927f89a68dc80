"""Contacts, broadcasts, and what became of each delivery."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from composer.models import Version
from push.directory import (
    Attribute,
    Contact,
    ContactQuerySet,
    Import,
    SavedAudience,
    Tag,
    channel_choices,
)

__all__ = [
    "STUCK",
    "Attribute",
    "Broadcast",
    "Chunk",
    "Contact",
    "ContactQuerySet",
    "Delivery",
    "Import",
    "Minute",
    "Outcome",
    "Pace",
    "SavedAudience",
    "Tag",
    "Worker",
    "channel_choices",
]


class Broadcast(models.Model):
    """One message, one channel, one audience, one run.

    `press` is the press of the button that began it. `expanded_to` is the last contact that has
    its delivery, out of those up to `expand_until`, who were there when it began (none before).
    Every batch of deliveries that is tried again is one more of the `rounds`.

    Nothing leaves before `not_before` nor after `not_after`, by the database's clock; one that
    keeps the quiet hours has both. The audience goes in `waves` of so many and then the rest;
    those up to `wave` may leave. What was held is tried at `held_again_at`, up to `held_until`.
    Since `erased_at` its deliveries hold no values and no answers: retention took them.
    """

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("Scheduled")
        EXPANDING = "expanding", _("Preparing")
        RUNNING = "running", _("Sending")
        PAUSED = "paused", _("Paused")
        DONE = "done", _("Finished")
        CANCELLED = "cancelled", _("Cancelled")

    version = models.ForeignKey(Version, models.PROTECT, related_name="broadcasts")
    channel = models.CharField(_("channel"), max_length=16, choices=channel_choices)
    audience = models.JSONField(_("audience"), default=dict)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.EXPANDING)
    paused_because = models.CharField(_("paused because"), max_length=400, blank=True)
    is_test = models.BooleanField(_("test"), default=False)
    is_forced = models.BooleanField(_("forced"), default=False)
    force_reason = models.CharField(_("reason for forcing"), max_length=200, blank=True)
    # Documented limits of the channel that somebody chose to break, as "rule path".
    overridden = models.JSONField(_("rejections overridden"), default=list, blank=True)
    override_reason = models.CharField(_("reason for overriding"), max_length=200, blank=True)
    # What contacts get who lack a value, by placeholder; an empty text sends them the blank.
    # Without one they are left out: see `leases`.
    fallback_values = models.JSONField(_("values for this send"), default=dict, blank=True)
    rate_per_minute = models.PositiveIntegerField(_("posts a minute"), null=True, blank=True)
    size = models.PositiveIntegerField(_("audience"), default=0)
    press = models.UUIDField(_("press"), unique=True, null=True)
    rounds = models.PositiveIntegerField(default=0)
    expanded_to = models.BigIntegerField(default=0)
    expand_until = models.BigIntegerField(null=True)
    start_at = models.DateTimeField(_("begins"), null=True, blank=True)
    keeps_quiet_hours = models.BooleanField(_("keeps the quiet hours"), default=False)
    not_before = models.DateTimeField(null=True)
    not_after = models.DateTimeField(null=True)
    waves = models.JSONField(_("waves"), default=list, blank=True)
    wave = models.PositiveSmallIntegerField(default=0)
    held_again_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    pumped_at = models.DateTimeField(null=True)
    resumed_at = models.DateTimeField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("sent by")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("broadcast")
        verbose_name_plural = _("broadcasts")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rate_per_minute=None) | models.Q(rate_per_minute__gt=0),
                name="pace_goes_on",
            ),
            models.CheckConstraint(
                condition=models.Q(is_forced=False) | ~models.Q(force_reason=""),
                name="force_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["state"],
                name="broadcasts_not_over",
                condition=~models.Q(state__in=["done", "cancelled"]),
            )
        ]
        permissions = [
            ("send_broadcast", _("Can send broadcasts")),
            ("force_broadcast", _("Can force a message into a conversation")),
            ("manage_others_broadcasts", _("Can manage other users' broadcasts")),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.version.template}"

    @property
    def is_prepared(self) -> bool:
        """Everybody in its audience has a delivery, so that it is known how many they are."""
        return self.expand_until is not None and self.expanded_to == self.expand_until


class Outcome(models.TextChoices):
    """What became of one delivery. Pending is waiting or in flight: the chunk knows which."""

    PENDING = "pending", _("Waiting")
    SENT = "sent", _("Sent")
    HELD = "held", _("Held")
    FAILED = "failed", _("Failed")
    UNCERTAIN = "uncertain", _("Uncertain")
    CANCELLED = "cancelled", _("Cancelled")


# Who was not sent, and why, is counted and shown on every look at a broadcast.
STUCK = [Outcome.HELD, Outcome.FAILED, Outcome.UNCERTAIN]


class Chunk(models.Model):
    """About a thousand deliveries of one round, from `first` to `last`, for one worker at a time.

    `claimed_to` is the last delivery that may have been posted; it only grows, and it is
    committed before the post. `epoch` grows with every lease, so a zombie's writes miss. A chunk
    of the first round lies within one `wave`; what is tried again belongs to the first wave.
    The counters always add up to the deliveries that belong to this chunk.
    """

    class State(models.TextChoices):
        READY = "ready", _("Ready")
        LEASED = "leased", _("Leased")
        DONE = "done", _("Done")

    broadcast = models.ForeignKey(Broadcast, models.CASCADE, related_name="chunks", db_index=False)
    round = models.PositiveIntegerField(default=0)
    wave = models.PositiveSmallIntegerField(default=0)
    is_forced = models.BooleanField(default=False)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    claimed_to = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.READY)
    owner = models.CharField(max_length=64, blank=True)
    epoch = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    waiting = models.PositiveIntegerField(default=0)
    sending = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    uncertain = models.PositiveIntegerField(default=0)
    cancelled = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(claimed_to__gte=models.F("first") - 1)
                & models.Q(claimed_to__lte=models.F("last")),
                name="watermark_within",
            )
        ]
        indexes = [
            models.Index(fields=["broadcast", "state"], name="chunks_by_state"),
            models.Index(
                fields=["state", "lease_until"],
                name="chunks_not_done",
                condition=~models.Q(state="done"),
            ),
            models.Index(
                fields=["broadcast"], name="chunks_with_held", condition=models.Q(held__gt=0)
            ),
            models.Index(
                fields=["broadcast"],
                name="chunks_to_decide",
                condition=models.Q(failed__gt=0) | models.Q(uncertain__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"


class Delivery(models.Model):
    """One contact's part of a broadcast, with its own outcome.

    `values` are the placeholder values it is filled with, as they were at the start, so that the
    exact body can be drawn again for ever; `status` and `answer` are what the API said.
    """

    broadcast = models.ForeignKey(
        Broadcast, models.CASCADE, related_name="deliveries", db_index=False
    )
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="deliveries")
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome, default=Outcome.PENDING
    )
    round = models.PositiveIntegerField(default=0)
    reason = models.CharField(_("reason"), max_length=32, blank=True)
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    values = models.JSONField(_("values"), null=True, blank=True)
    at = models.DateTimeField(_("when"), null=True, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["broadcast", "contact"], name="one_delivery_each")
        ]
        indexes = [
            models.Index(fields=["broadcast", "outcome", "id"], name="deliveries_by_outcome"),
            models.Index(
                fields=["broadcast", "outcome", "reason", "id"],
                name="deliveries_by_reason",
                condition=models.Q(outcome__in=STUCK),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact}: {self.get_outcome_display()}"


class Minute(models.Model):
    """What came back of one chunk in one minute, counted from 1970 by the database's clock.

    Whoever writes it holds the chunk, so no two workers wait for each other.
    """

    pk = models.CompositePrimaryKey("chunk", "minute")
    broadcast = models.ForeignKey(Broadcast, models.CASCADE, related_name="+", db_index=False)
    chunk = models.ForeignKey(Chunk, models.CASCADE, related_name="+", db_index=False)
    minute = models.BigIntegerField()
    sent = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    uncertain = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["broadcast", "minute"], name="minutes_of_broadcast")]

    def __str__(self) -> str:
        return f"{self.chunk_id}: {self.minute}"


class Pace(models.Model):
    """When the next post of a token, or of a broadcast with a pace of its own, may leave.

    One row for all processes keeps them to one pace. `troubles` counts the times in a row that
    the API was out of reach or asked to wait, for this `reason`. A token that the API refused
    was set aside at `refused_at`.
    """

    key = models.CharField(max_length=64, unique=True)
    next_at = models.DateTimeField()
    troubles = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=32, blank=True)
    refused_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key


class Worker(models.Model):
    """A worker process, and when it was last seen.

    `silent_since` is set while its posts are on their way and nothing comes back.
    """

    name = models.CharField(max_length=100, unique=True)
    seen_at = models.DateTimeField()
    silent_since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
