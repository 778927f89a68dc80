"""What people do to a broadcast: each is a POST, and goes back to where it was asked for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

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

Act = Callable[[SignedIn, Broadcast], str]


def deed(right: str) -> Callable[[Act], Any]:
    """A view of what is done to a broadcast: it says what came of it, or why nothing did."""

    def decorate(act: Act) -> Any:
        @wraps(act)
        def view(request: SignedIn, pk: int) -> HttpResponse:
            broadcast = get_object_or_404(Broadcast, pk=pk)
            try:
                messages.success(request, act(request, broadcast))
            except NotPossible as error:
                messages.error(request, str(error))
            return back(request, broadcast)

        return rights.required(right)(require_POST(view))

    return decorate


@deed(rights.SEND)
def pause(request: SignedIn, broadcast: Broadcast) -> str:
    done = broadcasts.pause(broadcast, by=request.user)
    return _("Paused.") if done else _("There was nothing to pause.")


@deed(rights.SEND)
def resume(request: SignedIn, broadcast: Broadcast) -> str:
    done = broadcasts.resume(broadcast, by=request.user)
    return _("Sending goes on.") if done else _("It was not paused.")


@deed(rights.SEND)
def cancel(request: SignedIn, broadcast: Broadcast) -> str:
    done = broadcasts.cancel(broadcast, by=request.user)
    return _("Cancelled. Nothing more is sent.") if done else _("It had ended already.")


@deed(rights.SEND)
def retry(request: SignedIn, broadcast: Broadcast) -> str:
    """What failed is tried again, all of it or the one that is named."""
    only = named(request)
    return tried(broadcasts.retry_failed(broadcast, by=request.user, deliveries=only))


@deed(rights.SEND)
def release(request: SignedIn, broadcast: Broadcast) -> str:
    """What was held is tried again, without force."""
    only = named(request)
    return tried(broadcasts.retry_held(broadcast, by=request.user, deliveries=only))


@deed(rights.FORCE)
def force(request: SignedIn, broadcast: Broadcast) -> str:
    """What was held goes into the conversations, with a reason."""
    reason, only = said(request, "reason"), named(request)
    count = broadcasts.retry_held(
        broadcast, by=request.user, forced=True, reason=reason, deliveries=only
    )
    return tried(count)


@deed(rights.SEND)
def settle(request: SignedIn, broadcast: Broadcast) -> str:
    """A person's word on what is uncertain, all of it or the one that is named."""
    found_as = said(request, "as")
    if found_as not in {"sent", "not_sent"}:
        raise NotPossible(_("Choose whether they were sent or not."))
    count = broadcasts.settle(
        broadcast,
        as_sent=found_as == "sent",
        by=request.user,
        reason=said(request, "reason"),
        deliveries=named(request),
    )
    return _("Settled: %(count)s.") % {"count": count}


def said(request: SignedIn, name: str) -> str:
    return request.POST.get(name, "").strip()[:200]


def named(request: SignedIn) -> list[int] | None:
    """The one delivery that the form names; None asks for all."""
    key = request.POST.get("delivery", "")
    if not key:
        return None
    return [int(key)] if key.isascii() and key.isdigit() and len(key) < 19 else []


def tried(count: int) -> str:
    return _("Trying again: %(count)s.") % {"count": count} if count else _("Nothing to try again.")


def back(request: SignedIn, broadcast: Broadcast) -> HttpResponse:
    """To the one contact's page that it was asked on, or to the broadcast's."""
    only = broadcast.deliveries.filter(pk__in=named(request) or []).first()
    if only:
        return redirect("delivery", broadcast.pk, only.pk)
    return redirect("broadcast", broadcast.pk)
