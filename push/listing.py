"""Which broadcasts are listed: by state, channel, words and who; what is to come stands first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from composer.vocabulary import channels
from push.models import Broadcast, Chunk

State = Broadcast.State
GOING = (State.EXPANDING, State.RUNNING, State.PAUSED)
STOPPED = Q(state__in=[State.PAUSED, State.CANCELLED]) & ~Q(paused_because="")
# What the list can be narrowed to, as its address says it.
WHICH = {
    "": _("All"),
    "scheduled": _("Scheduled"),
    "going": _("Under way"),
    "undecided": _("Needs a decision"),
    "done": _("Finished"),
    "cancelled": _("Cancelled"),
    "tests": _("Tests"),
}


@dataclass(frozen=True)
class Filters:
    """What the list was asked for; what makes no sense there asks for nothing."""

    which: str = ""
    channel: str = ""
    words: str = ""
    mine: bool = False

    @classmethod
    def read(cls, said: Mapping[str, str]) -> "Filters":
        which, channel = said.get("which", ""), said.get("channel", "")
        return cls(
            which=which if which in WHICH else "",
            channel=channel if channel in channels.ALL else "",
            words=said.get("q", "").replace("\0", "").strip()[:200],
            mine=bool(said.get("mine")),
        )

    @property
    def is_narrow(self) -> bool:
        return self != Filters()


def found(filters: Filters, *, by: User) -> QuerySet[Broadcast]:
    """Those that fit: first what is scheduled, the soonest first, then what goes, then the rest."""
    some = OF[filters.which]()
    if filters.channel:
        some = some.filter(channel=filters.channel)
    if filters.words:
        some = some.filter(version__template__name__icontains=filters.words)
    if filters.mine:
        some = some.filter(by=by)
    return _in_order(some)


def scheduled() -> QuerySet[Broadcast]:
    return _listed().filter(state=State.SCHEDULED).order_by("start_at", "pk")


def going() -> QuerySet[Broadcast]:
    return _listed().filter(state__in=GOING)


def running() -> QuerySet[Broadcast]:
    """What goes out, or was paused by a person with nothing to decide."""
    return going().exclude(STOPPED | _unsettled())


def undecided() -> QuerySet[Broadcast]:
    """Paused by itself; ended, and somebody was refused, is uncertain, or stays held.

    Or stopped by a person, and somebody is uncertain.
    """
    stuck = _some(Q(failed__gt=0) | Q(uncertain__gt=0))
    stays_held = Q(held_again_at=None) & _some(Q(held__gt=0))
    ended = Q(state=State.DONE, is_test=False) & (stuck | stays_held)
    return _listed().filter(ended | STOPPED | _unsettled())


def _unsettled() -> Q:
    """Who is uncertain waits for a person's word, whatever else comes of the broadcast."""
    stopped = Q(state__in=[State.PAUSED, State.CANCELLED], is_test=False)
    return stopped & _some(Q(uncertain__gt=0))


def _some(counted: Q) -> Q:
    return Q(Exists(Chunk.objects.filter(counted, broadcast=OuterRef("pk"))))


def _listed() -> QuerySet[Broadcast]:
    return Broadcast.objects.select_related("version__template", "by").order_by("-pk")


def _in_order(some: QuerySet[Broadcast]) -> QuerySet[Broadcast]:
    to_come = When(state=State.SCHEDULED, then=Value(0))
    moving = When(state__in=GOING, then=Value(1))
    return some.annotate(
        rank=Case(to_come, moving, default=Value(2), output_field=IntegerField()),
        begins=Case(When(state=State.SCHEDULED, then=F("start_at"))),
    ).order_by("rank", "begins", "-pk")


OF: dict[str, Callable[[], QuerySet[Broadcast]]] = {
    "": _listed,
    "scheduled": scheduled,
    "going": going,
    "undecided": undecided,
    "done": lambda: _listed().filter(state=State.DONE),
    "cancelled": lambda: _listed().filter(state=State.CANCELLED),
    "tests": lambda: _listed().filter(is_test=True),
}
