"""The page that says which right is missing, and who can give it."""

from django.contrib.auth.models import User
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from people import names, rights

# Each reads on after "You need the right to".
WORDS = {
    rights.WRITE: _("write and change templates"),
    rights.PUBLISH: _("publish and archive templates"),
    rights.IMPORT: _("bring in contacts"),
    rights.SEND: _("send broadcasts"),
    rights.FORCE: _("force a message into a conversation"),
    rights.RECORD: _("read the record"),
    "admin": _("open the admin pages"),
}
SHOWN = 5


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    right = WORDS.get(str(exception), "")
    return render(request, "403.html", {"right": right, "helpers": _helpers()}, status=403)


def _helpers() -> list[str]:
    """Those who can give rights, by the name that colleagues know."""
    administrators = User.objects.filter(
        Q(is_superuser=True) | Q(groups__name="Administrators"), is_active=True
    )
    return [names.called(person) for person in administrators.distinct().order_by("pk")[:SHOWN]]
