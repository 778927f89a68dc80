"""Every address, by the room that answers it."""

from django.contrib import admin
from django.urls import include, path, register_converter

from people.addresses import KeyConverter

register_converter(KeyConverter, "key")

urlpatterns = [
    path("", include("composer.urls")),
    path("", include("push.urls")),
    path("", include("people.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]

handler400 = "config.failures.not_understood"
handler403 = "people.views.denied.denied"
handler404 = "config.failures.not_found"
handler500 = "config.failures.server_error"
