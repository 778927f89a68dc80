"""A broadcast's deliveries, a page at a time: keys are walked, never counted."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Max, Min, Q, QuerySet

from people import addresses
from push.models import Broadcast, Contact, Delivery, Outcome

PAGE = 50
# In a broadcast of at most so many a search looks at each of them.
SMALL = 5_000
# In a larger one it names this many contacts at most; who is not found needs more of the name.
NAMED = 500


@dataclass(frozen=True)
class Wanted:
    """Which deliveries: by outcome, reason and name; `after` is the last one seen before."""

    outcome: str = ""
    reason: str = ""
    find: str = ""
    after: int = 0

    @classmethod
    def read(cls, said: Mapping[str, str]) -> "Wanted":
        """From an address; what makes no sense there asks for nothing."""
        outcome = said.get("outcome", "")
        return cls(
            outcome=outcome if outcome in Outcome.values else "",
            reason=said.get("reason", "")[:32].replace("\0", ""),
            find=said.get("find", "")[:200].replace("\0", ""),
            after=addresses.number(said.get("after")),
        )


@dataclass(frozen=True)
class Leaf:
    """One page of deliveries; `after` asks for the next one, 0 where there is none."""

    deliveries: list[Delivery]
    after: int


def leaf(broadcast: Broadcast, wanted: Wanted) -> Leaf:
    found = all_of(broadcast, wanted).filter(pk__gt=wanted.after)
    rows = list(found.select_related("contact")[: PAGE + 1])
    return Leaf(rows[:PAGE], after=rows[PAGE - 1].pk if len(rows) > PAGE else 0)


def all_of(broadcast: Broadcast, wanted: Wanted) -> QuerySet[Delivery]:
    if wanted.outcome:
        found = Delivery.objects.filter(broadcast=broadcast, outcome=wanted.outcome)
    else:
        found = _between(broadcast)
    if wanted.reason:
        found = found.filter(reason=wanted.reason)
    if wanted.find.strip():
        found = found.filter(_named(broadcast, wanted.find))
    return found.order_by("pk")


def _named(broadcast: Broadcast, words: str) -> Q:
    if broadcast.size > SMALL:
        named = Contact.objects.on(broadcast.channel).matching(words).order_by()
        return Q(contact__in=list(named.values_list("pk", flat=True)[:NAMED]))
    wanted = Q()
    for word in words.split():
        name, key = Q(contact__name__icontains=word), Q(contact__contactable_id__icontains=word)
        wanted &= name | key
    return wanted


def following(delivery: Delivery) -> Delivery | None:
    """The next one of the broadcast that waits for a person's word, after the last the first."""
    uncertain = Delivery.objects.filter(
        broadcast=delivery.broadcast_id, outcome=Outcome.UNCERTAIN
    ).order_by("pk")
    others = uncertain.select_related("contact").exclude(pk=delivery.pk)
    return others.filter(pk__gt=delivery.pk).first() or others.first()


def _between(broadcast: Broadcast) -> QuerySet[Delivery]:
    """Walks the keys between the broadcast's first and last.

    `+ 0` keeps the database off the index of broadcast and contact: by that one it would sort
    a million rows to show fifty.
    """
    ends = broadcast.chunks.order_by().aggregate(first=Min("first"), last=Max("last"))
    if ends["first"] is None:
        return Delivery.objects.none()
    walked = Delivery.objects.filter(pk__gte=ends["first"], pk__lte=ends["last"])
    return walked.alias(of=F("broadcast_id") + 0).filter(of=broadcast.pk)
