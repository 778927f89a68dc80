"""Start, pause, resume, cancel, try again, settle: one transaction each, each in the record."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from composer import library
from composer.models import Version
from composer.vocabulary import placeholders
from people import record
from push import books, clock, heartbeat, held, pacing, schedule, tasks, tokens
from push.audience import Audience
from push.books import Which
from push.errors import NotPossible
from push.models import Broadcast, Chunk, Outcome
from push.schedule import AT_ONCE, Plan

State = Broadcast.State

# How long `cancel` itself closes books; a worker goes on with the rest.
CLOSING = 1.0


@dataclass(frozen=True)
class Tally:
    """The account of a broadcast; the parts always add up to the audience."""

    audience: int = 0
    waiting: int = 0
    sending: int = 0
    sent: int = 0
    held: int = 0
    failed: int = 0
    uncertain: int = 0
    cancelled: int = 0

    @property
    def is_all_sent(self) -> bool:
        return self.sent == self.audience

    def to_json(self) -> dict[str, int]:
        """For scripts: what is in flight still waits for its answer."""
        counted = asdict(self)
        return counted | {"waiting": counted["waiting"] + counted.pop("sending")}


PARTS = ("waiting", "sending", "sent", "held", "failed", "uncertain", "cancelled")


def tally(broadcast: Broadcast) -> Tally:
    return tallies([broadcast.pk])[broadcast.pk]


def tallies(keys: Iterable[int]) -> dict[int, Tally]:
    """The accounts of many broadcasts in one query, from the chunks' counters."""
    wanted = list(keys)
    sums = Chunk.objects.order_by().filter(broadcast__in=wanted).values("broadcast")
    rows = sums.annotate(**{f"{part}_sum": Sum(part) for part in PARTS})
    found = {row["broadcast"]: dict(row) for row in rows}
    return {key: _tally(found.get(key, {})) for key in wanted}


def _tally(row: Mapping[str, Any]) -> Tally:
    counted = {part: row.get(f"{part}_sum", 0) for part in PARTS}
    return Tally(audience=sum(counted.values()), **counted)


def trouble(broadcast: Broadcast) -> str:
    """Why it stands still though it should move: a word for `outcomes.reason_text`, or nothing."""
    is_moving = broadcast.state in (State.SCHEDULED, *schedule.MOVING)
    in_flight = Chunk.objects.filter(broadcast=broadcast, sending__gt=0)
    if not is_moving and not (broadcast.state in schedule.GOING and in_flight.exists()):
        return ""
    if not heartbeat.is_worker_alive():
        return "no_worker"
    if is_moving and (because := pacing.trouble()):
        return because
    return "no_answers" if heartbeat.is_api_silent() and in_flight.exists() else ""


def system_trouble() -> str:
    """Why no broadcast at all moves, likewise."""
    if not heartbeat.is_worker_alive():
        return "no_worker"
    if not Broadcast.objects.filter(state__in=schedule.MOVING).exists():
        return ""
    return pacing.trouble() or ("no_answers" if heartbeat.is_api_silent() else "")


def start(
    version: Version,
    *,
    audience: Audience,
    by: User | None,
    press: UUID,
    forced: bool = False,
    reason: str = "",
    rate: int | None = None,
    is_test: bool = False,
    plan: Plan = AT_ONCE,
    overridden: Sequence[str] = (),
    override_reason: str = "",
    fallbacks: Mapping[str, str] | None = None,
) -> Broadcast:
    """Begins, or waits for its time; the same `press` again gives the same broadcast.

    `overridden` names the channel's documented limits that it breaks on purpose. `fallbacks` are
    what contacts get who lack a value, by placeholder; an empty text sends them the blank.
    A test sends blanks.
    Who is in the audience is fixed when it begins. Raises NotPossible.
    """
    _refuse(forced=forced, reason=reason, rate=rate)
    if overridden and not override_reason.strip():
        raise NotPossible(_("Say why this message is sent although it will be rejected."))
    with transaction.atomic():
        broadcast, is_new = Broadcast.objects.get_or_create(
            press=press,
            defaults={
                "version": version,
                "channel": audience.channel,
                "audience": audience.to_json(),
                "is_test": is_test,
                "is_forced": forced,
                "force_reason": reason[:200],
                "overridden": list(overridden),
                "override_reason": override_reason[:200] if overridden else "",
                "fallback_values": dict(_blanks(version) if is_test else fallbacks or {}),
                "rate_per_minute": rate,
                "by": by,
            }
            | plan.fields(),
        )
        if is_new:
            said = {"audience": broadcast.audience, "forced": reason or forced}
            if fallbacks:
                said["fallbacks"] = [
                    f"{name}: {text or '–'}" for name, text in broadcast.fallback_values.items()
                ]
            record.note(by, "sent" if plan.at is None else "scheduled", target=broadcast, **said)
            if overridden:
                said = {"rejections": broadcast.overridden, "reason": override_reason}
                record.note(by, "overrode", target=broadcast, **said)
            if not is_test:
                library.count_use(version)
            transaction.on_commit(tasks.hint)
    return broadcast


def _blanks(version: Version) -> dict[str, str]:
    return dict.fromkeys(placeholders.required(version.payload), "")


def _refuse(*, forced: bool, reason: str, rate: int | None) -> None:
    if forced and not reason.strip():
        raise NotPossible(_("Say why this message is forced into conversations."))
    pacing.refuse_nonsense(rate)


def pause(broadcast: Broadcast, *, by: User | None, because: str = "") -> bool:
    """Takes effect within one window; false when there was nothing to pause."""
    with transaction.atomic():
        changed = books.pause(broadcast.pk, because)
        if changed:
            record.note(by, "paused", target=broadcast, because=because)
    broadcast.refresh_from_db()
    return changed


