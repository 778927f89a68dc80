"""Addresses of the composer and the library."""

from django.urls import URLPattern, path, re_path

from composer.views import (
    compose,
    exchange,
    fixing,
    keeping,
    library,
    looks,
    pasting,
    pictures,
    presence,
)

urlpatterns: list[URLPattern] = [
    path("compose/", compose.start, name="compose_start"),
    path("compose/here/<key:pk>/", presence.here, name="compose_here"),
    path("compose/<kind>/", compose.compose, name="compose"),
    path("compose/<kind>/preview/", compose.preview, name="compose_preview"),
    path("compose/<kind>/picture/", compose.picture, name="compose_picture"),
    path("compose/<kind>/fix/", fixing.fix, name="compose_fix"),
    path("compose/<kind>/paste/", pasting.paste, name="compose_paste"),
    path("compose/<kind>/draft/", compose.draft, name="compose_draft"),
    path("compose/<kind>/discard/", compose.discard, name="compose_discard"),
    path("compose/<kind>/switch/", keeping.switch, name="compose_switch"),
    path("compose/<kind>/save/", keeping.save, name="compose_save"),
    path("compose/<kind>/send/", keeping.send, name="compose_send"),
    path("library/", library.wall, name="library"),
    path("library/import/", exchange.take, name="library_import"),
    path("library/export/", exchange.give, name="library_export"),
    path("library/<key:pk>/", library.template, name="template"),
    path("library/<key:pk>/details/", library.describe, name="template_describe"),
    path("library/<key:pk>/duplicate/", library.duplicate, name="template_duplicate"),
    path("library/<key:pk>/export/", exchange.give_one, name="template_export"),
    path("library/<key:pk>/move/<slug:deed>/", library.move, name="template_move"),
    path("library/<key:pk>/versions/<key:number>/", library.version, name="version"),
    path("library/<key:pk>/versions/<key:number>/again/", library.use_again, name="version_again"),
    path("pictures/", pictures.wall, name="pictures"),
    path("pictures/shelf/", pictures.shelf, name="picture_shelf"),
    path("pictures/crop/", pictures.crop, name="picture_crop"),
    path("pictures/<key:pk>/name/", pictures.rename, name="picture_rename"),
    path("pictures/<key:pk>/delete/", pictures.delete, name="picture_delete"),
    re_path(r"^media/(?P<name>pictures/[0-9a-f]{32}(?:-small)?\.(?:jpg|png))$", pictures.file),
    path("looks.css", looks.sheet, name="looks"),
]
