"""Saving the contacts' filter as an audience, and forgetting one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from composer.vocabulary import channels
from people import rights
from people.signed_in import SignedIn
from push import saved
from push.errors import NotPossible
from push.finding import Filters
from push.models import SavedAudience


@rights.required(rights.SEND, rights.VIEW_CONTACTS)
@require_POST
def audience_save(request: SignedIn) -> HttpResponse:
    filters = Filters.read(request.POST, channel=next(iter(channels.ALL)))
    name = " ".join(request.POST.get("name", "").replace("\0", "").split())[:80]
    try:
        kept = saved.save(name, filters, by=request.user)
        messages.success(request, _("Saved as “%(name)s”.") % {"name": kept})
    except NotPossible as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('contacts')}?{filters.query}")


@rights.required(rights.SEND)
@require_POST
def audience_forget(request: SignedIn, pk: int) -> HttpResponse:
    kept = get_object_or_404(SavedAudience, pk=pk)
    rights.ensure_can_manage(request.user, kept.by_id, others=rights.MANAGE_AUDIENCES)
    saved.forget(kept, by=request.user)
    messages.success(request, _("“%(name)s” is forgotten.") % {"name": kept})
    return redirect(f"{reverse('contacts')}?channel={kept.channel}")
