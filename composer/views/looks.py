"""The channels' looks, for the browser to keep."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.gzip import gzip_page

from composer import looks


@gzip_page
def sheet(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(looks.sheet(), content_type="text/css; charset=utf-8")
    if request.GET.get("v") == looks.version():
        patch_cache_control(response, public=True, max_age=31_536_000, immutable=True)
    else:
        patch_cache_control(response, no_cache=True)
    return response
