"""Placeholders as other tools spell them, or half of one: customers would read them.

Known are Liquid, Jinja, Handlebars, Mailchimp, merge fields of mail and of office programs.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from composer.vocabulary import contact_fields
from composer.vocabulary.placeholders import PLACEHOLDER
from composer.vocabulary.remembering import remembered

_NAME = r"[^\W\d][\w.\-]{0,63}"
_FOREIGN = re.compile(
    # Conditions and loops: `{% if vip %}`, `*|IF:VIP|*`, `<% … %>`.
    r"(?P<code>\{%[^{}%]{0,200}%\}|\*\|(?:IF|ELSE|END)\b[^|*]{0,80}\|\*|<%(?!=)[^<>%]{0,200}%>)"
    # Braces, two to four on either side, of either width.
    r"|(?P<braces>[{｛]{2,4}(?P<inner>[^{}｛｝]{0,400})[}｝]{2,4})"
    # Half a pair: `{{ name`, `{{ name }`, `{ name }}`.
    rf"|(?P<half>[{{｛]{{2}}\s{{0,3}}(?P<half_name>{_NAME})(?:\s{{0,3}}[}}｝])?(?![\w.\-]|\s{{0,3}}\|)"
    rf"|[{{｛]\s{{0,3}}(?P<half_too>{_NAME})\s{{0,3}}[}}｝]{{2}})"
    # Signs around a name that nobody writes otherwise.
    rf"|(?P<certain>\*\|(?P<merge>{_NAME})\|\*|<%=\s*(?P<erb>{_NAME})\s*%>"
    rf"|[$#]\{{\s?(?P<dollar>{_NAME})\s?\}}|\{{\$(?P<smarty>{_NAME})\}}"
    rf"|[{{｛]\s?(?P<single>[^\W\d][\w.\-]{{0,40}})\s?[}}｝])"
    # Signs that also decorate: only around a name that contacts have.
    rf"|(?P<likely>\(\(\s?(?P<round>{_NAME})\s?\)\)|（（\s?(?P<round_too>{_NAME})\s?））"
    rf"|\[{{1,2}}\s?(?P<square>{_NAME})\s?\]{{1,2}}|<<\s?(?P<angle>{_NAME})\s?>>"
    rf"|«\s?(?P<guillemet>{_NAME})\s?»|%{{1,2}}(?P<percent>{_NAME}?)%{{1,2}}"
    rf"|__(?P<under>[^\W\d_]+)__)"
)
_MAYBE = re.compile(r"[{}｛｝%«]|\*\||<[<%]|\(\(|（（|\[|__")
_NAMES = (
    *("half_name", "half_too", "merge", "erb", "dollar", "smarty", "single"),
    *("round", "round_too", "square", "angle", "guillemet", "percent", "under"),
)
# A name, and what is said where it is missing.
_PARTS = re.compile(
    rf"\s*[&=$]?\s*(?P<name>{_NAME}(?:[ \u3000]+[\w.\-]+){{0,3}})"
    r"(?:\s*(?P<mark>\|\||\?\?|\|)\s*(?P<rest>.*?)|\s+(?:or|OR)\s+(?P<other>.*?))?\s*",
    re.DOTALL,
)
# Conditions and loops of Handlebars.
_BLOCK = re.compile(r"\s*[#/^!>]")
_DEFAULT = re.compile(r"default(?:_if_none)?\s*[:(=]\s*(.*?)\s*\)?", re.DOTALL)
_FILTER = re.compile(
    r"(?:upper|upcase|lower|downcase|title|capitali[sz]e|capfirst|escape|e|safe|raw|strip|trim"
    r"|strip_html|url_?encode|urlize|first|last|size|length)"
    r"|(?:date|truncate\w*|replace|append|prepend|split|join|slice|format|round)\s*[:(].*",
    re.DOTALL,
)
_QUOTED = re.compile(r"([\"'])(.*)\1|“(.*)”", re.DOTALL)

# What other tools call a contact's own fields.
_SYNONYMS = {
    **dict.fromkeys(
        ("fname", "firstname", "fullname", "username", "displayname", "customername"), "name"
    ),
    **dict.fromkeys(("userid", "customerid", "uid"), "id"),
}


@dataclass(frozen=True)
class Spelling:
    """A stretch of a text, and how it is spelled here; empty where there is nothing like it."""

    start: int
    end: int
    written: str
    name: str
    default: str

    def right(self, known: Collection[str] | None) -> str:
        if not self.name:
            return ""
        name = _name(self.name, known)
        return f"{{{{ {name} | {self.default} }}}}" if self.default else f"{{{{ {name} }}}}"


def may_be_foreign(raw: str) -> bool:
    """A quick first look, with which most texts are done."""
    return _MAYBE.search(raw) is not None


def foreign(raw: str, known: Collection[str] | None = None) -> list[Spelling]:
    """What is spelled as elsewhere, in order; `known` are the placeholders that contacts have."""
    return [each for each, is_certain in _found(raw) if is_certain or _is_known(each.name, known)]


def respelled(raw: str, known: Collection[str] | None = None) -> str:
    """As it is spelled here, as far as there is something like it."""
    pieces, done = [], 0
    for each in foreign(raw, known):
        pieces += [raw[done : each.start], each.right(known) or each.written]
        done = each.end
    return "".join([*pieces, raw[done:]])


@remembered
def _found(raw: str) -> tuple[tuple[Spelling, bool], ...]:
    """Each with whether its signs alone are certain."""
    found = []
    for match in _FOREIGN.finditer(raw):
        parts = _parts(match)
        if parts is not None:
            spelling = Spelling(match.start(), match.end(), match[0], *parts)
            found.append((spelling, match["likely"] is None))
    return tuple(found)


def _parts(match: re.Match[str]) -> tuple[str, str] | None:
    """The name and the default; None for what is right as it is."""
    if match["code"] is not None:
        return "", ""
    if match["braces"] is None:
        return next(match[group] for group in _NAMES if match[group]), ""
    use = PLACEHOLDER.fullmatch(match[0])
    parts = _PARTS.fullmatch(match["inner"])
    if parts is None:
        return ("", "") if _BLOCK.match(match["inner"]) else None
    default = _default(parts["rest"] or parts["other"] or "", parts["mark"])
    is_right = use is not None and (use[2] or "") == default
    return None if is_right else (parts["name"], default)


def _default(rest: str, mark: str | None) -> str:
    """Without what other tools write around it."""
    if mark == "|" and _FILTER.fullmatch(rest):
        return ""
    if match := _DEFAULT.fullmatch(rest):
        rest = match[1]
    if match := _QUOTED.fullmatch(rest):
        rest = match[2] if match[2] is not None else match[3]
    return rest.strip()


def _name(written: str, known: Collection[str] | None) -> str:
    """The name as contacts have it."""
    name = re.sub(r"\s+", "_", written)
    plain = contact_fields.normalize(name)
    if known is not None and name not in known:
        alike = [each for each in known if contact_fields.normalize(each) == plain]
        return alike[0] if alike else _SYNONYMS.get(plain, name)
    return _SYNONYMS.get(plain, name) if name.isupper() else name


def _is_known(name: str, known: Collection[str] | None) -> bool:
    plain = contact_fields.normalize(name)
    return (
        contact_fields.field_of(name) is not None
        or plain in _SYNONYMS
        or any(contact_fields.normalize(each) == plain for each in known or ())
    )
