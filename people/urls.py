"""Addresses of the record, and of signing in."""

from allauth.account.urls import urlpatterns as allauth_account
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from people.views import codes, record

# Those pages of allauth that the product has. E-mail addresses are the administrators' business,
# so there are none to add or to confirm.
PAGES = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reauthenticate",
    "account_change_password",
}
# Where mail can be sent.
RESET_PAGES = {
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
account_pages = [
    page
    for page in allauth_account
    if page.name in (PAGES | RESET_PAGES if settings.HAS_MAIL else PAGES)
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("record/", record.shown, name="record"),
    path("record/export/", record.export, name="record_export"),
    path("accounts/", include(account_pages)),
    path("accounts/2fa/recovery-codes/", codes.view, name="mfa_view_recovery_codes"),
    path(
        "accounts/2fa/recovery-codes/download/",
        codes.download,
        name="mfa_download_recovery_codes",
    ),
    path("accounts/2fa/", include("allauth.mfa.urls")),
]
