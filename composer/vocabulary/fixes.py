"""One press that mends what a notice says: never more than that, and never an error instead."""

import re
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from . import lines, paths, phone_numbers, placeholders
from .checks import addresses, chinese, dates, links
from .checks.document import is_sendable
from .checks.notice import Notice
from .checks.own import contrast, is_stock
from .checks.rules import LENGTHS
from .trimming import tail, trimmed
from .words import gettext_noop as _

# An alternative text is read on a lock screen: a sentence or two.
ALT_TEXT = 100

_NOT_SECURE = re.compile(r"\A(\s*)http:", re.IGNORECASE)
_CARD_WORDS = ("title", "text", "button.text", "badge.text")


@dataclass(frozen=True)
class Fix:
    """What the press says (`text % params`, once translated), and what it puts where.

    `rests` are the contents of further messages, with what is not in this one any more.
    """

    text: str
    edits: tuple[tuple[str, Any], ...]
    params: Mapping[str, Any] = field(default_factory=dict)
    rests: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Case:
    """A notice, and all that there is to mend it with."""

    notice: Notice
    content: Mapping[str, Any]
    values: Mapping[str, str]
    today: date | None

    @property
    def path(self) -> str:
        return self.notice.path

    @property
    def written(self) -> str:
        found = at(self.content, self.path)
        return found if isinstance(found, str) else ""

    def writes(self, new: str, text: str, /, **params: Any) -> Fix:
        return Fix(text, ((self.path, new),), params)


Mend = Callable[[Case], Fix | None]


