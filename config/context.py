"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def product(request: HttpRequest) -> dict[str, Any]:
    return {
        "is_drill": settings.DRILL,
        "site_name": settings.SITE_NAME,
        "public_base_url": settings.PUBLIC_BASE_URL,
    }
