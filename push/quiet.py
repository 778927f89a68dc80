"""The quiet hours: when nothing that was scheduled goes out, by the clock of TIME_ZONE."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone


@dataclass(frozen=True)
class Hours:
    """When messages may go out: from `opens` on (None: already) until `closes` (None: always)."""

    opens: datetime | None = None
    closes: datetime | None = None


def contains(moment: datetime) -> bool:
    return allowed(moment) != moment


def allowed(moment: datetime) -> datetime:
    """This moment, or the end of the quiet hours that it lies in."""
    if settings.QUIET_HOURS is None:
        return moment
    begin, end = settings.QUIET_HOURS
    now = timezone.localtime(moment).time()
    is_quiet = begin <= now < end if begin < end else now >= begin or now < end
    return _following(moment, end) if is_quiet else moment


def hours(moment: datetime) -> Hours:
    """The hours that are open at this moment, or open next."""
    if settings.QUIET_HOURS is None:
        return Hours()
    opens = allowed(moment)
    closes = _following(opens, settings.QUIET_HOURS[0])
    return Hours(opens if opens != moment else None, closes)


def in_words() -> str:
    """Such as "22:00–08:00", or nothing."""
    return "–".join(f"{each:%H:%M}" for each in settings.QUIET_HOURS or ())


def _following(moment: datetime, at: time) -> datetime:
    """The next time that the clocks show this, after the moment."""
    local = timezone.localtime(moment)
    today = datetime.combine(local.date(), at, tzinfo=local.tzinfo)
    return today if today > moment else today + timedelta(days=1)