def resume(broadcast: Broadcast, *, by: User | None) -> bool:
    """Goes on with what was never posted, in its next wave too; false when it was not paused."""
    with transaction.atomic():
        paused = Broadcast.objects.filter(pk=broadcast.pk, state=State.PAUSED)
        fresh = paused.select_for_update(no_key=True).first()
        if fresh is not None:
            _go_on(fresh)
            Broadcast.objects.filter(pk=broadcast.pk).update(resumed_at=Now())
            record.note(by, "resumed", target=broadcast)
            books.complete(broadcast.pk)
            tokens.give_chance()
            transaction.on_commit(tasks.hint)
    broadcast.refresh_from_db()
    return fresh is not None


def _go_on(paused: Broadcast) -> None:
    """From where it stopped; one that waited for its next wave opens it."""
    rows = Broadcast.objects.filter(pk=paused.pk)
    if paused.expand_until is None:
        schedule.begin(rows, paused_because="", pumped_at=Now())
        return
    rows.update(
        state=State.RUNNING if paused.is_prepared else State.EXPANDING,
        wave=books.next_wave(paused),
        paused_because="",
        pumped_at=Now(),
    )
    held.put_off(rows)


def set_pace(broadcast: Broadcast, rate: int | None, *, by: User | None) -> None:
    """Posts a minute from now on, also while it runs; None is as fast as the tokens allow.

    Raises NotPossible.
    """
    pacing.refuse_nonsense(rate)
    with transaction.atomic():
        unfinished = Broadcast.objects.filter(pk=broadcast.pk).exclude(
            state__in=[State.DONE, State.CANCELLED]
        )
        if not unfinished.update(rate_per_minute=rate):
            raise NotPossible(_("This broadcast has ended, so it has no pace any more."))
        record.note(by, "paced", target=broadcast, rate=rate)
    broadcast.refresh_from_db()


def cancel(broadcast: Broadcast, *, by: User | None) -> bool:
    """Nothing more is claimed from now on; false when it had ended already.

    The chunks' books are closed one by one, here as far as a second goes, the rest by a worker.
    """
    with transaction.atomic():
        active = Broadcast.objects.filter(
            pk=broadcast.pk, state__in=[State.SCHEDULED, *schedule.GOING]
        )
        changed = active.update(state=State.CANCELLED, paused_because="", finished_at=Now())
        if changed:
            record.note(by, "cancelled", target=broadcast)
            transaction.on_commit(tasks.hint)
    if changed:
        books.close_cancelled(until=clock.now() + CLOSING)
    broadcast.refresh_from_db()
    return bool(changed)


def retry_failed(
    broadcast: Broadcast,
    *,
    by: User | None,
    deliveries: Collection[int] | None = None,
    because: str = "",
) -> int:
    """Posts again what definitely failed: all, these, or for one reason. Raises NotPossible."""
    which = Which(Outcome.FAILED, deliveries, because)
    return _again(broadcast, which, by=by, is_forced=broadcast.is_forced, reason=because)


def retry_held(
    broadcast: Broadcast,
    *,
    by: User | None,
    forced: bool = False,
    reason: str = "",
    deliveries: Collection[int] | None = None,
) -> int:
    """Posts again what was held, all or these; by force only with a reason. Raises NotPossible."""
    if forced and not reason.strip():
        raise NotPossible(_("Say why this message is forced into conversations."))
    which = Which(Outcome.HELD, deliveries)
    if not forced:
        return _again(broadcast, which, by=by, is_forced=broadcast.is_forced)
    return _again(broadcast, which, by=by, is_forced=True, verb="forced", reason=reason)


def _again(
    broadcast: Broadcast,
    which: Which,
    *,
    by: User | None,
    is_forced: bool,
    verb: str = "retried",
    reason: str = "",
) -> int:
    with transaction.atomic():
        fresh = Broadcast.objects.select_for_update(no_key=True).get(pk=broadcast.pk)
        if fresh.state == State.CANCELLED:
            raise NotPossible(_("This broadcast was cancelled. Send the message anew instead."))
        if fresh.erased_at:
            raise NotPossible(
                _("The values of this broadcast were erased. Send the message again instead.")
            )
        taken = books.again(fresh, which, is_forced=is_forced)
        if taken:
            transaction.on_commit(tasks.hint)
            said = {"contacts": taken, "outcome": which.outcome, "reason": reason}
            record.note(by, verb, target=fresh, **said)
    broadcast.refresh_from_db()
    return taken


def settle(
    broadcast: Broadcast,
    *,
    as_sent: bool,
    by: User,
    reason: str,
    deliveries: Collection[int] | None = None,
) -> int:
    """A person's word on what is uncertain, all or these; gives how many. Raises NotPossible.

    What was not sent counts as failed, and may then be tried again.
    """
    if not reason.strip():
        raise NotPossible(_("Say how you know what became of these messages."))
    outcome, word = (
        (Outcome.SENT, "settled_sent") if as_sent else (Outcome.FAILED, "settled_not_sent")
    )
    with transaction.atomic():
        settled, which = 0, Which(Outcome.UNCERTAIN, deliveries)
        for page in books.pages(broadcast, which):
            said = {"outcome": outcome, "reason": word, "at": Now()}
            rows = which.of(books.of(page.chunk))
            settled += page.move(rows, "uncertain", outcome.value, **said)
            page.write()
        if settled:
            record.note(by, word, target=broadcast, contacts=settled, reason=reason)
    return settled
