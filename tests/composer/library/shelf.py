"""What is in the library, and the addresses of what is done to it."""

from django.urls import reverse

from composer import kinds, library
from composer.models import Template
from people import rights

AGENT = [rights.WRITE, rights.SEND]
MANAGER = [rights.WRITE, rights.PUBLISH]
HOSTILE = '<script>alert("1")</script>{{ name }}{% now %}'


def keep(name="歡迎", words="嗨", *, by=None, state="published", **more):
    message = kinds.read({"type": "text", "message": words})
    template = library.create(name=name, message=message, by=by, **more).template
    Template.objects.filter(pk=template.pk).update(state=state)
    template.refresh_from_db()
    return template


def address(deed, template):
    if deed in {"publish", "archive", "unpublish", "restore"}:
        return reverse("template_move", args=[template.pk, deed])
    if deed == "again":
        return reverse("version_again", args=[template.pk, 1])
    if deed == "import":
        return reverse("library_import")
    name = {"details": "template_describe"}.get(deed, f"template_{deed}")
    return reverse(name, args=[template.pk])
