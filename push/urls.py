"""Addresses of contacts, sending and broadcasts."""

from django.urls import URLPattern, path

from push.views import broadcasts, check, contacts, deeds, home, imports, send, shown_as, testing

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("broadcasts/", broadcasts.broadcasts, name="broadcasts"),
    path("broadcasts/<int:pk>/", broadcasts.broadcast, name="broadcast"),
    path("broadcasts/<int:pk>/cancel/", deeds.cancel, name="broadcast_cancel"),
    path("broadcasts/<int:pk>/decide/", broadcasts.decide, name="broadcast_decide"),
    path("broadcasts/<int:pk>/deliveries/", broadcasts.deliveries, name="broadcast_deliveries"),
    path("broadcasts/<int:pk>/deliveries/<int:delivery>/", broadcasts.delivery, name="delivery"),
    path("broadcasts/<int:pk>/force/", deeds.force, name="broadcast_force"),
    path("broadcasts/<int:pk>/live/", broadcasts.live, name="broadcast_live"),
    path("broadcasts/<int:pk>/pause/", deeds.pause, name="broadcast_pause"),
    path("broadcasts/<int:pk>/release/", deeds.release, name="broadcast_release"),
    path("broadcasts/<int:pk>/results.csv", broadcasts.csv, name="broadcast_csv"),
    path("broadcasts/<int:pk>/resume/", deeds.resume, name="broadcast_resume"),
    path("broadcasts/<int:pk>/retry/", deeds.retry, name="broadcast_retry"),
    path("broadcasts/<int:pk>/rows/", broadcasts.rows, name="broadcast_rows"),
    path("broadcasts/<int:pk>/settle/", deeds.settle, name="broadcast_settle"),
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
    path("send/", send.send, name="send"),
    path("send/check/", check.check, name="send_check"),
    path("send/count/", send.count, name="send_count"),
    path("send/go/", check.go, name="send_go"),
    path("send/people/", send.people, name="send_people"),
    path("send/spreads/", check.spreads, name="send_spreads"),
    path("send/test/", testing.send_test, name="send_test"),
]
