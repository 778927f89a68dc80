"""Keeping a message: as a template's next version, as another kind, as something to send."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from composer import carrying, checking, desk, drafts, forms, kinds, library
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
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: SignedIn, kind: str) -> HttpResponse:
    if request.method != "POST":
        return _back(request, kind)
    here, form = desk.posted(request, kind)
    if refused := _begun(request, here, form):
        return refused
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
    except library.Unfit as error:
        problem = checking.sentence(error.notices[0])
        messages.error(request, _("Not saved. %(problem)s") % {"problem": problem})
        return desk.page(request, here, form, status=422)
    if not here.gone:
        drafts.drop(request.user, kind, here.template)
    messages.success(request, _("Saved as version %(number)s.") % {"number": version.number})
    return redirect(Desk(kind, version.template))


@rights.required(rights.WRITE)
@rights.required(rights.SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: SignedIn, kind: str) -> HttpResponse:
    """The message at hand goes on to its audience, as the saved version where it is one."""
    if request.method != "POST":
        return _back(request, kind)
    here, form = desk.posted(request, kind)
    if refused := _begun(request, here, form):
        return refused
    if not form.is_valid():
        return desk.page(request, here, form, status=422)
    version = _at_hand(here, _message(here, form), by=request.user)
    picked = shown(kind, {}, request.POST)
    query = {"version": version.pk} | ({} if picked.is_all else {"channel": picked.channel})
    step = "send_test" if request.POST.get("then") == "test" else "send"
    return redirect(f"{reverse(step)}?{urlencode(query)}")


@rights.required(rights.WRITE)
@require_POST
def switch(request: SignedIn, kind: str) -> HttpResponse:
    """Another kind: what fits comes along, the rest waits beside it.

    `fields` is what the message was as that kind, where the page's history leads back to it.
    """
    wanted = request.POST.get("to", "")
    target, here = desk.form_class(wanted), desk.at(request, kind)
    left = desk.form_class(kind).typed(request.POST)
    if wanted == kind:
        return desk.switched(request, kind, left)
    with transaction.atomic():
        draft = desk.keep(request.user, here, left)
        found = drafts.find(request.user, wanted, here.template)
        if fields := request.POST.get("fields"):
            content, said, found = target.typed(QueryDict(fields)), [], None
        elif wanted in draft.aside:
            content, said = draft.aside[wanted], [_("It is as you left it.")]
        else:
            content = forms.blank(wanted, carrying.carried(left, to=target)).content()
            said = [_came_along(carrying.left_behind(left, content, form=desk.form_class(kind)))]
        drafts.switch(draft, to=wanted, content=content)
    return desk.switched(request, wanted, content, said=said, replaced=found)


def _back(request: SignedIn, kind: str) -> HttpResponse:
    """A page that was refused stands at its form's address; asked for anew, it has its draft."""
    return redirect(desk.opened(request, kind))


def _begun(request: SignedIn, here: Desk, form: NestedForm) -> HttpResponse | None:
    """Keeps the draft first. Without its template, nothing is done before the page has said so."""
    if not here.gone:
        desk.keep_changes(request.user, here, form.content())
    elif "apart" not in request.POST:
        return desk.page(request, here, form, status=409)
    return None


def _came_along(parts: list[str]) -> str:
    if not parts:
        return _("All of it came along.")
    return _("What fits came along. Put aside until you switch back: %(parts)s.") % {
        "parts": ", ".join(parts)
    }


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
        if here.is_renamed and here.name != version.template.name:
            tags, notes = version.template.tags, version.template.notes
            library.describe(template, name=here.name, tags=tags, notes=notes, by=by)
    return version


def _at_hand(here: Desk, said: Message, *, by: Person) -> Version:
    latest = here.template.latest if here.template else None
    if latest is not None and latest.payload == message.payload(said):
        return latest
    return library.once(said, by=by)
