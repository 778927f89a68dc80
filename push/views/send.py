"""The way to a broadcast, first half: which message, and to whom."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import OuterRef, Q, Subquery
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from composer import preview
from composer.models import Template, Version
from composer.vocabulary import channels
from people import addresses, rights
from people.signed_in import SignedIn
from push import finding, preflight, saved, steps
from push.forms.send import PEOPLE, AudienceForm
from push.models import Contact, Tag

TILES = 24
PEOPLE_A_PAGE = 50
ANYWHERE = "line"


@rights.required(rights.SEND, rights.VIEW_CONTACTS)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: SignedIn) -> HttpResponse:
    """The first two steps. POST goes on to the check when somebody is chosen."""
    if "version" not in request.GET:
        return choose_message(request)
    version = chosen_version(request)
    form = audience_form(request.POST or request.GET, request, version)
    if request.method == "POST" and not form.errors and form.audience().count():
        return HttpResponseRedirect(f"{reverse('send_check')}?{address(version, form)}")
    page = audience_page(request, version, form)
    return render(request, "push/send_audience.html", page)


@rights.required(rights.SEND, rights.VIEW_CONTACTS)
@require_POST
def count(request: SignedIn) -> HttpResponse:
    """How many it is so far, while the form is filled in."""
    version = chosen_version(request)
    form = audience_form(request.POST or request.GET, request, version)
    page = counted(version, form)
    if form.is_on_another_channel:
        page |= {"accounts": finding.accounts(page["channel"].slug), "has_other_accounts": True}
    answer = render(request, "push/_send_count.html", page)
    return keep_address(answer, version, form)


@rights.required(rights.SEND, rights.VIEW_CONTACTS)
@require_POST
def people(request: SignedIn) -> HttpResponse:
    """People to tick, a page at a time; who was ticked before stays ticked."""
    version = chosen_version(request)
    form = audience_form(request.POST or request.GET, request, version)
    shown = counted(version, form) | people_to_tick(request, form)
    answer = render(request, "push/_send_people.html", shown | {"is_swap": True})
    return keep_address(answer, version, form)


def choose_message(request: SignedIn) -> HttpResponse:
    """The wall of templates; whatever was chosen of the audience is kept in the address."""
    find, kept = request.GET.get("find", "")[:200], request.GET.copy()
    for name in ("find", "page"):
        kept.pop(name, None)
    slug = request.GET.get("channel", ANYWHERE)
    found = sendable(request).filter(Q(name__icontains=find) | Q(words__icontains=find))
    page = Paginator(found, TILES).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "tiles": tiles(page, channel=slug if slug in channels.ALL else ANYWHERE, kept=kept),
        "find": find,
        "kept": kept,
        "steps": steps.steps(steps.MESSAGE),
    }
    return render(request, "push/send_message.html", shown)


def sendable(request: SignedIn) -> Any:
    """Published templates and one's own drafts, most used first, each with its newest version."""
    newest = Version.objects.filter(template=OuterRef("pk")).order_by("-number")
    mine = Q(owner_id=request.user.pk, state=Template.State.DRAFT)
    found = Template.objects.listed().filter(Q(state=Template.State.PUBLISHED) | mine)
    found = found.with_latest().annotate(version=Subquery(newest.values("pk")[:1]))
    return found.filter(version__isnull=False).order_by("-uses", "-updated_at")


def tiles(templates: Iterable[Any], *, channel: str, kept: QueryDict) -> list[dict[str, Any]]:
    return [
        {
            "template": each,
            "picture": preview.draw(each.latest_payload, channel=channel),
            "url": f"{reverse('send')}?version={each.version}&{kept.urlencode()}",
        }
        for each in templates
    ]


def chosen_version(request: SignedIn) -> Version:
    """Of a template that the library shows this person, or their own message to be sent once."""
    once = Q(template__is_listed=False, template__owner=request.user)
    may_see = Q(template__in=Template.objects.visible_to(request.user)) | once
    versions = Version.objects.filter(may_see).select_related("template", "by")
    return get_object_or_404(versions, pk=addresses.number(request.GET.get("version")))


def audience_form(said: QueryDict, request: SignedIn, version: Version) -> AudienceForm:
    """To whom, as the form or the address says it."""
    said = said.copy()
    if "channel" not in said:
        said["channel"] = finding.fullest()
    form = AudienceForm(said, session=request.session, template=version.template_id)
    form.full_clean()
    return form


def address(version: Version, form: AudienceForm) -> str:
    return f"version={version.pk}&{form.query()}"


def keep_address(answer: HttpResponse, version: Version, form: AudienceForm) -> HttpResponse:
    """The address follows the form, so that going back and reloading lose nothing."""
    answer["HX-Replace-Url"] = f"{reverse('send')}?{address(version, form)}"
    return answer


def audience_page(request: SignedIn, version: Version, form: AudienceForm) -> dict[str, Any]:
    counts = finding.per_channel()
    page = {
        "channels": [(each, counts[slug]) for slug, each in channels.ALL.items()],
        "tags": Tag.objects.values_list("name", flat=True)[:500],
        "accounts": finding.accounts(form.audience().channel),
        "saved": saved.offers(),
        "why_not": preflight.forbidden(version, request.user),
        "is_pressed": request.method == "POST",
        "steps": steps.steps(steps.AUDIENCE, query=form.query(), version=version.pk),
    }
    if form.to_whom == PEOPLE:
        page |= people_to_tick(request, form)
    return page | counted(version, form)


def counted(version: Version, form: AudienceForm) -> dict[str, Any]:
    audience = form.audience()
    return {
        "version": version,
        "here": f"version={version.pk}",
        "form": form,
        "audience": audience,
        "ledger": audience.ledger(),
        "channel": channels.ALL[audience.channel],
        "kept_people": form.kept_people() if form.people else {},
        "unknown": form.unknown[:20],
        "unknown_count": len(form.unknown),
        "refused": form.refused[:5],
        "refused_more": max(0, len(form.refused) - 5),
        "picture": preview.draw(version.payload, channel=audience.channel),
        "change_url": f"{reverse('send')}?{form.query()}",
    }


def people_to_tick(request: SignedIn, form: AudienceForm) -> dict[str, Any]:
    find, channel = request.POST.get("find", "")[:200], form.audience().channel
    found = Contact.objects.on(channel).matching(find).order_by("name", "pk")
    page = Paginator(found, PEOPLE_A_PAGE).get_page(request.POST.get("page"))
    everyone = {"channel": channel, "to": "some" if find.strip() else "everyone", "search": find}
    all_url = f"?version={request.GET['version']}&{urlencode(everyone)}"
    return {"found": page, "chosen": set(form.people), "all_url": all_url}
