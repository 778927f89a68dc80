"""Writing a message: the page, its preview, its rows, its draft."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_POST

from composer import desk, drafts, forms, kinds
from composer.composing import shown
from composer.forms.rows import Edited, NoSuchRow, edited
from people import addresses, rights
from people.signed_in import SignedIn

SAID = {
    "add": gettext_noop("%(noun)s %(number)s added"),
    "remove": gettext_noop("%(noun)s removed"),
    "duplicate": gettext_noop("%(noun)s %(number)s is the copy"),
    "up": gettext_noop("%(noun)s is now number %(number)s"),
    "down": gettext_noop("%(noun)s is now number %(number)s"),
    "move": gettext_noop("%(noun)s is now number %(number)s"),
}


@login_required
@require_GET
def start(request: SignedIn) -> HttpResponse:
    """Where the last draft was left, or a text."""
    last = request.user.drafts.first()
    return redirect("compose", last.kind if last and last.kind in kinds.NAMES else kinds.NAMES[0])


# Ten cards are 220 kB of form. Django masks the token in it, and pads what is compressed.
@rights.required(rights.WRITE)
@require_GET
@gzip_page
def compose(request: SignedIn, kind: str) -> HttpResponse:
    here = desk.opened(request, kind)
    draft = drafts.find(request.user, kind, here.template)
    if draft is None:
        return desk.page(request, here, forms.blank(kind, here.saved_content))
    here, newer = desk.resumed(here, draft)
    return desk.page(request, here, forms.blank(kind, draft.content), draft=draft, newer=newer)


@rights.required(rights.WRITE)
@require_POST
def preview(request: SignedIn, kind: str) -> HttpResponse:
    content = desk.form_class(kind).typed(request.POST)
    picture = shown(kind, content, request.POST)
    return render(request, "composer/_preview.html", {"shown": picture})


@rights.required(rights.WRITE)
@require_POST
def rows(request: SignedIn, kind: str) -> HttpResponse:
    """One press on a row's button: the whole form anew, the preview along with it."""
    form = desk.form_class(kind)
    edit, at, to = (request.POST.get(name, "") for name in ("edit", "at", "to"))
    content = form.typed(request.POST)
    try:
        result = edited(form, content, edit=edit, at=at, to=addresses.number(to))
    except NoSuchRow:
        return HttpResponseBadRequest(_("This list has changed. Reload the page."))
    return desk.redrawn(request, kind, result.content, said=_said(result, edit))


@rights.required(rights.WRITE)
@require_POST
def redraw(request: SignedIn, kind: str) -> HttpResponse:
    """An earlier content, as the page's history kept it, drawn anew."""
    content = desk.form_class(kind).typed(request.POST)
    return desk.redrawn(request, kind, content, said={"words": request.POST.get("words", "")[:80]})


@rights.required(rights.WRITE)
@require_POST
def draft(request: SignedIn, kind: str) -> HttpResponse:
    here, form = desk.posted(request, kind)
    content = form.content()
    kept = drafts.keep(request.user, kind, here.template, content, expected=here.expected)
    return render(request, "composer/_kept.html", {"draft": kept})


@rights.required(rights.WRITE)
@require_POST
def discard(request: SignedIn, kind: str) -> HttpResponse:
    here, _form = desk.posted(request, kind)
    drafts.drop(request.user, kind, here.template)
    return redirect(here.address)


def _said(result: Edited, edit: str) -> dict[str, str]:
    """For the page's script: the row to go to, the button to stay on, and what to announce."""
    words = _(SAID[edit]) % {"noun": result.noun, "number": result.number}
    return {"row": result.row, "edit": edit, "words": words}
