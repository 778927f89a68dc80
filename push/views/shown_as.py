"""What the composer shows of contacts: whom to draw a message for, and their placeholders."""

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from composer.vocabulary import channels
from push import attributes, columns
from push import contacts as people


@login_required
@require_safe
def shown_as(request: HttpRequest) -> HttpResponse:
    """A choice of a few contacts; each option's value is what fills the placeholders."""
    channel = _channel(request)
    options = [
        (contact, json.dumps(contact.values, ensure_ascii=False))
        for contact in people.telling(people.sample(channel))
    ]
    context = {"channel": channel, "options": options, "known": ",".join(attributes.known().names)}
    return render(request, "push/_shown_as.html", context)


@login_required
@require_safe
def placeholders(request: HttpRequest) -> HttpResponse:
    """Buttons that write a placeholder; those that some contacts lack leave room for a default."""
    channel = _channel(request)
    known = attributes.known()
    total = known.contacts.get(channel, 0)
    filled = {"name": 0, "id": 0} | dict(known.filled.get(channel, {}))
    offered = [
        (name, count, columns.written(name, default=count < total))
        for name, count in filled.items()
    ]
    context = {"channel": channel, "offered": offered, "total": total}
    return render(request, "push/_placeholders.html", context)


def _channel(request: HttpRequest) -> str:
    """The first channel, where the page shows all of them or none."""
    channel = request.GET.get("channel", "")
    return channel if channel in channels.ALL else next(iter(channels.ALL))
