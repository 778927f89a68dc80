"""The record's page, and the record as a sheet."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people import history, record, rights, sheets
from people.history import HistoryForm

LINES = 50


@rights.required(rights.RECORD)
@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    form = HistoryForm(request.GET)
    page = Paginator(history.found(form), LINES).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": [history.line(entry) for entry in page],
        "is_narrowed": any(form.cleaned_data.values()),
    }
    return render(request, "people/record.html", context)


@rights.required(rights.RECORD)
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    entries = history.found(HistoryForm(request.GET))
    record.note(request.user, "exported", target=_("Record"), entries=entries.count())
    return sheets.answer(history.rows(entries), name="record.csv")
