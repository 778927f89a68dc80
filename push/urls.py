"""Addresses of contacts, sending and broadcasts."""

from django.urls import URLPattern, path

from push.views import contacts, imports, shown_as

urlpatterns: list[URLPattern] = [
    path("contacts/", contacts.contacts, name="contacts"),
    path("contacts/<int:pk>/", contacts.contact, name="contact"),
    path("contacts/<int:pk>/disturb/", contacts.contact_disturb, name="contact_disturb"),
    path("contacts/as/", shown_as.shown_as, name="shown_as"),
    path("contacts/import/", imports.contacts_import, name="contacts_import"),
    path("contacts/import/<uuid:key>/", imports.import_, name="import"),
    path("contacts/import/<uuid:key>/discard/", imports.import_discard, name="import_discard"),
    path("contacts/import/<uuid:key>/go/", imports.import_go, name="import_go"),
    path("contacts/import/<uuid:key>/rejects/", imports.import_rejects, name="import_rejects"),
    path("contacts/new/", contacts.contact_new, name="contact_new"),
    path("contacts/placeholders/", shown_as.placeholders, name="placeholders"),
]
