"""Invisible and direction characters in what contacts are called: as marks, or left out."""

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from composer.vocabulary import invisible

register = template.Library()

MARK = '<span class="unseen" role="img" title="{0}" aria-label="{0}">{1}</span>'


def unseen(number: str) -> SafeString:
    """A mark for the character of that number, in hexadecimal digits."""
    words = _("Invisible character U+%(number)s, not sent") % {"number": number}
    return format_html(MARK, words, f"U+{number}")


@register.filter
def reveal(text: object) -> SafeString:
    """A contact's name or value, escaped."""
    # A translation in waiting would stay one when it is escaped.
    escaped = escape("" if text is None else str(text))
    return SafeString(invisible.replace(escaped, lambda each: unseen(f"{ord(each):04X}")))


@register.filter
def strip_invisible(text: object) -> str:
    """For where no mark can stand: a page's title, a label, an option."""
    return invisible.remove("" if text is None else str(text))
