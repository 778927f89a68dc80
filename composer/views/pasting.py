"""Pasting JSON: another message takes the place of this one, with a list of what was mended."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from composer import desk, drafts, forms, pasting
from people import rights
from people.signed_in import SignedIn

MOST = 200_000


@rights.required(rights.WRITE)
@require_POST
def paste(request: SignedIn, kind: str) -> HttpResponse:
    left = desk.form_class(kind).typed(request.POST)
    text = request.POST.get("json", "")
    try:
        if len(text) > MOST:
            raise pasting.NotAMessage(pasting.TOO_LONG)
        pasted = pasting.read(text)
    except pasting.NotAMessage as error:
        return _refused(request, _(error.reason))
    draft = desk.keep(request.user, desk.at(request, kind), left)
    is_other = pasted.kind != kind
    found = drafts.find(request.user, pasted.kind, draft.template) if is_other else None
    content = forms.blank(pasted.kind, pasted.content).content()
    drafts.switch(draft, to=pasted.kind, content=content)
    return desk.switched(
        request, pasted.kind, content, said=_said(pasted), level="info", replaced=found
    )


def _refused(request: SignedIn, reason: str) -> HttpResponse:
    """Said in the dialog, where the text still is."""
    answer = render(request, "composer/_paste_said.html", {"reason": reason}, status=422)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#paste-said", "innerHTML"
    return answer


def _said(pasted: pasting.Pasted) -> list[str]:
    said = [_("The pasted message is in the form.")]
    said += [_(words) for words in pasted.mended]
    if pasted.left_out:
        paths = ", ".join(pasted.left_out[:12])
        said.append(_("Left out, because there is no place for it: %(paths)s") % {"paths": paths})
    return said
