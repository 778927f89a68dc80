"""One press on what a notice offers: the field mended, the form and its preview anew."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from composer import checking, desk, kinds, library
from composer.composing import shown
from composer.vocabulary import fixes, paths
from composer.vocabulary.fixes import Fix
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
    done = checking.label(remedy)
    words = _("Done: %(fix)s") % {"fix": done}
    if remedy.rests:
        words = _("Done: %(fix)s. The rest is a draft in the library: %(names)s") % {
            "fix": done,
            "names": ", ".join(_put_aside(request, kind, remedy)),
        }
    content = fixes.applied(here.whole, remedy)
    return desk.redrawn(request, kind, content, said={"field": paths.field(at), "words": words})


def _put_aside(request: SignedIn, kind: str, remedy: Fix) -> list[str]:
    """The names under which the library keeps what does not stay in this message."""
    after = desk.at(request, kind).name
    rests = (kinds.MESSAGES[kind].build(rest) for rest in remedy.rests)
    return [library.put_aside(rest, after=after, by=request.user).name for rest in rests]
