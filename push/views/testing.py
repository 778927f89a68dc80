"""A test send: the message at hand to one chosen contact, marked as a test."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from composer import preview
from composer.models import Version
from composer.vocabulary import channels
from people import addresses, rights
from people.signed_in import SignedIn
from push import broadcasts, finding, preflight
from push.audience import Audience
from push.errors import NotPossible
from push.models import Broadcast, Contact
from push.views.check import pressed_before
from push.views.send import chosen_version

SHOWN = 20


@rights.required(rights.SEND, rights.VIEW_CONTACTS)
@require_http_methods(["GET", "HEAD", "POST"])
def send_test(request: SignedIn) -> HttpResponse:
    """Choose one contact and see the message filled; POST sends it to that one."""
    version = chosen_version(request)
    channel = chosen_channel(request)
    contact = chosen_contact(request, channel)
    if request.method == "POST" and contact:
        return try_it(request, version, contact)
    return render(request, "push/send_test.html", page(request, version, channel, contact))


def try_it(request: SignedIn, version: Version, contact: Contact) -> HttpResponse:
    if begun := pressed_before(request):
        return redirect("broadcast", begun.pk)
    audience = Audience(contact.channel, ids=(contact.pk,))
    obstacles = preflight.obstacles(version, audience, request.user)
    try:
        if not obstacles:
            return redirect("broadcast", begin(request, version, audience).pk)
    except NotPossible as error:
        obstacles = [str(error)]
    except ValueError:
        obstacles = [_("This page was out of date. Press the button once more.")]
    for words in obstacles:
        messages.error(request, words)
    return HttpResponseRedirect(request.get_full_path())


def begin(request: SignedIn, version: Version, audience: Audience) -> Broadcast:
    press = uuid.UUID(request.POST.get("press", ""))
    request.session["test_contact"] = audience.ids[0]
    return broadcasts.start(version, audience=audience, by=request.user, press=press, is_test=True)


def chosen_channel(request: SignedIn) -> str:
    slug = request.GET.get("channel", "")
    return slug if slug in channels.ALL else finding.fullest()


def chosen_contact(request: SignedIn, channel: str) -> Contact | None:
    """The one that was asked for; before anything is sent, the one of the last test."""
    last = 0 if request.POST else request.session.get("test_contact", 0)
    asked = request.POST.get("contact") or request.GET.get("contact")
    return Contact.objects.on(channel).filter(pk=addresses.number(asked, default=last)).first()


def page(
    request: SignedIn, version: Version, channel: str, contact: Contact | None
) -> dict[str, Any]:
    find = request.GET.get("find", "")[:200]
    found = Contact.objects.on(channel).reachable().matching(find).order_by("name", "pk")
    values = contact.values if contact else None
    return {
        "version": version,
        "channel": channels.ALL[channel],
        "channels": channels.ALL.values(),
        "contact": contact,
        "contacts": found[:SHOWN],
        "find": find,
        "press": uuid.uuid4(),
        "picture": preview.draw(version.payload, channel=channel, values=values),
        "rejections": preflight.findings_of(version, preflight.rejections(version, channel)),
        "why_not": preflight.forbidden(version, request.user),
    }
