"""Why some of a broadcast were not sent: how many for each reason, and what can be done."""

from dataclasses import dataclass

from django.db.models import BooleanField, Count
from django.db.models.expressions import RawSQL

from push import outcomes
from push.models import STUCK, Broadcast, Delivery, Outcome

# SQLite takes the index of just these only where its condition stands to the letter: with
# parameters it looks up each row's reason in the table, 90 ms for 30,000 of a million.
LISTED = ", ".join(f"'{outcome.value}'" for outcome in STUCK)
IS_STUCK = RawSQL(f"outcome IN ({LISTED})", (), output_field=BooleanField())  # noqa: S611
# Whether somebody is left to be silenced is looked up among the last so many.
LOOKED_AT = 1_000


@dataclass(frozen=True)
class Reason:
    """So many had this outcome for this reason; `is_silenced` once no broadcast goes to them."""

    outcome: str
    reason: str
    count: int
    is_silenced: bool = False

    @property
    def meaning(self) -> str:
        return outcomes.meaning_and_advice(self.reason)[0]

    @property
    def advice(self) -> str:
        return outcomes.meaning_and_advice(self.reason)[1]

    @property
    def can_retry(self) -> bool:
        """They definitely failed, and the same message may go through another time."""
        return self.outcome == Outcome.FAILED and self.reason not in outcomes.HOPELESS

    @property
    def asks_to_retry(self) -> bool:
        """Its advice ends in trying again, which a broadcast that was cancelled does not."""
        return self.outcome == Outcome.HELD or self.can_retry

    @property
    def is_unreachable(self) -> bool:
        return self.outcome == Outcome.FAILED and self.reason in outcomes.UNREACHABLE

    @property
    def can_silence(self) -> bool:
        return self.is_unreachable and not self.is_silenced


def of(broadcast: Broadcast) -> list[Reason]:
    """Of the held, failed and uncertain, from their own index; the most frequent first."""
    stuck = Delivery.objects.filter(IS_STUCK, broadcast=broadcast)
    rows = stuck.values_list("outcome", "reason").annotate(count=Count("pk"))
    return [
        Reason(outcome, reason, count, _is_silenced(broadcast, outcome, reason))
        for outcome, reason, count in rows.order_by("-count", "outcome", "reason")
    ]


def _is_silenced(broadcast: Broadcast, outcome: str, reason: str) -> bool:
    if outcome != Outcome.FAILED or reason not in outcomes.UNREACHABLE:
        return False
    same = Delivery.objects.filter(broadcast=broadcast, outcome=outcome, reason=reason)
    last = same.order_by("-pk").values("pk")[:LOOKED_AT]
    return not Delivery.objects.filter(pk__in=last, contact__do_not_disturb=False).exists()
