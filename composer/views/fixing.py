"""One press on what a notice offers: the field mended, the form and its preview anew."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from composer import checking, desk
from composer.composing import shown
from composer.vocabulary import fixes, paths
from people import rights
from people.signed_in import SignedIn


@rights.required(rights.WRITE)
@require_POST
def fix(request: SignedIn, kind: str) -> HttpResponse:
    """`rule`, `at` (its path) and `on` (its channel) tell which notice is meant."""
    here = shown(kind, desk.form_class(kind).typed(request.POST), request.POST)
    rule, at, on = (request.POST.get(name, "") for name in ("rule", "at", "on"))
    remedy = here.remedy(rule=rule, path=at, channel=on)
    if remedy is None:
        words = _("This has been mended already. Nothing was changed.")
        return desk.redrawn(request, kind, here.content, said={"words": words})
    words = _("Done: %(fix)s") % {"fix": checking.label(remedy)}
    content = fixes.applied(here.whole, remedy)
    return desk.redrawn(request, kind, content, said={"field": paths.field(at), "words": words})
