"""When a broadcast begins and goes on: at its time, and not in the quiet hours if it keeps them.

Everything here goes by the database's clock, and may be called by any number of workers.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import DateTimeField, Expression, F, Max, Q, QuerySet, Value
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from composer.models import Template, Version
from people import record
from push import quiet
from push.audience import Audience
from push.errors import InQuietHours, NotPossible
from push.isolation import isolate
from push.models import Broadcast, Contact

State = Broadcast.State
MOVING = (State.EXPANDING, State.RUNNING)
GOING = (*MOVING, State.PAUSED)
# Why a broadcast waits for a person at its time: words for `outcomes.reason_text`.
LATE, ARCHIVED, NOBODY = "late", "archived", "nobody"
# When the quiet hours were over, or will be.
OPENED = F("not_before")


@dataclass(frozen=True)
class Plan:
    """When, and how much at a time: at once and everybody, if nothing is said."""

    at: datetime | None = None
    keeps_quiet_hours: bool = True
    waves: tuple[int, ...] = ()
    can_be_taken_back: bool = False

    def fields(self) -> dict[str, Any]:
        """What a new broadcast keeps of it."""
        if self.at is not None:
            began = {"state": State.SCHEDULED, "start_at": self.at}
            return began | {"keeps_quiet_hours": self.keeps_quiet_hours, "waves": list(self.waves)}
        wait = timedelta(seconds=settings.TAKE_BACK_SECONDS)
        held_back = {"not_before": Now() + wait} if self.can_be_taken_back else {}
        return {"expand_until": newest_contact(), "waves": list(self.waves)} | held_back


AT_ONCE = Plan()


def newest_contact() -> int:
    """Who is there now: nobody beyond this one is in an audience that begins now."""
    return Contact.objects.aggregate(pk=Max("pk"))["pk"] or 0


def is_due() -> bool:
    return _due().exists()


def start_due() -> int:
    """What was scheduled begins, each once; gives how many. What is too late waits for a person."""
    started = 0
    for key in list(_due().values_list("pk", flat=True)):
        with isolate(key):
            started += _start(key)
    return started


def begin(broadcast: QuerySet[Broadcast], **fields: Any) -> bool:
    """Its audience is fixed, and its hours are set."""
    now = broadcast.annotate(now=Now()).values_list("now", "keeps_quiet_hours").first()
    if now is None:
        return False
    moment, keeps = now
    hours = quiet.hours(moment) if keeps else quiet.Hours()
    return bool(
        broadcast.update(
            state=State.EXPANDING,
            expand_until=newest_contact(),
            not_before=hours.opens,
            not_after=hours.closes,
            **fields,
        )
    )


def keep_hours() -> None:
    """Broadcasts whose hours are over get their next ones; who missed these waits for a person."""
    over = Broadcast.objects.filter(state__in=GOING, not_after__lte=Now())
    for key, now, closed in list(over.annotate(now=Now()).values_list("pk", "now", "not_after")):
        assert closed is not None
        with isolate(key), transaction.atomic():
            hours, opened = quiet.hours(now), Value(quiet.allowed(closed), DateTimeField())
            _hold(missed(opened).filter(pk=key))
            over.filter(pk=key).update(not_before=hours.opens, not_after=hours.closes)


def missed(opened: Expression | F = OPENED) -> QuerySet[Broadcast]:
    """What should have gone on when the quiet hours were over, and had no worker since."""
    going = Broadcast.objects.filter(state__in=MOVING, keeps_quiet_hours=True).alias(opened=opened)
    nobody = Q(pumped_at=None) | Q(pumped_at__lt=F("opened"))
    return going.filter(nobody, opened__lt=Now() - _late())


def hold_missed() -> None:
    """It waits for a person, as one that missed its time does."""
    for key in list(missed().values_list("pk", flat=True)):
        with isolate(key), transaction.atomic():
            _hold(missed().filter(pk=key))


def _hold(broadcast: QuerySet[Broadcast]) -> None:
    key = broadcast.values_list("pk", flat=True).first()
    if key is not None and broadcast.update(state=State.PAUSED, paused_because=LATE):
        record.note(None, "paused", target=f"#{key}", because=LATE)


def change_time(broadcast: Broadcast, *, at: datetime, keeps_quiet_hours: bool, by: User) -> None:
    """Another time, as long as it has not begun. Raises NotPossible."""
    if keeps_quiet_hours and quiet.contains(at):
        allowed = timezone.localtime(quiet.allowed(at))
        words = _("That is in the quiet hours, %(hours)s. The next time that is allowed: %(next)s.")
        said = {"hours": quiet.in_words(), "next": f"{allowed:%Y-%m-%d %H:%M}"}
        raise InQuietHours(words % said, allowed)
    with transaction.atomic():
        waiting = Broadcast.objects.filter(pk=broadcast.pk, state=State.SCHEDULED)
        if not waiting.update(start_at=at, keeps_quiet_hours=keeps_quiet_hours):
            raise NotPossible(_("It is not waiting for its time any more."))
        record.note(by, "scheduled", target=broadcast, start_at=at.isoformat(timespec="minutes"))
    broadcast.refresh_from_db()


def go_on_now(broadcast: Broadcast, *, by: User) -> bool:
    """A person lets it go on in the quiet hours; false when they were not what it waited for."""
    with transaction.atomic():
        quiet_one = Broadcast.objects.filter(
            pk=broadcast.pk, state__in=GOING, keeps_quiet_hours=True
        )
        changed = quiet_one.update(keeps_quiet_hours=False, not_before=None, not_after=None)
        if changed:
            record.note(by, "disturbed", target=broadcast)
    broadcast.refresh_from_db()
    return bool(changed)


def _due() -> QuerySet[Broadcast]:
    return Broadcast.objects.filter(state=State.SCHEDULED, start_at__lte=Now())


def _start(key: int) -> int:
    with transaction.atomic():
        due = _due().filter(pk=key)
        for because, is_so in [*_obstacles().items(), (NOBODY, _is_for_nobody(due))]:
            if due.filter(is_so).update(state=State.PAUSED, paused_because=because):
                record.note(None, "paused", target=f"#{key}", because=because)
                return 0
        has_begun = begin(due, pumped_at=Now())
        if has_begun:
            record.note(None, "began", target=f"#{key}")
    return int(has_begun)


def _obstacles() -> dict[str, Q]:
    """Why one whose time has come waits for a person instead."""
    archived = Version.objects.filter(template__state=Template.State.ARCHIVED)
    return {LATE: Q(start_at__lt=Now() - _late()), ARCHIVED: Q(version__in=archived)}


def _is_for_nobody(due: QuerySet[Broadcast]) -> Q:
    """Whether nobody is left in its audience: its tag was renamed or deleted, for example."""
    kept = due.values_list("audience", flat=True).first()
    is_empty = kept is not None and not Audience.from_json(kept).contacts().exists()
    return Q() if is_empty else Q(pk__in=[])


def _late() -> timedelta:
    return timedelta(minutes=settings.LATE_AFTER_MINUTES)
