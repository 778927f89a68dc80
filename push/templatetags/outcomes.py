"""Template tags for outcomes: each has its own shape and its word, never colour alone."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from push import outcomes
from push.models import Broadcast, Delivery, Outcome
from push.reasons import Reason

register = template.Library()

ICONS = {
    "sent": "check-circle",
    "sending": "clock-history",
    "waiting": "hourglass",
    "pending": "hourglass",
    "held": "pause-circle",
    "failed": "x-circle",
    "uncertain": "question-circle",
    "cancelled": "slash-circle",
}
# A broadcast's state, in the colour of what it does to its contacts.
STATES = {
    "scheduled": ("waiting", "calendar-event"),
    "expanding": ("sending", "clock-history"),
    "running": ("sending", "clock-history"),
    "paused": ("waiting", "pause-circle"),
    "done": ("waiting", "check-lg"),
    "cancelled": ("cancelled", "slash-circle"),
}


PLAIN = {"sent": _("FIRST LINE took it."), "pending": _("Not their turn yet.")}


@register.inclusion_tag("push/_outcome.html")
def outcome(value: str, *, label: str = "") -> dict[str, Any]:
    """The tag of one delivery's outcome; "pending" is waiting."""
    return {
        "colour": "waiting" if value == "pending" else value,
        "icon_name": ICONS[value],
        "label": label or Outcome(value).label,
    }


@register.inclusion_tag("push/_outcome.html")
def state(broadcast: Broadcast) -> dict[str, Any]:
    """The tag of a broadcast's state; one whose hours have not come waits."""
    is_going = broadcast.state in ("expanding", "running")
    if is_going and broadcast.not_before and broadcast.not_before > timezone.now():
        icon_name = "moon" if broadcast.keeps_quiet_hours else "hourglass"
        return {"colour": "waiting", "icon_name": icon_name, "label": _("Waiting")}
    colour, icon_name = STATES[broadcast.state]
    return {"colour": colour, "icon_name": icon_name, "label": broadcast.get_state_display()}


@register.filter
def meaning(delivery: Delivery, broadcast: Broadcast) -> str:
    """What happened and what can be done, in the reader's language."""
    found = Reason(delivery.outcome, delivery.reason, 1)
    if broadcast.state == Broadcast.State.CANCELLED and found.asks_to_retry:
        return found.meaning
    return outcomes.reason_text(delivery.reason) or str(PLAIN.get(delivery.outcome, ""))


@register.filter
def moment(at: datetime, with_date: bool) -> str:
    """The time on our clocks, with the day where a span is longer than one."""
    return timezone.localtime(at).strftime("%m-%d %H:%M" if with_date else "%H:%M")
