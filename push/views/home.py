"""Home: what runs, what needs a decision, and where to begin."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from composer import kinds, preview
from composer.models import Draft, Template
from people import names, rights
from people.signed_in import SignedIn
from push import broadcasts, listing, outcomes, progress
from push.models import Broadcast, Contact

SHOWN = 5


@login_required
@require_safe
def home(request: SignedIn) -> HttpResponse:
    may = request.user.has_perm
    shown: dict[str, Any] = {"kinds": [kinds.MESSAGES[name] for name in kinds.NAMES]}
    if may(rights.VIEW_BROADCASTS):
        shown |= on_their_way()
    if may(rights.VIEW_TEMPLATES):
        shown |= {"own": own_drafts(request), "most_used": most_used()}
    if may(rights.WRITE):
        shown |= {"drafts": unsaved(request)}
    if not request.user.get_all_permissions():
        shown |= {"is_new_account": True, "administrators": names.administrators()}
    return render(request, "push/home.html", shown)


def on_their_way() -> dict[str, Any]:
    now = timezone.now()
    return {
        "trouble": outcomes.reason_text(broadcasts.system_trouble()),
        "running": progress.of_many(listing.running()[:SHOWN], now=now),
        "scheduled": listing.scheduled()[:SHOWN],
        "waiting": progress.of_many(listing.undecided()[:SHOWN], now=now),
        "has_contacts": Contact.objects.exists(),
        "has_broadcasts": Broadcast.objects.exists(),
    }


def own_drafts(request: SignedIn) -> QuerySet[Template]:
    own = Template.objects.listed().filter(owner=request.user, state=Template.State.DRAFT)
    return own[:SHOWN]


@rights.required(rights.VIEW_BROADCASTS)
@require_safe
def trouble(request: SignedIn) -> HttpResponse:
    """Why nothing is sent, for a Home page that stays open."""
    shown = {"trouble": outcomes.reason_text(broadcasts.system_trouble())}
    return render(request, "push/_home_trouble.html", shown)


def unsaved(request: SignedIn) -> list[dict[str, Any]]:
    """What this person has typed and not saved."""
    found = Draft.objects.filter(by=request.user, kind__in=kinds.NAMES).select_related("template")
    return [
        {
            "name": draft.name or draft.template or _(kinds.MESSAGES[draft.kind].label),
            "at": draft.updated_at,
            "url": reverse("compose", args=[draft.kind])
            + (f"?template={draft.template_id}" if draft.template_id else ""),
        }
        for draft in found[:SHOWN]
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
