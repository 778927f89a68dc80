"""Who else writes at the same template, as an open page asks every few seconds."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from composer import presence
from people import addresses, rights
from people.signed_in import SignedIn


@rights.required(rights.WRITE)
@require_POST
def here(request: SignedIn, pk: int) -> HttpResponse:
    latest = presence.latest_for(request.user, pk)
    if latest is None:
        return render(request, "composer/_gone.html")
    people = presence.meet(request.user, latest.template_id)
    expected = addresses.number(request.POST.get("expected"))
    newer = latest if latest.number > expected else None
    return render(request, "composer/_here.html", {"people": people, "newer": newer})
