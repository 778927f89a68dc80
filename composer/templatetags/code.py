"""The filter `coloured`: JSON with its keys and values marked for the eye."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

KEY_OR_TEXT = re.compile(r"(&quot;(?:\\\\.|(?!&quot;).)*?&quot;)(\s*:)?")


@register.filter
def coloured(code: str) -> SafeString:
    """Escaped first; the marks go around what is already harmless."""
    return mark_safe(KEY_OR_TEXT.sub(_marked, escape(code)))  # noqa: S308


def _marked(match: re.Match[str]) -> str:
    name = "code-key" if match[2] else "code-text"
    return f'<span class="{name}">{match[1]}</span>{match[2] or ""}'
