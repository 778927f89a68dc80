"""The demo's sign-ins for the sign-in page."""

from typing import Any

from django import template
from django.conf import settings
from django.contrib.auth.models import User

register = template.Library()

DEMO = ("agent", "manager", "admin")


@register.inclusion_tag("people/_demo.html")
def demo_people() -> dict[str, Any]:
    """Who can sign in with the demo password; nobody where customers are real."""
    if not settings.DRILL:
        return {}
    people = User.objects.filter(username__in=DEMO, is_active=True).in_bulk(field_name="username")
    return {
        "people": [people[name] for name in DEMO if name in people],
        "password": settings.DEMO_PASSWORD,
    }
