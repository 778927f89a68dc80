"""The pictures: the files themselves, the wall, the shelf beside a message, and cropping."""

import json
import logging
import mimetypes
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import (
    etag,
    require_http_methods,
    require_POST,
    require_safe,
)

from composer import pictures
from composer.imaging import NotAPicture
from composer.models import Picture
from composer.pictures import Box, InUse
from people import fragments, rights
from people.signed_in import SignedIn

log = logging.getLogger(__name__)

ON_WALL, ON_SHELF = 24, 12


class CropForm(forms.Form):
    """Which part of a picture is kept."""

    ratio = forms.ChoiceField(
        choices=[
            ("1.51", gettext_lazy("Card 1.51 : 1")),
            ("1", gettext_lazy("Square 1 : 1")),
            ("1.91", gettext_lazy("Wide 1.91 : 1")),
        ]
    )
    left = forms.FloatField(min_value=0, max_value=1)
    top = forms.FloatField(min_value=0, max_value=1)
    width = forms.FloatField(min_value=0, max_value=1)


@require_safe
@etag(lambda request, name: f'"{name}"')
@cache_control(public=True, max_age=31_536_000, immutable=True)
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """For everybody: customers' phones do not sign in. What a name stands for never changes."""
    try:
        opened = default_storage.open(name)
    except OSError as error:
        raise Http404 from error
    response = FileResponse(opened, content_type=mimetypes.guess_type(name)[0])
    response["X-Content-Type-Options"] = "nosniff"
    return response


@rights.required(rights.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
@fragments.told_apart
def wall(request: SignedIn) -> HttpResponse:
    """The page of all pictures; a file posted here is taken in."""
    if request.method == "POST":
        return _take(request)
    context = _found(request, ON_WALL)
    uses = pictures.uses()
    context["tiles"] = [
        {"picture": each, "uses": uses[each.stem], "may_change": _may_change(request, each)}
        for each in context["page"]
    ]
    return render(request, f"composer/{'_' * fragments.wanted(request)}pictures.html", context)


@rights.required(rights.WRITE)
@require_safe
def shelf(request: SignedIn) -> HttpResponse:
    """The pictures in the dialog beside a message, to pick from."""
    return render(request, "composer/_picture_shelf.html", _found(request, ON_SHELF))


@rights.required(rights.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def crop(request: SignedIn) -> HttpResponse:
    """`of` is the picture's address; POST makes the new picture."""
    asked = request.POST if request.method == "POST" else request.GET
    picture = pictures.find(asked.get("of", ""))
    if picture is None:
        return _gone(request)
    if request.method != "POST":
        context = {"picture": picture, "form": CropForm(), "ratio": _ratio(asked.get("ratio", ""))}
        return render(request, "composer/_picture_crop.html", context)
    form = CropForm(request.POST)
    if not form.is_valid():
        return _said(request, _("Choose the part to keep once more."))
    return _keep(request, lambda: pictures.crop(picture, Box(**form.cleaned_data), by=request.user))


@rights.required(rights.WRITE)
@require_POST
def rename(request: SignedIn, pk: int) -> HttpResponse:
    picture = _changeable(request, pk)
    pictures.rename(picture, request.POST.get("name", ""), by=request.user)
    return HttpResponse(status=204)


@rights.required(rights.WRITE)
@require_POST
def delete(request: SignedIn, pk: int) -> HttpResponse:
    try:
        pictures.delete(_changeable(request, pk), by=request.user)
    except InUse as error:
        return _said(request, error.reason)
    answer = HttpResponse()
    answer["HX-Trigger-After-Swap"] = "deleted"
    return answer


def _may_change(request: SignedIn, picture: Picture) -> bool:
    return rights.can_manage(request.user, picture.by_id, others=rights.MANAGE_PICTURES)


def _changeable(request: SignedIn, pk: int) -> Picture:
    """One's own, or anybody's for those with the permission."""
    picture = get_object_or_404(Picture, pk=pk)
    rights.ensure_can_manage(request.user, picture.by_id, others=rights.MANAGE_PICTURES)
    return picture


def _found(request: HttpRequest, count: int) -> dict[str, Any]:
    words = request.GET.get("q", "")[:200]
    page = Paginator(pictures.search(words), count).get_page(request.GET.get("page", ""))
    return {
        "words": words,
        "page": page,
        "warning": _warning(),
        "ratio": _ratio(request.GET.get("ratio", "")),
    }


def _warning() -> str:
    base = pictures.base()
    if not base:
        return _("Pictures have no address yet: an administrator must set PUBLIC_BASE_URL.")
    if pictures.is_public(base):
        return ""
    return _(
        "Phones of customers cannot open pictures kept at %(base)s. Before sending to real "
        "customers, an administrator must set PUBLIC_BASE_URL to a public https address."
    ) % {"base": base}


def _take(request: SignedIn) -> HttpResponse:
    upload = request.FILES.get("file")
    if upload is None:
        return _said(request, _("Choose a picture."))
    return _keep(request, lambda: pictures.take(upload, by=request.user))


def _keep(request: SignedIn, make: Callable[[], Picture]) -> HttpResponse:
    """What the page's script needs of a new picture, or why there is none."""
    if not pictures.base():
        return _said(request, _warning())
    try:
        picture = make()
    except NotAPicture as error:
        return _said(request, error.reason)
    except OSError:
        log.exception("the storage of pictures failed")
        return _said(request, _("The storage of pictures failed. Tell an administrator."))
    answer = render(request, "composer/_picture_taken.html", {"picture": picture})
    answer["HX-Trigger-After-Swap"] = json.dumps({"taken": {"address": picture.address}})
    return answer


def _said(request: HttpRequest, reason: str) -> HttpResponse:
    return render(request, "composer/_picture_said.html", {"reason": reason}, status=422)


def _gone(request: HttpRequest) -> HttpResponse:
    """In the dialog with a button to close it; beside the frame only the reason."""
    if request.method != "POST":
        return render(request, "composer/_picture_gone.html", status=422)
    return _said(request, _("This picture is not in the library any more."))


def _ratio(asked: str) -> str:
    return asked if asked in pictures.RATIOS else "1.51"
