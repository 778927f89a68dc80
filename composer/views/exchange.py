"""Templates in and out as JSON, by page."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from composer import exchange, incoming, shelf
from composer.incoming import File
from composer.models import Template
from people import record, rights

LARGEST = 2 * 2**20


class ImportForm(forms.Form):
    """A file or pasted JSON; the answer to the first press is only a report."""

    file = forms.FileField(label=gettext_lazy("JSON file"), required=False, allow_empty_file=True)
    pasted = forms.CharField(
        label=gettext_lazy("Or paste JSON"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
    )
    publish = forms.BooleanField(label=gettext_lazy("Publish at once"), required=False)

    def clean(self) -> dict[str, object]:
        cleaned = self.cleaned_data
        file = cleaned.get("file")
        if file is not None and file.size > LARGEST:
            self.add_error("file", _("The page takes 2 MB. Larger files: import_templates."))
        elif file is None and not (cleaned.get("pasted") or "").strip():
            self.add_error("file", _("Choose a file or paste JSON."))
        return cleaned

    def data_given(self) -> bytes:
        file = self.cleaned_data["file"]
        return file.read() if file is not None else self.cleaned_data["pasted"].encode()


@rights.required(rights.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Look first, then take: the report comes back with the same JSON in a hidden field."""
    if request.method != "POST":
        return render(request, "composer/import.html", {"form": ImportForm()})
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "composer/import.html", {"form": form}, status=422)
    found = incoming.read(form.data_given())
    if found.problems or "take" not in request.POST:
        return _report(request, form, found)
    counts = exchange.take(found.entries, by=request.user, publish=form.cleaned_data["publish"])
    messages.success(
        request,
        _("Imported. New: %(created)s, changed: %(updated)s, the same: %(unchanged)s.") % counts,
    )
    return redirect("library")


@rights.required(rights.VIEW_TEMPLATES, rights.PUBLISH)
@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """Everything that the filters in the address leave."""
    keys = shelf.Shelf(request.user, shelf.wanted(request.GET)).templates
    found = Template.objects.with_latest().in_bulk(keys)
    record.note(request.user, "exported", target=_("Templates"), templates=len(keys))
    return _download([found[key] for key in sorted(keys)], "templates.json")


@rights.required(rights.VIEW_TEMPLATES)
@require_POST
def give_one(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Template.objects.visible_to(request.user).with_latest()
    found = get_object_or_404(visible, pk=pk)
    rights.ensure_can_manage(request.user, found.owner_id, others=rights.PUBLISH)
    record.note(request.user, "exported", target=found, template=pk)
    return _download([found], f"template-{pk}.json")


def _report(request: HttpRequest, form: ImportForm, found: File) -> HttpResponse:
    context = {
        "form": form,
        "problems": found.problems,
        "steps": exchange.plan(found.entries),
        "text": exchange.written(found.entries),
    }
    return render(request, "composer/import.html", context, status=422 if found.problems else 200)


def _download(templates: list[Template], name: str) -> HttpResponse:
    response = HttpResponse(exchange.dump(templates), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
