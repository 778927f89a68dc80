"""The checker's notices as people read them: translated, by channel, the worst first."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, gettext_noop, ngettext
from django.utils.translation import gettext as _

from composer import forms
from composer.vocabulary import channels, notices
from composer.vocabulary.channels import Channel
from composer.vocabulary.fixes import Fix
from composer.vocabulary.notices import Counter, Notice, Verdict, Word
from composer.vocabulary.remembering import remembered

RANKS = {"refused": 0, "loses": 1, "as-is": 2, "hint": 3}

UNITS = {
    "utf16": gettext_noop("counted in UTF-16 units: most emoji are two"),
    "byte": gettext_noop("counted in bytes: a Chinese character is three"),
    "codepoint": gettext_noop("counted in code points: one emoji may be several"),
    "encoded": gettext_noop("counted after percent-encoding: a Chinese character is nine"),
}


PLACED = gettext_noop("%(place)s: %(sentence)s")
COMMA = gettext_noop(", ")
MORE = gettext_noop("%(place)s and %(count)s more")
# What the pages of the platforms are called: a title is not translated, only marked as English.
TITLES = "en"

# What mends a notice, if anything does.
Mend = Callable[[Notice], Fix | None]


@dataclass(frozen=True)
class Finding:
    """One notice: what it says, who says so, the field to jump to, and what one press would do.

    `rule`, `path` and `channel` tell this notice from the others. `source_language` is that of a
    page's title, empty where the source is in the reader's own; `counted` says in which unit.
    """

    level: str
    verdict: Verdict
    sentence: str
    source: str
    is_unverified: bool
    field: str = ""
    rule: str = ""
    path: str = ""
    channel: str = ""
    fix: str = ""
    source_language: str = ""
    counted: str = ""


@dataclass(frozen=True)
class ChannelNotices:
    """What one channel makes of the message; `channel` is empty for what is true on all."""

    channel: str
    name: str
    verdict: Verdict
    gist: str
    findings: tuple[Finding, ...] = ()
    is_open: bool = False


def sentence(notice: Notice) -> str:
    """What the notice says, in the reader's language."""
    return _sentence(notice, get_language())


def rank(notice: Notice) -> int:
    """The worst first."""
    return RANKS[notices.judge(notice)]


def figure(counter: Counter) -> str:
    """How full a field is: `42/60`, or `42` where the channel has no figure."""
    count, most = counter["count"], counter["max"]
    return f"{count:,}" if most is None else f"{count:,}/{most:,}"


def label(fix: Fix) -> str:
    """What the press says, in the reader's language."""
    return _(fix.text) % _words(fix.params, get_language())


def findings(
    said: Iterable[Notice], kind: str, *, mend: Mend = lambda _notice: None
) -> tuple[Finding, ...]:
    """Each notice as a line of its own, the worst first."""
    ranked = sorted(said, key=rank)
    language = get_language()
    return tuple(_finding(notice, kind, mend(notice), language) for notice in ranked)


def grouped(
    said: list[Notice],
    kind: str,
    asked: Iterable[Channel] | None = None,
    *,
    mend: Mend = lambda _notice: None,
) -> list[ChannelNotices]:
    """By channel, the worst first; what is true everywhere comes before its equals.

    Where the message can be changed, `mend` says how each notice is put right.
    """
    shared = [notice for notice in said if not notice.channel]
    asked = channels.ALL.values() if asked is None else asked
    groups = [_everywhere(shared, kind, mend)] if shared else []
    groups += [_on_channel(said, channel, kind, mend) for channel in asked]
    return sorted(groups, key=lambda group: RANKS[group.verdict])


def _everywhere(shared: list[Notice], kind: str, mend: Mend) -> ChannelNotices:
    verdict = notices.judge(min(shared, key=rank))
    gist = _("would be refused") if verdict == "refused" else _to_look_at(len(shared))
    said = findings(shared, kind, mend=mend)
    return ChannelNotices("", _("All channels"), verdict, gist, said, True)


def _to_look_at(count: int) -> str:
    return ngettext("%(count)s thing to look at", "%(count)s things to look at", count) % {
        "count": count
    }


def _on_channel(said: list[Notice], channel: Channel, kind: str, mend: Mend) -> ChannelNotices:
    own = [notice for notice in notices.bearing(said, channel, kind) if notice.channel]
    verdict = notices.verdict(said, channel, kind)
    gist = _(notices.gist(said, channel, kind))
    is_open = verdict == "refused" and bool(own)
    name = _(channel.short_name)
    return ChannelNotices(
        channel.slug, name, verdict, gist, findings(own, kind, mend=mend), is_open
    )


def _finding(notice: Notice, kind: str, fix: Fix | None, language: str) -> Finding:
    place = _place(notice.path, kind, language)
    if notice.also:
        place = _in(language, MORE) % {"place": place, "count": len(notice.also)}
    said = _sentence(notice, language)
    if place:
        said = _in(language, PLACED) % {"place": place, "sentence": said}
    source = notice.source
    # Of bytes the sentence itself says what they are.
    counted = "" if notice.unit == "byte" else UNITS.get(notice.unit, "")
    is_ours = isinstance(source, Word)
    return Finding(
        notice.level,
        notices.judge(notice),
        said,
        _in(language, source) if is_ours else source,
        notice.status == "unverified" and bool(notice.channel),
        _field(notice.path, kind),
        notice.rule,
        notice.path,
        notice.channel,
        label(fix) if fix else "",
        "" if is_ours or not source else TITLES,
        _in(language, counted) if counted else "",
    )


@remembered
def _field(path: str, kind: str) -> str:
    return forms.field(kind, path)


@remembered
def _place(path: str, kind: str, language: str) -> str:
    """`columns[2].actions[0].text` is “Card 3, Button 1”."""
    return _in(language, COMMA).join(forms.parts(kind, path))


def _sentence(notice: Notice, language: str) -> str:
    return _in(language, notice.text) % _words(notice.params, language)


def _words(params: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {name: _word(value, language) for name, value in params.items()}


def _word(value: Any, language: str) -> Any:
    if isinstance(value, Word):
        return _in(language, value)
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else value


@lru_cache(maxsize=1024)
def _in(_language: str, text: str) -> str:
    """In the reader's language, which is the one that is active: looking it up takes longest."""
    return _(text)
