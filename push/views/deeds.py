"""What people do to a broadcast: each is a POST, and goes back to where it was asked for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people import addresses, rights
from people.signed_in import SignedIn
from push import broadcasts, contacts, held, pacing, schedule, tokens
from push.errors import InQuietHours, NotPossible
from push.forms.times import LOCAL, PaceForm, TimeForm, complaint
from push.models import Broadcast

Act = Callable[[SignedIn, Broadcast], str]


def deed(right: str, *, of_anybody: bool = False) -> Callable[[Act], Any]:
    """A view of what is done to a broadcast: it says what came of it, or why nothing did.

    Other people's broadcasts need the permission to manage them, unless it is done `of_anybody`.
    """

    def decorate(act: Act) -> Any:
        @wraps(act)
        def view(request: SignedIn, pk: int) -> HttpResponse:
            broadcast = get_object_or_404(Broadcast, pk=pk)
            if not of_anybody:
                owner, others = broadcast.by_id, rights.MANAGE_BROADCASTS
                rights.ensure_can_manage(request.user, owner, others=others)
            try:
                messages.success(request, act(request, broadcast))
            except InQuietHours as error:
                offer = {"offer": f"{error.allowed:{LOCAL}}"}
                return redirect(reverse("broadcast", args=[pk], query=offer))
            except NotPossible as error:
                messages.error(request, str(error))
            return back(request, broadcast)

        return rights.required(right)(require_POST(view))

    return decorate


# Stopping is safe, and may be urgent: the owner can resume.
@deed(rights.SEND, of_anybody=True)
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
def time(request: SignedIn, broadcast: Broadcast) -> str:
    """Another time for one that has not begun."""
    form = TimeForm(request.POST)
    if not form.is_valid():
        raise NotPossible(complaint(form))
    schedule.change_time(broadcast, by=request.user, **form.cleaned_data)
    begins = localize(timezone.localtime(broadcast.start_at))
    return _("It begins on %(when)s.") % {"when": begins}


@deed(rights.SEND)
def go_on(request: SignedIn, broadcast: Broadcast) -> str:
    """Into the quiet hours, because somebody says so."""
    done = schedule.go_on_now(broadcast, by=request.user)
    return _("Sending goes on.") if done else _("It was not waiting for the quiet hours to end.")


@deed(rights.SEND)
def pace(request: SignedIn, broadcast: Broadcast) -> str:
    """How fast it goes from now on."""
    form = PaceForm(request.POST)
    if not form.is_valid():
        raise NotPossible(complaint(form))
    rate = form.cleaned_data["rate"]
    broadcasts.set_pace(broadcast, rate, by=request.user)
    return _("From now on at most %(rate)s a minute.") % {"rate": pacing.limit(rate)}


@deed(rights.SEND)
def try_tokens(request: SignedIn, broadcast: Broadcast) -> str:
    """The tokens that FIRST LINE refused get another chance."""
    count = tokens.try_again(by=request.user)
    return _("Tokens that are tried again: %(count)s.") % {"count": count}


@deed(rights.SEND)
def retry(request: SignedIn, broadcast: Broadcast) -> str:
    """What failed is tried again: all of it, for one reason, or the one that is named."""
    only, because = named(request), said(request, "because").replace("\0", "")[:32]
    count = broadcasts.retry_failed(broadcast, by=request.user, deliveries=only, because=because)
    return tried(broadcast, count)


@deed(rights.IMPORT, of_anybody=True)
def silence(request: SignedIn, broadcast: Broadcast) -> str:
    """Whom it could not reach is left out of what comes."""
    count = contacts.silence(broadcast, said(request, "because"), by=request.user)
    if not count:
        return _("They are left out of broadcasts already.")
    return _("Left out of broadcasts from now on: %(count)s.") % {"count": count}


@deed(rights.SEND)
def release(request: SignedIn, broadcast: Broadcast) -> str:
    """What was held is tried again, without force."""
    only = named(request)
    count = broadcasts.retry_held(broadcast, by=request.user, deliveries=only)
    return tried(broadcast, count)


@deed(rights.SEND)
def stop_held(request: SignedIn, broadcast: Broadcast) -> str:
    """What is held stays so, unless a person tries it."""
    done = held.stop(broadcast, by=request.user)
    return (
        _("Held contacts are not tried by themselves any more.")
        if done
        else _("They were not tried by themselves.")
    )


@deed(rights.FORCE)
def force(request: SignedIn, broadcast: Broadcast) -> str:
    """What was held goes into the conversations, with a reason."""
    reason, only = said(request, "reason"), named(request)
    count = broadcasts.retry_held(
        broadcast, by=request.user, forced=True, reason=reason, deliveries=only
    )
    return tried(broadcast, count)


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
    return [addresses.number(key)] if key else None


def tried(broadcast: Broadcast, count: int) -> str:
    """Of one that stays paused nothing leaves yet."""
    if not count:
        return _("Nothing to try again.")
    if broadcast.state == Broadcast.State.PAUSED:
        return _("To be tried again when you resume: %(count)s.") % {"count": count}
    return _("Trying again: %(count)s.") % {"count": count}


def back(request: SignedIn, broadcast: Broadcast) -> HttpResponse:
    """To the one contact's page that it was asked on, or to the broadcast's."""
    only = broadcast.deliveries.filter(pk__in=named(request) or []).first()
    if only:
        return redirect("delivery", broadcast.pk, only.pk)
    return redirect("broadcast", broadcast.pk)
