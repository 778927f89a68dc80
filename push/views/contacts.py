"""Contacts: the list, one of them, and a new one by hand."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from composer.vocabulary import channels
from people import addresses, fragments, rights
from people.signed_in import SignedIn
from push import contacts as people
from push import erasure, finding, saved
from push.errors import NotPossible
from push.finding import Filters
from push.forms.contacts import AttributeFormSet, ContactForm, NewContactForm
from push.models import Contact, Delivery

DELIVERIES = 50


@rights.required(rights.VIEW_CONTACTS)
@require_safe
@fragments.told_apart
def contacts(request: HttpRequest) -> HttpResponse:
    counts = finding.per_channel()
    default = next((slug for slug, count in counts.items() if count), next(iter(counts)))
    filters = Filters.read(request.GET, channel=default)
    after = addresses.number(request.GET.get("after"))
    page = finding.page(filters, after=after)
    shown = {"filters": filters, "page": page, "after": after, "counts": counts}
    is_part = fragments.wanted(request)
    if is_part and after:
        return render(request, "push/_contact_lines.html", shown)
    shown |= {
        "tabs": _tabs(filters, counts),
        "everyone": sum(counts.values()),
        **_saved(request, filters),
        **_found(filters, page),
    }
    if is_part:
        response = render(request, "push/_contacts.html", shown | {"is_swap": True})
        response["HX-Replace-Url"] = f"{request.path}?{filters.query}"
        return response
    offered = {"tags": finding.tags(), "accounts": finding.accounts(filters.channel)}
    return render(request, "push/contacts.html", shown | offered)


@rights.required(rights.VIEW_CONTACTS)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    found = _contact(pk)
    may_edit = request.user.has_perm(rights.IMPORT)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied(rights.IMPORT)
    form = ContactForm(request.POST or None, instance=found)
    values = _attribute_forms(request, found)
    if request.method == "POST" and form.is_valid() & values.is_valid():
        tags = form.cleaned_data["tags"]
        try:
            people.save(form.instance, tags=tags, changes=values.changes, by=request.user)
        except NotPossible as error:
            messages.error(request, str(error))
            return redirect("contacts")
        messages.success(request, _("Saved."))
        return redirect("contact", pk=pk)
    shown = Contact.objects.get(pk=pk) if form.errors else found
    context = {"contact": shown, "form": form, "values": values, "may_edit": may_edit}
    may_see_broadcasts = request.user.has_perm(rights.VIEW_BROADCASTS)
    deliveries = _deliveries(found) if may_see_broadcasts else None
    return render(request, "push/contact.html", context | {"deliveries": deliveries})


@rights.required(rights.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def contact_new(request: HttpRequest) -> HttpResponse:
    form = NewContactForm(request.POST or None, initial={"channel": request.GET.get("channel")})
    values = _attribute_forms(request, Contact())
    if request.method == "POST" and form.is_valid() & values.is_valid():
        tags = form.cleaned_data["tags"]
        made = people.save(form.instance, tags=tags, changes=values.changes, by=request.user)
        messages.success(request, _("%(contact)s was added.") % {"contact": made})
        return redirect("contact", pk=made.pk)
    return render(request, "push/contact_new.html", {"form": form, "values": values})


@rights.required(rights.IMPORT)
@require_POST
def contact_disturb(request: HttpRequest, pk: int) -> HttpResponse:
    found = _contact(pk)
    allowed = request.POST.get("allowed") == "1"
    try:
        people.disturb(found, allowed=allowed, by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect("contacts")
    said = (
        _("Broadcasts may go to %(contact)s again.")
        if allowed
        else _("Broadcasts leave %(contact)s out, those under way too within a minute.")
    )
    messages.success(request, said % {"contact": found})
    return redirect("contact", pk=pk)


@rights.required(rights.VIEW_CONTACTS, rights.ERASE)
@require_POST
def contact_erase(request: SignedIn, pk: int) -> HttpResponse:
    """Forgets the person; the list is where it leads, because there is no page any more."""
    found = _contact(pk)
    channel = found.channel
    try:
        erasure.erase(found, reason=request.POST.get("reason", ""), by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect("contact", pk=pk)
    messages.success(request, _("The contact was erased."))
    return redirect(f"{reverse('contacts')}?channel={channel}")


def _contact(pk: int) -> Contact:
    """Not one that was erased: there is nothing left to see or to change."""
    return get_object_or_404(Contact.objects.exclude(channel=""), pk=pk)


def _saved(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    """The audiences that have a name, and which of them this is."""
    offers = saved.offers()
    here = next((each for each in offers if each.filters == filters), None)
    owner, others = here.saved.by_id if here else None, rights.MANAGE_AUDIENCES
    may_forget = here is not None and rights.can_manage(request.user, owner, others=others)
    return {"saved": offers, "saved_here": here, "may_forget": may_forget}


def _tabs(filters: Filters, counts: dict[str, int]) -> list[tuple[channels.Channel, int, str]]:
    return [
        (channel, counts[slug], filters.on(slug).query) for slug, channel in channels.ALL.items()
    ]


def _found(filters: Filters, page: finding.Page) -> dict[str, Any]:
    """How many match; the tabs already say it where nothing is filtered."""
    count = finding.count(filters, shown=page) if filters.is_narrow else None
    is_more = count is not None and count > finding.COUNTED
    return {"found": finding.COUNTED if is_more else count, "is_more": is_more}


def _attribute_forms(request: HttpRequest, found: Contact) -> Any:
    initial = [{"name": name, "value": value} for name, value in found.attributes.items()]
    return AttributeFormSet(
        request.POST or None,
        initial=initial,
        prefix="attributes",
        form_kwargs={"kept": found.attributes},
    )


def _deliveries(found: Contact) -> QuerySet[Delivery]:
    latest = Delivery.objects.filter(contact=found).order_by("-pk")
    return latest.select_related("broadcast__version__template")[:DELIVERIES]
