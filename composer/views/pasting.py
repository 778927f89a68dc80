"""Pasting JSON: another message takes the place of this one, with a list of what was mended."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from composer import desk, drafts, forms, pasting
from composer.forms import Overflow
from people import rights
from people.signed_in import SignedIn

MOST = 200_000
# How many of the parts that were left out are named.
NAMED = 12


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
    fitting, overflows = forms.fitted(pasted.kind, pasted.content)
    content = forms.blank(pasted.kind, fitting).content()
    drafts.switch(draft, to=pasted.kind, content=content)
    said = [*_said(pasted), *(_too_many(pasted.kind, each) for each in overflows)]
    return desk.switched(request, pasted.kind, content, said=said, level="info", replaced=found)


def _refused(request: SignedIn, reason: str) -> HttpResponse:
    """Said in the dialog, where the text still is."""
    answer = render(request, "composer/_paste_said.html", {"reason": reason}, status=422)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#paste-said", "innerHTML"
    return answer


def _said(pasted: pasting.Pasted) -> list[str]:
    said = [_("The pasted message is in the form.")]
    said += [_(words) for words in pasted.mended]
    if pasted.left_out:
        paths = ", ".join(pasted.left_out[:NAMED])
        if (more := len(pasted.left_out) - NAMED) > 0:
            paths = _("%(place)s and %(count)s more") % {"place": paths, "count": more}
        said.append(_("Left out, because there is no place for it: %(paths)s") % {"paths": paths})
    return said


def _too_many(kind: str, overflow: Overflow) -> str:
    """“Card 3, Buttons: …”"""
    first = overflow.most + 1
    return _("%(list)s: only %(most)s fit. Left out: number %(numbers)s.") % {
        "list": _(", ").join([*forms.parts(kind, overflow.path), overflow.label]),
        "most": overflow.most,
        "numbers": f"{first}" if first == overflow.count else f"{first}–{overflow.count}",
    }
