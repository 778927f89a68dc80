"""The page that says which right is missing, and who can give it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from people import names, rights

# Each reads on after "You need the permission to".
WORDS = {
    rights.VIEW_TEMPLATES: _("view templates"),
    rights.VIEW_CONTACTS: _("view contacts"),
    rights.VIEW_BROADCASTS: _("view broadcasts"),
    rights.ERASE: _("erase contacts"),
    rights.MANAGE_PICTURES: _("rename and delete other users' images"),
    rights.MANAGE_BROADCASTS: _("manage other users' broadcasts"),
    rights.MANAGE_AUDIENCES: _("delete other users' saved audiences"),
    rights.WRITE: _("write and change templates"),
    rights.PUBLISH: _("publish and archive templates"),
    rights.IMPORT: _("bring in contacts"),
    rights.SEND: _("send broadcasts"),
    rights.FORCE: _("force a message into a conversation"),
    rights.RECORD: _("read the record"),
    "admin": _("open the admin pages"),
}


def form_out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the right token: whose cookies are gone has been signed out, no less."""
    if "HX-Request" in request.headers:
        return HttpResponse(status=400 if request.user.is_authenticated else 401)
    return render(request, "403_csrf.html", status=403)


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    right = WORDS.get(str(exception), "")
    return render(
        request, "403.html", {"right": right, "helpers": names.administrators()}, status=403
    )
