"""Lengths of time in words, as coarse as people say them."""

from datetime import timedelta

from django.utils.translation import gettext as _


def in_words(span: timedelta) -> str:
    """Such as "35 s", "12 min", "3 h 5 min": each reads the same in every number."""
    seconds = max(round(span.total_seconds()), 1)
    if seconds < 90:
        return _("%(seconds)s s") % {"seconds": seconds}
    minutes = round(seconds / 60)
    if minutes < 60:
        return _("%(minutes)s min") % {"minutes": minutes}
    hours, minutes = divmod(minutes, 60)
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
