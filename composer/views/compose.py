"""Writing a message: the page, its preview, its rows, its draft."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from composer import desk, drafts, forms, kinds
from composer.composing import shown
from people import rights
from people.signed_in import SignedIn


@rights.required(rights.WRITE)
@require_safe
def start(request: SignedIn) -> HttpResponse:
    """Where the last draft was left, or a text."""
    last = drafts.last(request.user)
    return redirect(desk.Desk(last.kind, last.template) if last else desk.Desk(kinds.NAMES[0]))


# Ten cards are 220 kB of form. Django masks the token in it, and pads what is compressed.
@rights.required(rights.WRITE)
@require_safe
@gzip_page
def compose(request: SignedIn, kind: str) -> HttpResponse:
    here = desk.opened(request, kind)
    draft = drafts.find(request.user, kind, here.template)
    if draft is None:
        return desk.page(request, here, forms.blank(kind, here.saved_content))
    here, newer = desk.resumed(here, draft)
    return desk.page(request, here, forms.blank(kind, draft.content), draft=draft, newer=newer)


# In the order in which they leave: the page draws the picture while the rest is still made.
PREVIEW = ("composer/_drawn.html", "composer/_said.html")


@rights.required(rights.WRITE)
@require_POST
def preview(request: SignedIn, kind: str) -> StreamingHttpResponse:
    content = desk.form_class(kind).typed(request.POST)
    context = {"shown": shown(kind, content, request.POST)}
    pieces = (render_to_string(name, context, request) for name in PREVIEW)
    # A proxy that gathers answers before it passes them on would take that back.
    return StreamingHttpResponse(pieces, headers={"X-Accel-Buffering": "no"})


@rights.required(rights.WRITE)
@require_POST
def picture(request: SignedIn, kind: str) -> HttpResponse:
    """What is said, without the phone around it: of a message of the one card in hand."""
    content = desk.form_class(kind).typed(request.POST)
    phone = shown(kind, content, request.POST).one_preview
    return HttpResponse(render_to_string(phone.template, {"phone": phone}))


@rights.required(rights.WRITE)
@require_POST
def draft(request: SignedIn, kind: str) -> HttpResponse:
    content = desk.form_class(kind).typed(request.POST)
    kept = desk.keep_changes(request.user, desk.at(request, kind), content)
    return render(request, "composer/_kept.html", {"draft": kept})


@rights.required(rights.WRITE)
@require_POST
def discard(request: SignedIn, kind: str) -> HttpResponse:
    here = desk.at(request, kind)
    if here.gone:
        messages.warning(request, desk.GONE)
        return redirect("library")
    drafts.drop(request.user, kind, here.template)
    return redirect(replace(here, kind=here.template.kind) if here.template else here)
