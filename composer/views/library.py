"""The library: the wall, a template, its versions, and what can be done with it."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from composer import changes, checking, kinds, known_pictures, library, preview, shelf
from composer.checking import ChannelNotices
from composer.details import DetailsForm
from composer.models import Template, Version
from composer.vocabulary import channels, notices, placeholders
from people import addresses, fragments, rights

VERSIONS = 20

DEEDS = {
    "publish": (library.publish, gettext_noop("Published: agents now see it.")),
    "unpublish": (library.unpublish, gettext_noop("Back to a draft: agents no longer see it.")),
    "archive": (library.archive, gettext_noop("Archived. What was sent keeps it.")),
    "restore": (library.restore, gettext_noop("Restored as a draft.")),
}


@rights.required(rights.VIEW_TEMPLATES)
@require_safe
@fragments.told_apart
def wall(request: HttpRequest) -> HttpResponse:
    asked = shelf.wanted(request.GET)
    found = shelf.Shelf(request.user, asked)
    page = found.page(request.GET.get("page", ""))
    context = {
        "asked": asked,
        "facets": found.facets(),
        "page": page,
        "tiles": found.tiles(page),
        "is_list": request.GET.get("as") == "list",
        "kinds": [kinds.MESSAGES[name] for name in kinds.NAMES],
        "channels": channels.ALL.values(),
        "sorts": {"saved": _("Last saved"), "name": _("Name"), "used": _("Most used")},
    }
    return render(request, f"composer/{'_' * fragments.wanted(request)}library.html", context)


@rights.required(rights.VIEW_TEMPLATES)
@require_safe
def template(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


@rights.required(rights.VIEW_TEMPLATES, rights.WRITE)
@require_POST
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    _ensure_changeable(request, found)
    form = DetailsForm(request.POST, instance=_visible(request, pk))
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    try:
        library.describe(found, **form.cleaned_data, by=request.user)
    except library.NameTaken:
        form.add_error("name", _("There is a template of this name already."))
        return _page(request, found, form=form, status=422)
    messages.success(request, _("Saved."))
    return redirect("template", pk)


@rights.required(rights.VIEW_TEMPLATES, rights.PUBLISH)
@require_POST
def move(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    if deed not in DEEDS:
        raise Http404
    act, said = DEEDS[deed]
    try:
        act(_visible(request, pk), by=request.user)
    except library.Unfit as error:
        problem = checking.sentence(error.notices[0])
        messages.error(request, _("Not published. %(problem)s") % {"problem": problem})
    else:
        messages.success(request, _(said))
    return redirect("template", pk)


@rights.required(rights.VIEW_TEMPLATES, rights.WRITE)
@require_POST
def duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    copy = library.duplicate(_visible(request, pk), by=request.user).template
    messages.success(request, _("This is your copy, a draft."))
    return redirect("template", copy.pk)


@rights.required(rights.VIEW_TEMPLATES)
@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A version beside the current one, what differs marked."""
    found = _visible(request, pk)
    old = get_object_or_404(found.versions.select_related("by"), number=number)
    latest = found.latest
    channel = _channel(request)
    context = _context(request, found, channel) | {
        "version": old,
        "latest": latest,
        "old_phone": preview.draw(old.payload, channel=channel),
        "new_phone": preview.draw(latest.payload, channel=channel),
        "changes": changes.between(old.payload, latest.payload),
    }
    return render(request, "composer/version.html", context)


@rights.required(rights.VIEW_TEMPLATES, rights.WRITE)
@require_POST
def use_again(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    found = _visible(request, pk)
    old = get_object_or_404(found.versions, number=number)
    expected = addresses.number(request.POST.get("expected"))
    try:
        saved = library.use_again(old, by=request.user, expected=expected)
    except library.Stale:
        messages.warning(request, _("Somebody saved in the meantime. Compare again, then decide."))
        return redirect("version", pk, number)
    except library.Unfit as error:
        problem = checking.sentence(error.notices[0])
        messages.error(request, _("Not saved. %(problem)s") % {"problem": problem})
        return redirect("version", pk, number)
    messages.success(request, _("Saved as version %(number)s.") % {"number": saved.number})
    return redirect("template", pk)


def _page(
    request: HttpRequest, found: Template, *, form: DetailsForm | None = None, status: int = 200
) -> HttpResponse:
    latest = found.latest
    channel = _channel(request)
    context = _context(request, found, channel) | {
        "latest": latest,
        "phone": preview.draw(latest.payload, channel=channel),
        "page": Paginator(found.versions.select_related("by"), VERSIONS).get_page(
            request.GET.get("page", "")
        ),
        "form": form or DetailsForm(instance=found),
        "groups": _said(latest),
        "required": ",".join(placeholders.required(latest.payload)),
    }
    return render(request, "composer/template.html", context, status=status)


def _context(request: HttpRequest, found: Template, channel: str) -> dict[str, Any]:
    return {
        "template": found,
        "kind": kinds.MESSAGES[found.kind],
        "channel": channel,
        "channels": channels.ALL.values(),
        "can_change": library.can_change(request.user, found),
        "can_export": rights.can_manage(request.user, found.owner_id, others=rights.PUBLISH),
    }


def _said(version: Version) -> list[ChannelNotices]:
    """What the channels make of it; there is no field to jump to on this page."""
    pictures = known_pictures.of(version.payload)
    found = notices.check(version.payload, today=timezone.localdate(), pictures=pictures)
    groups = checking.grouped(found, version.kind)
    return [
        replace(group, findings=tuple(replace(finding, field="") for finding in group.findings))
        for group in groups
    ]


def _visible(request: HttpRequest, pk: int) -> Template:
    visible = Template.objects.visible_to(request.user).select_related("owner")
    return get_object_or_404(visible, pk=pk)


def _ensure_changeable(request: HttpRequest, found: Template) -> None:
    if not library.can_change(request.user, found):
        raise PermissionDenied(rights.PUBLISH)


def _channel(request: HttpRequest) -> str:
    channel = request.GET.get("channel", "")
    return channel if channel in channels.ALL else channels.FIRST
