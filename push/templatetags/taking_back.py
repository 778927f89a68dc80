"""The moment in which what was just sent can be taken back."""

from math import ceil
from typing import Any

from django import template
from django.template import Context

register = template.Library()


@register.inclusion_tag("push/_take_back.html", takes_context=True)
def take_back(context: Context) -> dict[str, Any]:
    """The countdown of the page's broadcast, as long as it runs; expects progress, may_send."""
    progress = context["progress"]
    opens_at = None if progress.is_quiet else progress.opens_at
    left = ceil((opens_at - progress.now).total_seconds()) if opens_at else 0
    is_open = left > 0 and context["may_send"]
    return {"broadcast": progress.broadcast, "opens_at": opens_at, "left": left if is_open else 0}
