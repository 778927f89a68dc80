"""The way to a broadcast, second half: the last look, and go."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from composer.models import Version
from composer.vocabulary import channels, placeholders
from people import rights
from people.signed_in import SignedIn
from push import broadcasts, missing_values, pacing, preflight, quiet, spans, spread, steps
from push.audience import Audience, Ledger
from push.errors import NotPossible
from push.forms.blanks import BlankForm
from push.forms.send import AudienceForm, GoForm
from push.missing_values import Missing
from push.models import Broadcast
from push.views import sent_drafts
from push.views.send import address, audience_form, chosen_version

# What a reload of the page brings back.
KEPT = ("when", "at", "disturb", "waves", "sizes", "force")


@dataclass(frozen=True)
class Choice:
    """The message, who gets it, and what happens to contacts who lack a value."""

    version: Version
    way: AudienceForm
    blanks: BlankForm

    @property
    def everyone(self) -> Audience:
        """Also those who are left out for a missing value."""
        return self.way.audience()

    @property
    def audience(self) -> Audience:
        return replace(self.everyone, required=self.blanks.skipped)

    @property
    def address(self) -> str:
        return address(self.version, self.way)

    @property
    def full_address(self) -> str:
        """With the choices for missing values."""
        return f"{self.address}&{urlencode(self.blanks.chosen)}"


@rights.required(rights.SEND, rights.VIEW_CONTACTS)
@require_safe
def check(request: SignedIn) -> HttpResponse:
    choice = chosen(request)
    ledger = choice.audience.ledger()
    form = go_form(request, choice, total=ledger.total)
    return render(request, "push/send_check.html", check_page(request, choice, form, ledger))


@rights.required(rights.SEND, rights.VIEW_CONTACTS)
@require_safe
def examples(request: SignedIn) -> HttpResponse:
    """Real people's pictures, fetched after the page: they are sought among everybody."""
    choice = chosen(request)
    found = preflight.examples(choice.audience, choice.version, choice.blanks.fallbacks)
    shown = {"examples": found, "here": choice.address}
    return render(request, "push/_examples.html", shown)


@rights.required(rights.SEND, rights.VIEW_CONTACTS)
@require_safe
def spreads(request: SignedIn) -> HttpResponse:
    """The placeholders' table, fetched after the page: it looks at everybody's values.

    It brings what to do about missing values, unless the page asks that already.
    """
    choice = chosen(request)
    found = spread.over(choice.everyone, choice.version.payload)
    shown: dict[str, Any] = {"spreads": found}
    if "asked" not in request.GET:
        counted = {each.name: each.blank for each in found if each.blank}
        missing = missing_values.show(choice.everyone.contacts(), counted)
        shown |= blanks_page(request, choice, missing) | {"is_swap": True}
    return render(request, "push/_spreads.html", shown)


@rights.required(rights.SEND, rights.VIEW_CONTACTS)
@require_POST
def go(request: SignedIn) -> HttpResponse:
    """Sends once, however often it is pressed; a second person at the same moment is asked."""
    choice = chosen(request)
    if begun := pressed_before(request):
        return redirect("broadcast", begun.pk)
    ledger = choice.audience.ledger()
    with transaction.atomic():
        preflight.take_turns(choice.version)
        form = go_form(request, choice, total=ledger.total)
        is_clear = not preflight.obstacles(choice.version, choice.audience, request.user)
        is_valid = all([form.is_valid(), choice.blanks.is_valid()])
        if is_valid and is_clear and (broadcast := begin(request, choice, form)):
            sent_drafts.drop(request, choice.version)
            return redirect("broadcast", broadcast.pk)
    page = check_page(request, choice, form, ledger)
    names = choice.blanks.names
    missing = missing_values.count(choice.everyone.contacts(), names)
    page |= blanks_page(request, choice, missing) | {"is_asked": True}
    return render(request, "push/send_check.html", page, status=422)


def chosen(request: SignedIn) -> Choice:
    version = chosen_version(request)
    way = audience_form(request.GET, request, version)
    channel = way.audience().channel
    blanks = BlankForm(
        request.POST or request.GET,
        names=placeholders.required(version.payload),
        judge=partial(preflight.complaints, version, channel),
    )
    choice = Choice(version, way, blanks)
    if request.method == "POST":
        blanks.missing = missing_values.find(choice.audience.contacts(), blanks.undecided)
    return choice


def begin(request: SignedIn, choice: Choice, form: GoForm) -> Broadcast | None:
    said = form.cleaned_data
    try:
        return broadcasts.start(
            choice.version,
            audience=choice.audience,
            by=request.user,
            press=said["press"],
            forced=bool(said["force"]),
            reason=said["reason"] if said["force"] else "",
            plan=form.plan(),
            overridden=form.rejections,
            override_reason=said["override_reason"],
            fallbacks=choice.blanks.fallbacks,
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


def go_form(request: SignedIn, choice: Choice, *, total: int) -> GoForm:
    version, audience = choice.version, choice.audience
    kept = {name: request.GET[name] for name in KEPT if name in request.GET}
    return GoForm(
        request.POST or None,
        initial={"press": uuid.uuid4(), "count": total} | kept,
        total=total,
        repeats=preflight.repeated(version, audience, now=timezone.now()) is not None,
        may_force=request.user.has_perm(rights.FORCE),
        rejections=preflight.rejection_names(preflight.rejections(version, audience.channel)),
    )


def check_page(request: SignedIn, choice: Choice, form: GoForm, ledger: Ledger) -> dict[str, Any]:
    version, way, audience = choice.version, choice.way, choice.audience
    newer = preflight.newer(version)
    rejections = preflight.rejections(version, audience.channel)
    return timing(form) | {
        "version": version,
        "form": form,
        "audience": audience,
        "ledger": ledger,
        "channel": channels.ALL[audience.channel],
        "here": choice.address,
        "full_here": choice.full_address,
        "blanks": choice.blanks,
        "steps": steps.steps(steps.CHECK, query=way.query(), version=version.pk),
        "obstacles": preflight.obstacles(version, audience, request.user),
        "rejections": preflight.findings_of(version, rejections),
        "findings": preflight.findings(version, audience.channel),
        "repeated": preflight.repeated(version, audience, now=form.now),
        "newer": newer,
        "newer_url": f"?version={newer.pk}&{way.query()}" if newer else "",
    }


def blanks_page(request: SignedIn, choice: Choice, missing: Collection[Missing]) -> dict[str, Any]:
    """Who lacks a value, and what is asked about it."""
    version, audience = choice.version, choice.everyone
    return {
        "version": version,
        "here": choice.address,
        "blanks": choice.blanks,
        "rows": choice.blanks.rows(missing),
        "is_fine": not missing
        and not preflight.findings(version, audience.channel)
        and not preflight.obstacles(version, audience, request.user),
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
