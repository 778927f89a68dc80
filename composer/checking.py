"""The checker's notices as people read them: translated, by channel, the worst first."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from composer import forms
from composer.vocabulary import channels, notices, paths
from composer.vocabulary.channels import Channel
from composer.vocabulary.fixes import Fix
from composer.vocabulary.notices import Counter, Notice, Verdict, Word

RANKS = {"refused": 0, "loses": 1, "as-is": 2, "hint": 3}
LEVELS: dict[str, Verdict] = {"error": "refused", "warning": "loses", "hint": "hint"}

UNITS = {
    "utf16": gettext_noop("counted in UTF-16 units: most emoji are two"),
    "byte": gettext_noop("counted in bytes: a Chinese character is three"),
}


# What mends a notice, if anything does.
Mend = Callable[[Notice], Fix | None]


@dataclass(frozen=True)
class Finding:
    """One notice: what it says, who says so, the field to jump to, and what one press would do.

    `rule`, `path` and `channel` tell this notice from the others.
    """

    level: str
    sentence: str
    source: str
    is_unverified: bool
    field: str = ""
    rule: str = ""
    path: str = ""
    channel: str = ""
    fix: str = ""


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
    return _(notice.text) % _words(notice.params)


def figure(counter: Counter) -> str:
    """How full a field is: `42/60`, or `42` where the channel has no figure."""
    count, most = counter["count"], counter["max"]
    return f"{count:,}" if most is None else f"{count:,}/{most:,}"


def label(fix: Fix) -> str:
    """What the press says, in the reader's language."""
    return _(fix.text) % _words(fix.params)


def findings(
    said: Iterable[Notice], kind: str, *, mend: Mend = lambda _notice: None
) -> tuple[Finding, ...]:
    """Each notice as a line of its own, the worst first."""
    ranked = sorted(said, key=lambda notice: RANKS[LEVELS[notice.level]])
    return tuple(_finding(notice, kind, mend(notice)) for notice in ranked)


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
    verdict = min((LEVELS[notice.level] for notice in shared), key=lambda level: RANKS[level])
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


def _finding(notice: Notice, kind: str, fix: Fix | None) -> Finding:
    place = _place(notice.path, kind)
    said = sentence(notice)
    sources = [notice.source, UNITS.get(notice.unit, "")]
    return Finding(
        notice.level,
        _("%(place)s: %(sentence)s") % {"place": place, "sentence": said} if place else said,
        " · ".join(_(source) for source in sources if source),
        notice.status == "unverified" and bool(notice.channel),
        "" if notice.path == "type" else paths.field(notice.path),
        notice.rule,
        notice.path,
        notice.channel,
        label(fix) if fix else "",
    )


def _place(path: str, kind: str) -> str:
    """`columns[2].actions[0].text` is “Card 3, Button 1”."""
    return _(", ").join(forms.parts(kind, path))


def _words(params: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _word(value) for name, value in params.items()}


def _word(value: Any) -> Any:
    if isinstance(value, Word):
        return _(value)
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else value