def fix(
    notice: Notice,
    content: Mapping[str, Any],
    *,
    values: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Fix | None:
    """What would mend it, if anything can.

    `content`, `values` and `today` are those that the notice was found with.
    """
    mend = MENDS.get(notice.rule)
    return mend(Case(notice, content, values or {}, today)) if mend else None


def applied(content: Mapping[str, Any], mended: Fix) -> dict[str, Any]:
    """The content with the fix in it; the one that was given stays as it was."""
    changed = deepcopy(dict(content))
    for path, value in mended.edits:
        paths.put(changed, path, value)
    return changed


def at(content: Any, path: str) -> Any:
    """What stands at the path; None where nothing does."""
    for step in paths.steps(path):
        try:
            content = content[step]
        except (LookupError, TypeError):
            return None
    return content


def _trim(case: Case) -> Fix | None:
    most = case.notice.limit
    if not isinstance(most, int):
        return None  # not too long, but not shown at all
    kept = trimmed(case.written, most, case.notice.unit, case.values)
    return case.writes(kept, _("Cut after “%(words)s”"), words=tail(kept)) if kept else None


def _keep_first(case: Case) -> Fix | None:
    count = case.notice.limit
    rows = at(case.content, case.path)
    text = _("Keep the first %(count)s")
    return Fix(text, ((case.path, rows[:count]),), {"count": count}) if rows and count else None


def _split(case: Case) -> Fix | None:
    """As many messages as it takes: the first cards stay, the others follow in order."""
    cards, count = case.content["columns"], case.notice.limit
    if not count:
        return None
    parts = [cards[start : start + count] for start in range(0, len(cards), count)]
    rests = tuple(deepcopy({**case.content, "columns": part}) for part in parts[1:])
    text = _("Split into %(messages)s messages")
    return Fix(text, (("columns", parts[0]),), {"messages": len(parts)}, rests)


def _even_out(case: Case) -> Fix | None:
    """Every card gets as many buttons as the one with the fewest."""
    cards = case.content["columns"]
    count = min(len(card["actions"]) for card in cards)
    if not count:
        return None
    longer = (index for index, card in enumerate(cards) if len(card["actions"]) > count)
    edits = tuple((f"columns[{i}].actions", cards[i]["actions"][:count]) for i in longer)
    return Fix(_("Leave %(count)s on every card"), edits, {"count": count})


def _secure(case: Case) -> Fix | None:
    words, at_start = _NOT_SECURE.subn(r"\1https:", case.written)
    words, within = addresses.INSECURE.subn("https://", words)
    count = at_start + within
    return case.writes(words, _("Make it https://")) if count else None


def _straighten(case: Case) -> Fix | None:
    words = addresses.straightened(case.written)
    if addresses.broken_at(words) or not addresses.is_web(addresses.standing(words, case.values)):
        return None
    return case.writes(words, _("Make it %(address)s"), address=_excerpt(words))


def _complete(case: Case) -> Fix | None:
    """An address whose beginning is all that is missing."""
    words = f"https://{case.written.strip()}"
    whole = addresses.standing(words, case.values)
    is_bare = not addresses.scheme(addresses.standing(case.written, case.values))
    if is_bare and addresses.is_web(whole) and not addresses.is_local(whole):
        return case.writes(words, _("Put https:// before it"))
    return None


def _put_right(case: Case) -> Fix | None:
    """An address without what is wrong with it, if that is its own and not a contact's value's."""
    words = links.mended(case.written, case.notice.rule)
    if words == case.written:
        return None
    return case.writes(words, _("Put it right"))


def _join_lines(case: Case) -> Fix | None:
    words = lines.join(case.written)
    return case.writes(words, _("Put it on one line")) if words != case.written else None


def _respell(case: Case) -> Fix | None:
    words = case.notice.params.get("mended")
    return (
        case.writes(words, _("Change to %(words)s"), words=case.notice.params["right"])
        if (words)
        else None
    )


def _make_dialable(case: Case) -> Fix | None:
    """What is certain: half-width digits, and no `tel:` before them."""
    number = phone_numbers.tidy(case.written)
    if not phone_numbers.is_number(phone_numbers.stand_in(number, case.values)):
        return None
    return case.writes(number, _("Change to %(words)s"), words=number)


def _leave_out_zero(case: Case) -> Fix | None:
    number = phone_numbers.without_national_zero(case.written)
    if number == case.written:
        return None  # the 0 is the contact's own value's
    return case.writes(number, _("Change to %(words)s"), words=number)


def _describe(case: Case) -> Fix | None:
    """The first words of the first card that has any, for an alternative text."""
    if case.path != "alt_text":
        return None
    for words in _card_words(case.content):
        if is_sendable(words) and not is_stock(placeholders.fill_text(words, case.values)):
            kept = trimmed(" ".join(words.split()), ALT_TEXT, "grapheme", case.values)
            if kept and not is_stock(placeholders.fill_text(kept, case.values)):
                return case.writes(kept, _("Use “%(words)s”"), words=_excerpt(kept))
    return None


def _card_words(content: Mapping[str, Any]) -> Iterable[str]:
    for card in content.get("columns", ()):
        yield from (words for name in _CARD_WORDS if (words := at(card, name)))


def _answer_by_label(case: Case) -> Fix | None:
    """What comes back is what was pressed."""
    rows_path, index = case.path.rpartition("[")[0], paths.steps(case.path)[-2]
    rows = at(case.content, rows_path)
    own = rows[index]
    words = own["label" if rows_path == "options" else "text"].strip()
    taken = {row["value"].strip() for row in rows if row is not own and row["type"] == "text"}
    if not words or words in taken or not is_sendable(words):
        return None
    return case.writes(words, _("Send back “%(words)s”"), words=_excerpt(words))


def _stand_out(case: Case) -> Fix:
    ground = at(case.content, f"{case.path.rpartition('.')[0]}.background_color")
    if contrast("#000000", ground) > contrast("#ffffff", ground):
        return case.writes("#000000", _("Use black letters"))
    return case.writes("#ffffff", _("Use white letters"))


def _agree(case: Case) -> Fix | None:
    words, tails = dates.corrected(case.written, case.today)
    said = " ".join(dict.fromkeys(tails))
    return case.writes(words, _("Change to %(words)s"), words=said) if tails else None


def _widen(case: Case) -> Fix:
    return case.writes(chinese.widened(case.written), _("Make it full-width"))


def _write_traditional(case: Case) -> Fix | None:
    found = chinese.traditional(case.written)
    return case.writes(found[0], _("Change to %(words)s"), words=found[1]) if found else None


def _excerpt(words: str) -> str:
    return words if len(words) <= 12 else f"{trimmed(words, 12, 'grapheme', {})}…"


# What is too long is trimmed, unless it is an address.
MENDS: dict[str, Mend] = {
    **{rule.key: _trim for rule in LENGTHS if not rule.key.endswith("url_max")},
    "options_max": _keep_first,
    "columns_max": _split,
    "actions_max": _keep_first,
    "actions_equal_count": _even_out,
    "insecure_link": _secure,
    "image_schemes": _secure,
    "link_schemes": _secure,
    "malformed_link": _straighten,
    "address": _complete,
    **dict.fromkeys(links.RULES, _put_right),
    "malformed_placeholder": _respell,
    "line_break": _join_lines,
    "phone_number": _make_dialable,
    "national_zero": _leave_out_zero,
    "required": _describe,
    "stock_alt_text": _describe,
    "repeated_value": _answer_by_label,
    "contrast": _stand_out,
    "weekday": _agree,
    "narrow_punctuation": _widen,
    "mixed_characters": _write_traditional,
}
