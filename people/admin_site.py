"""Django's admin without a sign-in of its own: there is one for the whole product."""

from typing import Any

from allauth.account import views as account
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache


class AdminSite(admin.AdminSite):
    """Only asks whether whoever is signed in may be here.

    Django's own pages for signing in and for passwords know neither the second factor nor the
    limit on failed attempts.
    """

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return _lead_to_sign_in(request, may_enter=self.has_permission(request))

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")

    def password_change_done(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        return account.logout(request)


@never_cache
def _lead_to_sign_in(request: HttpRequest, *, may_enter: bool) -> HttpResponse:
    home = reverse("admin:index")
    page = request.GET.get(REDIRECT_FIELD_NAME) or request.POST.get(REDIRECT_FIELD_NAME) or home
    hosts = {request.get_host()}
    if not url_has_allowed_host_and_scheme(page, hosts, require_https=request.is_secure()):
        page = home
    if may_enter:
        return redirect(page)
    if request.user.is_authenticated:
        # The sign-in page would lead them straight back here.
        raise PermissionDenied("admin")
    return redirect_to_login(page)
