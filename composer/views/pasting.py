"""Pasting JSON: another message takes the place of the draft, with a list of what was mended."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from composer import desk, drafts, forms, pasting
from people import rights
from people.signed_in import SignedIn

MOST = 200_000


@rights.required(rights.WRITE)
@require_POST
def paste(request: SignedIn, kind: str) -> HttpResponse:
    desk.form_class(kind)
    text = request.POST.get("json", "")
    try:
        if len(text) > MOST:
            raise pasting.NotAMessage(pasting.TOO_LONG)
        pasted = pasting.read(text)
    except pasting.NotAMessage as error:
        messages.error(request, _(error.reason))
        return redirect("compose", kind)
    content = forms.blank(pasted.kind, pasted.content).content()
    drafts.keep(request.user, pasted.kind, None, content)
    for words in _said(pasted):
        messages.info(request, words)
    return redirect("compose", pasted.kind)


def _said(pasted: pasting.Pasted) -> list[str]:
    said = [_("The pasted message is in the form.")]
    said += [_(words) for words in pasted.mended]
    if pasted.left_out:
        paths = ", ".join(pasted.left_out[:12])
        said.append(_("Left out, because there is no place for it: %(paths)s") % {"paths": paths})
    return said
