"""Every address, by the room that answers it."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, register_converter

from people.addresses import KeyConverter


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


register_converter(KeyConverter, "key")

urlpatterns = [
    path("", include("composer.urls")),
    path("", include("push.urls")),
    path("", include("people.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
]

handler400 = "config.failures.not_understood"
handler403 = "people.views.denied.denied"
handler404 = "config.failures.not_found"
