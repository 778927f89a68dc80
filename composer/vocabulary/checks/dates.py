"""A date with a weekday beside it: do they agree? Years may be of the Republic (民國)."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from composer.vocabulary.remembering import remembered
from composer.vocabulary.words import gettext_noop as _

from .notice import OFTEN, Notice, Word, ours
from .prose import Prose, blotted, replaced

WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
REPUBLIC = 1911
# A message about a day of last month is late, not about next year.
JUST_PAST = timedelta(days=60)

_CHINESE = "一二三四五六日"
_SUNDAY = "天"
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_THEN_YEAR = r"(?:,?\s(?P<year>\d{4}))?,?"
_ENGLISH = "Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun"

# A few at most: however many there were, each would be tried from every place before it.
_GAP = r"\s{0,3}"

# Between brackets the weekday may stand alone; without them it says that it is one.
_SAID = (
    rf"{_GAP}(?P<tail>[（(【\[]{_GAP}(?:(?:星期|禮拜|週|周)?(?P<in_chinese>[{_CHINESE}{_SUNDAY}])"
    rf"|(?P<in_english>(?:{_ENGLISH})(?:day)?)\.?){_GAP}[）)】\]]"
    rf"|(?:星期|禮拜|週|周)(?P<chinese>[{_CHINESE}{_SUNDAY}])"
    rf"|(?P<english>(?:{_ENGLISH})(?:day)?)(?![A-Za-z]))"
)
_FORMS = tuple(
    re.compile(form + _SAID, re.IGNORECASE)
    for form in (
        rf"(?<!\d)(?:(?P<republic>民國{_GAP})?(?P<year>\d{{2,4}}){_GAP}年{_GAP})?"
        rf"(?P<month>\d{{1,2}}){_GAP}月{_GAP}(?P<day>\d{{1,2}}){_GAP}[日號]?,?",
        r"(?<![\d./-])(?P<year>\d{3,4})(?P<mark>[-/.／])(?P<month>\d{1,2})(?P=mark)"
        r"(?P<day>\d{1,2}),?",
        r"(?<![\d./／])(?P<month>\d{1,2})[/／](?P<day>\d{1,2}),?",
        rf"(?<![A-Za-z]){_MONTH}\s{_ORDINAL}{_THEN_YEAR}",
        rf"(?<!\d){_ORDINAL}\s{_MONTH}{_THEN_YEAR}",
    )
)


class Wrong(NamedTuple):
    """A weekday that is not the date's: where it stands, and what would be right there."""

    start: int
    end: int
    right: str
    said: str
    tail: str
    date: date


def notices(prose: Prose, today: date | None) -> Iterator[Notice]:
    """A date without a year is the near one, so without `today` it is not judged."""
    text = _("“%(said)s”: %(date)s is a %(weekday)s.")
    for passage in prose.passages:
        for each in wrong(passage.text, today)[:OFTEN]:
            yield ours(
                passage.path,
                "weekday",
                text,
                limit=each.right,
                actual=each.said,
                said=each.said,
                date=each.date.isoformat(),
                weekday=Word(WEEKDAYS[each.date.weekday()]),
            )


def corrected(raw: str, today: date | None) -> tuple[str, list[str]]:
    """The text with the right weekdays, and each as it now stands: （二）."""
    found = wrong(blotted(raw), today)
    return replaced(raw, ((each.start, each.end, each.right) for each in found)), [
        each.tail for each in found
    ]


@remembered
def wrong(text: str, today: date | None) -> tuple[Wrong, ...]:
    """In reading order."""
    found = (_wrong(said, today) for form in _FORMS for said in form.finditer(text))
    return tuple(sorted(each for each in found if each))


def _wrong(said: re.Match[str], today: date | None) -> Wrong | None:
    meant = _date(said, today)
    group = next(name for name in _GROUPS if said[name])
    if group == "english" and said[group] in _WORDS:
        return None
    if meant is None or _number(said[group]) == meant.weekday():
        return None
    right = _like(said[group], meant.weekday())
    start, end = said.span(group)
    tail = said["tail"]
    within = start - said.start("tail")
    tail = tail[:within] + right + tail[within + end - start :]
    return Wrong(start, end, right, said[0].strip(), tail, meant)


# Without brackets, these are more often words than weekdays.
_WORDS = {"sun", "sat", "wed", "mon"}
_GROUPS = ("in_chinese", "in_english", "chinese", "english")


def _date(said: re.Match[str], today: date | None) -> date | None:
    parts = said.groupdict()
    day = int(parts["day"])
    month = int(parts["month"]) if "month" in parts else _month(parts["name"])
    if not parts.get("year"):
        return _near(month, day, today) if today else None
    if len(parts["year"]) == 2 and not parts.get("republic"):
        return None  # of which century, nobody can tell
    year = int(parts["year"])
    is_of_republic = parts.get("republic") or len(parts["year"]) < 4
    return _day(year + REPUBLIC if is_of_republic else year, month, day)


def _month(name: str) -> int:
    return next(at for at, each in enumerate(_MONTHS, start=1) if name[:3].title() == each)


def _near(month: int, day: int, today: date) -> date | None:
    """The coming one, or one just past; the 29th of February may be eight years off."""
    days = (_day(year, month, day) for year in range(today.year - 1, today.year + 9))
    return next((each for each in days if each and each >= today - JUST_PAST), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(weekday: str) -> int:
    """0 is Monday."""
    if weekday in _CHINESE:
        return _CHINESE.index(weekday)
    if weekday == _SUNDAY:
        return 6
    return next(n for n, name in enumerate(WEEKDAYS) if name[:3].lower() == weekday[:3].lower())


def _like(said: str, number: int) -> str:
    """In the same language, as long and as loud as it was said."""
    if not said.isascii():
        return _CHINESE[number]
    name = WEEKDAYS[number] if said.lower().endswith("day") else WEEKDAYS[number][:3]
    return name.upper() if said.isupper() else name.lower() if said.islower() else name
