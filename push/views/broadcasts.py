"""Broadcasts: the list, one while it runs and after, and what became of each contact."""

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from composer import preview
from composer.vocabulary import channels
from people import record, rights
from people.signed_in import SignedIn
from push import outcomes, progress, results, roster
from push.models import Broadcast, Delivery, Outcome
from push.roster import Wanted
from push.wire import Envelope

LISTED = 25
FACES = 4


@login_required
@require_safe
def broadcasts(request: SignedIn) -> HttpResponse:
    found = Broadcast.objects.select_related("version__template", "by").order_by("-pk")
    page = Paginator(found, LISTED).get_page(request.GET.get("page"))
    shown = progress.of_many(page, now=timezone.now())
    return render(request, "push/broadcasts.html", {"page": page, "all_progress": shown})


@login_required
@require_safe
def broadcast(request: SignedIn, pk: int) -> HttpResponse:
    found = with_version(pk)
    page = how_it_goes(request, found) | people(request, found)
    return render(request, "push/broadcast.html", page)


@login_required
@require_safe
def live(request: SignedIn, pk: int) -> HttpResponse:
    """What changes while it runs; asks for itself again until nothing does."""
    going = how_it_goes(request, with_version(pk))
    answer = render(request, "push/_broadcast_live.html", going)
    if not going["progress"].is_watched:
        # The other panels draw themselves once more.
        answer["HX-Trigger"] = "settled"
    return answer


@login_required
@require_safe
def deliveries(request: SignedIn, pk: int) -> HttpResponse:
    """A page of contacts, for the list on the broadcast's page."""
    return render(request, "push/_deliveries.html", people(request, with_version(pk)))


@login_required
@require_safe
def decide(request: SignedIn, pk: int) -> HttpResponse:
    """What needs a decision, while it runs."""
    return render(request, "push/_broadcast_decide.html", how_it_goes(request, with_version(pk)))


@login_required
@require_safe
def rows(request: SignedIn, pk: int) -> HttpResponse:
    """More rows of the list."""
    return render(request, "push/_delivery_rows.html", people(request, with_version(pk)))


@login_required
@require_safe
def delivery(request: SignedIn, pk: int, delivery: int) -> HttpResponse:
    """What one contact was sent, drawn and word for word."""
    found = with_version(pk)
    own = Delivery.objects.filter(broadcast=found).select_related("contact")
    each = get_object_or_404(own, pk=delivery)
    payload, values = found.version.payload, each.values or {}
    shown = {
        "broadcast": found,
        "delivery": each,
        "picture": preview.draw(payload, channel=found.channel, values=values),
        "body": body(found, each),
    }
    return render(request, "push/delivery.html", shown)


def body(found: Broadcast, each: Delivery) -> str:
    """The JSON that was posted, set out for reading."""
    forced = found.chunks.filter(round=each.round, is_forced=True).exists()
    kind = channels.ALL[found.channel].contactable_type
    envelope = Envelope(found.version.payload, contactable_type=kind, is_forced=forced)
    posted = envelope.body(each.contact.contactable_id, each.values)
    return json.dumps(json.loads(posted), ensure_ascii=False, indent=2)


@rights.required(rights.SEND)
@require_safe
def csv(request: SignedIn, pk: int) -> StreamingHttpResponse:
    found = with_version(pk)
    record.note(request.user, "exported", target=found)
    answer = StreamingHttpResponse(results.pages(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="broadcast-{found.pk}.csv"'
    return answer


def with_version(pk: int) -> Broadcast:
    return get_object_or_404(Broadcast.objects.select_related("version__template", "by"), pk=pk)


def how_it_goes(request: SignedIn, found: Broadcast) -> dict[str, Any]:
    going = progress.of(found, now=timezone.now())
    uncertain = Wanted(outcome=Outcome.UNCERTAIN)
    return {
        "broadcast": found,
        "progress": going,
        "tally": going.tally,
        "paused_because": outcomes.reason_text(found.paused_because),
        "reasons": progress.reasons(found) if going.undecided else [],
        "faces": roster.leaf(found, uncertain).deliveries[:FACES] if going.tally.uncertain else [],
        "may_send": request.user.has_perm(rights.SEND),
        "may_force": request.user.has_perm(rights.FORCE),
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
