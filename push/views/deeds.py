"""What people do to a broadcast: each is a POST, and goes back to its page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people import rights
from people.signed_in import SignedIn
from push import broadcasts
from push.errors import NotPossible
from push.models import Broadcast


@rights.required(rights.SEND)
@require_POST
def pause(request: SignedIn, pk: int) -> HttpResponse:
    broadcast = get_object_or_404(Broadcast, pk=pk)
    done = broadcasts.pause(broadcast, by=request.user)
    return say(request, broadcast, _("Paused.") if done else _("There was nothing to pause."))


@rights.required(rights.SEND)
@require_POST
def resume(request: SignedIn, pk: int) -> HttpResponse:
    broadcast = get_object_or_404(Broadcast, pk=pk)
    done = broadcasts.resume(broadcast, by=request.user)
    return say(request, broadcast, _("Sending goes on.") if done else _("It was not paused."))


@rights.required(rights.SEND)
@require_POST
def cancel(request: SignedIn, pk: int) -> HttpResponse:
    broadcast = get_object_or_404(Broadcast, pk=pk)
    done = broadcasts.cancel(broadcast, by=request.user)
    words = _("Cancelled. Nothing more is sent.") if done else _("It had ended already.")
    return say(request, broadcast, words)


@rights.required(rights.SEND)
@require_POST
def retry(request: SignedIn, pk: int) -> HttpResponse:
    """What failed is tried again, all of it or the one that is named."""
    broadcast = get_object_or_404(Broadcast, pk=pk)
    try:
        count = broadcasts.retry_failed(broadcast, by=request.user, deliveries=named(request))
    except NotPossible as error:
        return complain(request, broadcast, str(error))
    return say(request, broadcast, tried(count))


@rights.required(rights.SEND)
@require_POST
def release(request: SignedIn, pk: int) -> HttpResponse:
    """What was held is tried again, without force."""
    broadcast = get_object_or_404(Broadcast, pk=pk)
    try:
        count = broadcasts.retry_held(broadcast, by=request.user, deliveries=named(request))
    except NotPossible as error:
        return complain(request, broadcast, str(error))
    return say(request, broadcast, tried(count))


@rights.required(rights.FORCE)
@require_POST
def force(request: SignedIn, pk: int) -> HttpResponse:
    """What was held goes into the conversations, with a reason."""
    broadcast = get_object_or_404(Broadcast, pk=pk)
    reason = request.POST.get("reason", "").strip()[:200]
    try:
        count = broadcasts.retry_held(
            broadcast, by=request.user, forced=True, reason=reason, deliveries=named(request)
        )
    except NotPossible as error:
        return complain(request, broadcast, str(error))
    return say(request, broadcast, tried(count))


@rights.required(rights.SEND)
@require_POST
def settle(request: SignedIn, pk: int) -> HttpResponse:
    """A person's word on what is uncertain."""
    broadcast = get_object_or_404(Broadcast, pk=pk)
    found_as = request.POST.get("as")
    if found_as not in {"sent", "not_sent"}:
        return complain(request, broadcast, _("Choose whether they were sent or not."))
    try:
        count = broadcasts.settle(
            broadcast,
            as_sent=found_as == "sent",
            by=request.user,
            reason=request.POST.get("reason", "").strip()[:200],
            deliveries=named(request),
        )
    except NotPossible as error:
        return complain(request, broadcast, str(error))
    return say(request, broadcast, _("Settled: %(count)s.") % {"count": count})


def named(request: SignedIn) -> list[int] | None:
    """The one delivery that the form names; None asks for all."""
    key = request.POST.get("delivery", "")
    if not key:
        return None
    return [int(key)] if key.isascii() and key.isdigit() and len(key) < 19 else []


def tried(count: int) -> str:
    return _("Trying again: %(count)s.") % {"count": count} if count else _("Nothing to try again.")


def say(request: SignedIn, broadcast: Broadcast, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("broadcast", broadcast.pk)


def complain(request: SignedIn, broadcast: Broadcast, words: str) -> HttpResponse:
    messages.error(request, words)
    return redirect("broadcast", broadcast.pk)
