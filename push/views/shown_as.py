"""What the composer shows of contacts: whom to draw a message for, and their placeholders."""

import json
import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from composer.vocabulary import channels
from people import rights
from push import attributes, columns, missing_values
from push import contacts as people
from push.attributes import Filled

# What a placeholder may be called, and how many are looked at.
NAME = re.compile(r"[^\W\d][\w.\-]{0,199}")
MOST_NAMES, MOST_TEXT = 50, 4_000


@rights.required(rights.WRITE)
@require_safe
def shown_as(request: HttpRequest) -> HttpResponse:
    """A choice of a few contacts; each option's value is what fills the placeholders."""
    channel = _channel(request)
    may_see = request.user.has_perm(rights.VIEW_CONTACTS)
    options = [
        (contact, json.dumps(contact.values, ensure_ascii=False))
        for contact in people.telling(people.sample(channel) if may_see else [])
    ]
    context = {"channel": channel, "options": options, "known": ",".join(attributes.known().names)}
    return render(request, "push/_shown_as.html", context)


@rights.required(rights.WRITE)
@require_safe
def placeholders(request: HttpRequest) -> HttpResponse:
    """Buttons that write a placeholder; those that some contacts lack leave room for a default."""
    channel = _channel(request)
    known = attributes.known()
    nobody = (Filled("name", 0, 0), Filled("id", 0, 0))
    offered = [
        (filled, columns.written(filled.name, default=not filled.is_full))
        for filled in known.filled.get(channel, nobody)
    ]
    is_sampled = known.contacts.get(channel, 0) > attributes.LOOKED_AT
    context = {"channel": channel, "offered": offered, "is_sampled": is_sampled}
    return render(request, "push/_placeholders.html", context)


@rights.required(rights.WRITE)
@require_safe
def missing(request: HttpRequest) -> HttpResponse:
    """How many contacts lack a value for placeholders without a default."""
    asked = request.GET.get("names", "")[:MOST_TEXT].split(",")
    names = list(dict.fromkeys(name for name in asked if NAME.fullmatch(name)))[:MOST_NAMES]
    slug = request.GET.get("channel", "")
    lines = [
        {"name": name, "channel": channel, "count": counted[name], "of": total}
        for channel in ([slug] if slug in channels.ALL else channels.ALL)
        for total, counted in [missing_values.count_on(channel, names)]
        for name in names
        if counted[name]
    ]
    context = {"lines": lines, "looked_at": missing_values.LOOKED_AT}
    return render(request, "push/_missing.html", context)


def _channel(request: HttpRequest) -> str:
    """The first channel, where the page shows all of them or none."""
    channel = request.GET.get("channel", "")
    return channel if channel in channels.ALL else next(iter(channels.ALL))
