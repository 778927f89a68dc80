"""Bringing contacts in: upload or paste, look, import."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import fragments, record, rights, sheets
from push import encodings, heartbeat, importing, rejects, uploads
from push.forms.contacts import ImportForm, ReadingForm
from push.models import Import
from push.sentences import Sentence

# What the fields of a contact are called.
FIELDS = {
    "id": gettext_lazy("Contact ID"),
    "name": gettext_lazy("Name"),
    "tags": gettext_lazy("Tags"),
    "account": gettext_lazy("Channel account"),
    "picture_url": gettext_lazy("Picture"),
}


@rights.required(rights.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def contacts_import(request: HttpRequest) -> HttpResponse:
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        initial={"channel": request.GET.get("channel")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("import", key=_received(request, form.cleaned_data).key)
        except OSError as error:
            form.add_error("file", _("The file could not be kept: %s.") % error.strerror)
    return render(
        request, "push/contacts_import.html", {"form": form, "mine": _unfinished(request)}
    )


@rights.required(rights.IMPORT)
@require_safe
@fragments.told_apart
def import_(request: HttpRequest, key: UUID) -> HttpResponse:
    """The page of one import; while it is under way it asks for itself again."""
    found = _mine(request, key)
    template = "push/_import.html" if fragments.wanted(request) else "push/import.html"
    return render(request, template, {"import": found, **_told(found)})


@rights.required(rights.IMPORT)
@require_POST
def import_go(request: HttpRequest, key: UUID) -> HttpResponse:
    """The second press finds the first one's import under way, or done."""
    uploads.start(_mine(request, key))
    return redirect("import", key=key)


@rights.required(rights.IMPORT)
@require_POST
def import_read(request: HttpRequest, key: UUID) -> HttpResponse:
    """Reads the file again, in the encoding or the sheet that was chosen."""
    found = _mine(request, key)
    about = found.understood
    sheets = [*about.get("sheets", []), *about.get("hidden", [])]
    form = ReadingForm(request.POST, sheets=sheets)
    if not form.is_valid():
        messages.error(request, _("Choose one of the encodings or sheets that are offered."))
    elif not uploads.choose(found, **form.cleaned_data):
        messages.error(request, _("This file can no longer be read again. Upload it again."))
    return redirect("import", key=key)


@rights.required(rights.IMPORT)
@require_POST
def import_discard(request: HttpRequest, key: UUID) -> HttpResponse:
    uploads.discard(_mine(request, key))
    return redirect("contacts_import")


@rights.required(rights.IMPORT)
@require_safe
def import_rejects(request: HttpRequest, key: UUID) -> HttpResponseBase:
    found = _mine(request, key)
    try:
        with uploads.rejects_of(found).open(encoding="utf-8") as file:
            # All at once: while an answer is streamed, the language is no longer the reader's.
            rows = list(rejects.rows_of(file))
    except FileNotFoundError as error:
        raise Http404 from error
    if request.method == "GET":
        record.note(request.user, "exported", target=found, rejected=found.rejected)
    return sheets.answer(rows, name="left-out.csv")


def _received(request: HttpRequest, said: Mapping[str, Any]) -> Import:
    return uploads.receive(
        said["file"].chunks() if said["file"] else [said["pasted"].encode()],
        owner=request.user,
        file_name=said["file"].name if said["file"] else _("Pasted rows"),
        channel=said["channel"],
        account=said["account"],
    )


def _mine(request: HttpRequest, key: UUID) -> Import:
    """Other people's files are nobody's business, not even that they exist."""
    return get_object_or_404(Import, key=key, owner_id=request.user.pk)


def _unfinished(request: HttpRequest) -> Iterable[Import]:
    return Import.objects.filter(
        owner_id=request.user.pk,
        state__in=[*uploads.UNDER_WAY, *uploads.ASKS],
        created_at__gte=timezone.now() - uploads.KEPT,
    )[:5]


def _told(found: Import) -> dict[str, Any]:
    """The import's sentences in the reader's language."""
    about = found.understood
    return {
        "problem": _say(found.problem) if found.problem else "",
        "notes": [_say(note) for note in about.get("notes", [])],
        "left_out": [
            (row["line"], row["row"], _say(row["reason"])) for row in about.get("left_out", [])
        ],
        "columns": [_column(each) for each in about.get("columns", [])],
        "encodings": about.get("encodings") or _other_encodings(about),
        "is_under_way": found.state in uploads.UNDER_WAY,
        "reported": about.get("reported", 0),
        "percent": round(found.share * 100),
        "trouble": _trouble(found),
        "is_gone": found.state in uploads.ASKS and not uploads.path_of(found).exists(),
    }


def _column(kept: Mapping[str, Any]) -> dict[str, Any]:
    """A column of the file, and in words what was remarked on its cells."""
    remarks = [
        (_say(each["sentence"]), _rows(each["count"], each["line"])) for each in kept["remarks"]
    ]
    return {
        **kept,
        "remarks": remarks,
        "is_left_out": not (kept["field"] or kept["attribute"]),
        "field": FIELDS.get(kept["field"], ""),
    }


def _rows(count: int, line: int) -> str:
    return ngettext("line %(line)s", "%(count)s rows, the first on line %(line)s", count) % {
        "count": count,
        "line": line,
    }


def _other_encodings(about: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a text that is not Unicode may be in instead."""
    labels = [each.label for each in encodings.GUESSED]
    if about.get("read_as") not in labels:
        return []
    return [{"name": each.name, "label": each.label} for each in encodings.GUESSED]


def _trouble(found: Import) -> str:
    """Why nothing moves, where that is so."""
    if found.state not in uploads.UNDER_WAY or not uploads.is_late(found, timezone.now()):
        return ""
    if not heartbeat.is_worker_alive():
        return _(
            "No background worker is running. Tell an administrator. The import continues as soon "
            "as one runs; what was imported so far is kept."
        )
    if found.state in uploads.BACK:
        return _(
            "The background worker has stopped responding. Another one takes over within a "
            "minute; what was imported so far is kept."
        )
    return _(
        "The background worker is busy with other files. It starts on this one as soon as it "
        "is free."
    )


def _say(kept: Mapping[str, Any]) -> str:
    return importing.say(Sentence(**kept))
