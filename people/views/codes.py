"""Backup codes, as allauth shows them; that they were looked at goes into the record."""

from allauth.mfa.recovery_codes import views
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from people import record


def view(request: HttpRequest) -> HttpResponseBase:
    return _noted(request, views.view_recovery_codes(request))


def download(request: HttpRequest) -> HttpResponseBase:
    return _noted(request, views.download_recovery_codes(request))


def _noted(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code == 200 and request.method == "GET":
        record.note(request.user, "viewed backup codes")
    return response
