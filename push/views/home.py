"""Home: what runs, what needs a decision, and where to begin."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from composer import kinds, preview
from composer.models import Draft, Template
from people.signed_in import SignedIn
from push import progress
from push.models import Broadcast, Chunk, Contact

SHOWN = 5
State = Broadcast.State


@login_required
@require_safe
def home(request: SignedIn) -> HttpResponse:
    now = timezone.now()
    shown = {
        "kinds": [kinds.MESSAGES[name] for name in kinds.NAMES],
        "running": progress.of_many(running(), now=now),
        "scheduled": scheduled(),
        "waiting": progress.of_many(undecided(), now=now),
        "drafts": unsaved(request),
        "own": Template.objects.listed().filter(owner=request.user, state=Template.State.DRAFT)[
            :SHOWN
        ],
        "most_used": most_used(),
        "has_contacts": Contact.objects.exists(),
        "has_broadcasts": Broadcast.objects.exists(),
    }
    return render(request, "push/home.html", shown)


def listed() -> Any:
    return Broadcast.objects.select_related("version__template", "by").order_by("-pk")


def running() -> Any:
    """What goes out, or was paused by a person."""
    going = Q(state__in=[State.EXPANDING, State.RUNNING])
    return listed().filter(going | Q(state=State.PAUSED, paused_because=""))[:SHOWN]


def scheduled() -> Any:
    return listed().filter(state=State.SCHEDULED).order_by("start_at", "pk")[:SHOWN]


def undecided() -> Any:
    """Paused by itself; or ended, and somebody was refused, is uncertain, or stays held."""
    chunks = Chunk.objects.filter(broadcast=OuterRef("pk"))
    stuck = Exists(chunks.filter(Q(failed__gt=0) | Q(uncertain__gt=0)))
    stays_held = Q(held_again_at=None) & Exists(chunks.filter(held__gt=0))
    ended = Q(state=State.DONE, is_test=False) & (stuck | stays_held)
    stopped = Q(state=State.PAUSED) & ~Q(paused_because="")
    return listed().filter(ended | stopped)[:SHOWN]


def unsaved(request: SignedIn) -> list[dict[str, Any]]:
    """What this person has typed and not saved."""
    found = Draft.objects.filter(by=request.user).select_related("template")[:SHOWN]
    return [
        {
            "name": draft.template or _(kinds.MESSAGES[draft.kind].label),
            "at": draft.updated_at,
            "url": reverse("compose", args=[draft.kind])
            + (f"?template={draft.template_id}" if draft.template_id else ""),
        }
        for draft in found
    ]


def most_used() -> list[dict[str, Any]]:
    found = Template.objects.listed().published().order_by("-uses", "-updated_at")
    return [
        {
            "template": each,
            "picture": preview.draw(each.latest_payload, channel="line"),
            "url": reverse("template", args=[each.pk]),
        }
        for each in found.with_latest()[:SHOWN]
    ]
