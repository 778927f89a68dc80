"""Keeping a message: as a template's next version, as another kind, as something to send."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from composer import carrying, desk, drafts, kinds, library
from composer.composing import shown
from composer.desk import Desk
from composer.forms.nested import NestedForm
from composer.library import Person
from composer.models import Version
from composer.vocabulary import message
from composer.vocabulary.message import Message
from people import rights
from people.signed_in import SignedIn


@rights.required(rights.WRITE)
@require_POST
def save(request: SignedIn, kind: str) -> HttpResponse:
    here, form = desk.posted(request, kind)
    drafts.keep(request.user, kind, here.template, form.content(), expected=here.expected)
    if not here.name:
        return _unnamed(request, here, form, _("Give it a name, so that others find it."))
    if not form.is_valid():
        return desk.page(request, here, form, status=422)
    try:
        version = _kept(here, _message(here, form), by=request.user)
    except library.NameTaken:
        return _unnamed(request, here, form, _("Another template has this name. Choose another."))
    except library.Stale as error:
        return desk.page(request, here, form, newer=error.latest, status=409)
    drafts.drop(request.user, kind, here.template)
    messages.success(request, _("Saved as version %(number)s.") % {"number": version.number})
    return redirect(Desk(kind, version.template).address)


@rights.required(rights.WRITE)
@rights.required(rights.SEND)
@require_POST
def send(request: SignedIn, kind: str) -> HttpResponse:
    """The message at hand goes on to its audience, as the saved version where it is one."""
    here, form = desk.posted(request, kind)
    if not form.is_valid():
        return desk.page(request, here, form, status=422)
    content = form.content()
    drafts.keep(request.user, kind, here.template, content, expected=here.expected)
    version = _at_hand(here, _message(here, form), by=request.user)
    picked = shown(kind, {}, request.POST)
    query = {"version": version.pk} | ({} if picked.is_all else {"channel": picked.channel})
    step = "send_test" if request.POST.get("then") == "test" else "send"
    return redirect(f"{reverse(step)}?{urlencode(query)}")


@rights.required(rights.WRITE)
@require_POST
def switch(request: SignedIn, kind: str) -> HttpResponse:
    """Another kind: what fits comes along, the rest waits in this kind's draft."""
    wanted = request.POST.get("to", "")
    target = desk.form_class(wanted)
    here, form = desk.posted(request, kind)
    drafts.keep(request.user, kind, here.template, form.content(), expected=here.expected)
    if drafts.find(request.user, wanted, None):
        words = _("This is your draft from before. Switch back to %(kind)s to go on there.")
    else:
        words = _("What fits came along. Switch back to %(kind)s to have the rest again.")
        drafts.keep(request.user, wanted, None, carrying.carried(form.content(), to=target))
    messages.info(request, words % {"kind": _(kinds.MESSAGES[kind].label)})
    return redirect("compose", wanted)


def _message(here: Desk, form: NestedForm) -> Message:
    return kinds.MESSAGES[here.kind].build(form.content())


def _unnamed(request: SignedIn, here: Desk, form: NestedForm, problem: str) -> HttpResponse:
    return desk.page(request, here, form, name_error=problem, status=422)


def _kept(here: Desk, said: Message, *, by: Person) -> Version:
    """Message and name, or neither. Of what a person may not change, their own copy is made.

    Raises NameTaken and Stale.
    """
    template = here.template
    if template is None or not library.can_change(by, template):
        return library.create(name=here.name, message=said, by=by)
    with transaction.atomic():
        version = library.save_version(template, said, by=by, expected=here.expected)
        if here.name != template.name:
            tags, notes = template.tags, template.notes
            library.describe(template, name=here.name, tags=tags, notes=notes, by=by)
    return version


def _at_hand(here: Desk, said: Message, *, by: Person) -> Version:
    latest = here.template.latest if here.template else None
    if latest is not None and latest.payload == message.payload(said):
        return latest
    return library.once(said, by=by)
