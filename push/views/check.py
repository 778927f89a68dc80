"""The way to a broadcast, second half: the last look, and go."""

import uuid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from composer.models import Version
from composer.vocabulary import channels
from people import rights
from people.signed_in import SignedIn
from push import broadcasts, pacing, preflight, quiet, spans, spread, steps
from push.audience import Audience, Ledger
from push.errors import NotPossible
from push.forms.send import AudienceForm, GoForm
from push.models import Broadcast
from push.views.send import address, audience_form, chosen_version


@rights.required(rights.SEND, rights.VIEW_CONTACTS)
@require_safe
def check(request: SignedIn) -> HttpResponse:
    version = chosen_version(request)
    way = audience_form(request.GET, request, version)
    ledger = way.audience().ledger()
    form = go_form(request, version, way.audience(), total=ledger.total)
    return render(request, "push/send_check.html", check_page(request, version, way, form, ledger))


@rights.required(rights.SEND, rights.VIEW_CONTACTS)
@require_safe
def examples(request: SignedIn) -> HttpResponse:
    """Real people's pictures, fetched after the page: they are sought among everybody."""
    version = chosen_version(request)
    way = audience_form(request.GET, request, version)
    found = preflight.examples(way.audience(), version)
    shown = {"examples": found, "here": address(version, way)}
    return render(request, "push/_examples.html", shown)


@rights.required(rights.SEND, rights.VIEW_CONTACTS)
@require_safe
def spreads(request: SignedIn) -> HttpResponse:
    """The placeholders' table, fetched after the page: it looks at everybody's values."""
    version = chosen_version(request)
    way = audience_form(request.GET, request, version)
    found = spread.over(way.audience(), version.payload)
    return render(request, "push/_spreads.html", {"spreads": found})


@rights.required(rights.SEND, rights.VIEW_CONTACTS)
@require_POST
def go(request: SignedIn) -> HttpResponse:
    """Sends once, however often it is pressed; a second person at the same moment is asked."""
    version = chosen_version(request)
    way = audience_form(request.GET, request, version)
    if begun := pressed_before(request):
        return redirect("broadcast", begun.pk)
    ledger = way.audience().ledger()
    with transaction.atomic():
        preflight.take_turns(version)
        form = go_form(request, version, way.audience(), total=ledger.total)
        is_clear = not preflight.obstacles(version, way.audience(), request.user)
        if form.is_valid() and is_clear and (broadcast := begin(request, version, way, form)):
            return redirect("broadcast", broadcast.pk)
    page = check_page(request, version, way, form, ledger)
    return render(request, "push/send_check.html", page, status=422)


def begin(request: SignedIn, version: Version, way: AudienceForm, form: GoForm) -> Broadcast | None:
    said = form.cleaned_data
    try:
        return broadcasts.start(
            version,
            audience=way.audience(),
            by=request.user,
            press=said["press"],
            forced=bool(said["force"]),
            reason=said["reason"] if said["force"] else "",
            plan=form.plan(),
            overridden=form.rejections,
            override_reason=said["override_reason"],
        )
    except NotPossible as error:
        form.add_error(None, str(error))
        return None


def pressed_before(request: SignedIn) -> Broadcast | None:
    try:
        press = uuid.UUID(request.POST.get("press", ""))
    except ValueError:
        return None
    return Broadcast.objects.filter(press=press, by=request.user).first()


def go_form(request: SignedIn, version: Version, audience: Audience, *, total: int) -> GoForm:
    return GoForm(
        request.POST or None,
        initial={"press": uuid.uuid4(), "count": total},
        total=total,
        repeats=preflight.repeated(version, audience, now=timezone.now()) is not None,
        may_force=request.user.has_perm(rights.FORCE),
        rejections=preflight.rejection_names(preflight.rejections(version, audience.channel)),
    )


def check_page(
    request: SignedIn, version: Version, way: AudienceForm, form: GoForm, ledger: Ledger
) -> dict[str, Any]:
    audience, newer = way.audience(), preflight.newer(version)
    return timing(form) | {
        "version": version,
        "form": form,
        "audience": audience,
        "ledger": ledger,
        "channel": channels.ALL[audience.channel],
        "here": address(version, way),
        "steps": steps.steps(steps.CHECK, query=way.query(), version=version.pk),
        "obstacles": preflight.obstacles(version, audience, request.user),
        "rejections": preflight.findings_of(
            version, preflight.rejections(version, audience.channel)
        ),
        "findings": preflight.findings(version, audience.channel),
        "repeated": preflight.repeated(version, audience, now=form.now),
        "newer": newer,
        "newer_url": f"?version={newer.pk}&{way.query()}" if newer else "",
    }


def timing(form: GoForm) -> dict[str, Any]:
    """How long it takes, and what the hours have to do with it."""
    rate = pacing.limit()
    span = preflight.duration(form.total, rate=rate)
    done_at, closes = form.now + span, quiet.hours(form.now).closes
    return {
        "span": spans.in_words(span),
        "done_at": done_at,
        "rate": rate,
        "quiet_hours": quiet.in_words(),
        "reaches_quiet": not form.is_quiet and closes is not None and closes < done_at,
        "take_back": settings.TAKE_BACK_SECONDS,
        "held_again": settings.HELD_AGAIN_MINUTES if settings.HELD_FOR_HOURS else 0,
    }
