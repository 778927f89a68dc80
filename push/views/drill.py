"""The drill inbox: what every pretend contact received, and the stand-in's own settings."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from composer.vocabulary import channels
from push.drill import inbox, remote
from push.forms.drill import ContactForm, FailureForm, SettingsForm

PAGE = 40
KEPT = ("channel", "q", "page", "phone", "since")

View = Callable[..., HttpResponseBase]


def in_drill(view: View) -> Any:
    """Nothing is there once a real host is set."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DRILL:
            raise Http404
        return view(request, *args, **kwargs)

    return login_required(guarded)


@in_drill
@require_safe
def drill(request: HttpRequest) -> HttpResponse:
    return render(request, "drill/inbox.html", _shown(request))


@in_drill
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """Asked every few seconds: nothing (204), or what has changed."""
    standing = _standing()
    newest, was_up = str(inbox.newest()), request.GET.get("up") == "1"
    if newest == request.GET.get("after") and was_up == bool(standing):
        return HttpResponse(status=204)
    return render(request, "drill/_news.html", _shown(request) | {"is_swap": True})


@in_drill
@require_POST
def set_drill(request: HttpRequest) -> HttpResponse:
    form = SettingsForm(request.POST)
    return _tell(request, form, "/drill/state", said=_("The drill server works like that now."))


@in_drill
@require_POST
def fail(request: HttpRequest) -> HttpResponse:
    form = FailureForm(request.POST)
    return _tell(request, form, "/drill/fail", said=_("The drill server has been told."))


@in_drill
@require_POST
def contact(request: HttpRequest) -> HttpResponse:
    form = ContactForm(request.POST)
    return _tell(request, form, "/drill/contact", said=_("The drill server has been told."))
