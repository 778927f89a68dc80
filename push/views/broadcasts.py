"""Broadcasts: the list, and one while it runs and after."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from people import fragments, rights
from people.signed_in import SignedIn
from push import chart, listing, outcomes, pacing, progress, reasons, roster, tokens
from push.audience import Audience
from push.broadcasts import Tally
from push.forms.times import TimeForm, offered
from push.listing import Filters
from push.models import Broadcast, Outcome, channel_choices
from push.roster import Wanted
from push.views import sent_drafts

LISTED = 25
FACES = 4


@rights.required(rights.VIEW_BROADCASTS)
@require_safe
@fragments.told_apart
def broadcasts(request: SignedIn) -> HttpResponse:
    """The list; htmx asks for the part beneath its filters."""
    filters = Filters.read(request.GET.dict())
    found = listing.found(filters, by=request.user)
    page = Paginator(found, LISTED).get_page(request.GET.get("page"))
    shown = {
        "filters": filters,
        "which": listing.WHICH.items(),
        "channels": channel_choices(),
        "page": page,
        "all_progress": progress.of_many(page, now=timezone.now()),
    }
    template = "push/_broadcasts.html" if fragments.wanted(request) else "push/broadcasts.html"
    return render(request, template, shown)


@rights.required(rights.VIEW_BROADCASTS)
@require_safe
def broadcast(request: SignedIn, pk: int) -> HttpResponse:
    found = with_version(pk)
    page = how_it_goes(request, found) | people(request, found)
    page |= undecided(found, page["tally"])
    page["offered"] = offered(request.GET.get("offer", "")) if "time_form" in page else None
    page["sent_drafts"] = sent_drafts.take(request)
    return render(request, "push/broadcast.html", page)


@rights.required(rights.VIEW_BROADCASTS)
@require_safe
def live(request: SignedIn, pk: int) -> HttpResponse:
    """What changes while it runs; asks for itself again until nothing does."""
    going = how_it_goes(request, with_version(pk))
    answer = render(request, "push/_broadcast_live.html", going)
    if not going["progress"].is_watched:
        # The other panels draw themselves once more.
        answer["HX-Trigger"] = "settled"
    return answer


@rights.required(rights.VIEW_BROADCASTS)
@require_safe
def deliveries(request: SignedIn, pk: int) -> HttpResponse:
    """A page of contacts, for the list on the broadcast's page."""
    return render(request, "push/_deliveries.html", people(request, with_version(pk)))


@rights.required(rights.VIEW_BROADCASTS)
@require_safe
def decide(request: SignedIn, pk: int) -> HttpResponse:
    """What needs a decision, while it runs."""
    found = with_version(pk)
    page = how_it_goes(request, found)
    page |= undecided(found, page["tally"])
    return render(request, "push/_broadcast_decide.html", page)


@rights.required(rights.VIEW_BROADCASTS)
@require_safe
def rows(request: SignedIn, pk: int) -> HttpResponse:
    """More rows of the list."""
    return render(request, "push/_delivery_rows.html", people(request, with_version(pk)))


def with_version(pk: int) -> Broadcast:
    return get_object_or_404(Broadcast.objects.select_related("version__template", "by"), pk=pk)


def how_it_goes(request: SignedIn, found: Broadcast) -> dict[str, Any]:
    """What changes by itself: the account, the chart, what it waits for."""
    going = progress.of(found, now=timezone.now())
    return {
        **planned(found),
        "broadcast": found,
        "progress": going,
        "tally": going.tally,
        "chart": chart.of(found, limit=going.limit),
        "paused_because": outcomes.reason_text(found.paused_because),
        "tokens_aside": [each for each in tokens.standings() if each.is_set_aside],
        "fastest": pacing.limit(),
        **may_do(request, found),
        "may_silence": request.user.has_perm(rights.IMPORT),
    }


def may_do(request: SignedIn, found: Broadcast) -> dict[str, bool]:
    """What this person may do to the broadcast, theirs or somebody else's."""
    may_manage = rights.can_manage(request.user, found.by_id, others=rights.MANAGE_BROADCASTS)
    return {
        "may_send": may_manage and request.user.has_perm(rights.SEND),
        "may_force": may_manage and request.user.has_perm(rights.FORCE),
    }


def undecided(found: Broadcast, tally: Tally) -> dict[str, Any]:
    """Who was not sent, why, and a few faces of those who are uncertain."""
    uncertain = Wanted(outcome=Outcome.UNCERTAIN)
    return {
        "reasons": reasons.of(found) if tally.held + tally.failed + tally.uncertain else [],
        "faces": roster.leaf(found, uncertain).deliveries[:FACES] if tally.uncertain else [],
    }


def planned(found: Broadcast) -> dict[str, Any]:
    """What is known of one that waits for its time."""
    if found.state != Broadcast.State.SCHEDULED:
        return {}
    audience = Audience.from_json(found.audience)
    said = {"at": timezone.localtime(found.start_at), "keeps_quiet_hours": found.keeps_quiet_hours}
    return {
        "audience": audience,
        "ledger": audience.ledger(),
        "time_form": TimeForm(initial=said),
    }


def people(request: SignedIn, found: Broadcast) -> dict[str, Any]:
    wanted = Wanted.read(request.GET.dict())
    leaf = roster.leaf(found, wanted)
    kept = {"outcome": wanted.outcome, "reason": wanted.reason, "find": wanted.find}
    return {
        "broadcast": found,
        "wanted": wanted,
        "leaf": leaf,
        "outcomes": Outcome.choices,
        "here": urlencode(kept),
        "more": urlencode(kept | {"after": leaf.after}),
        "reason_text": outcomes.reason_text(wanted.reason) if wanted.reason else "",
    }
