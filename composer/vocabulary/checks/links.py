"""What is wrong with an address though it begins like one: left over, unseen, out of reach."""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator

from composer.vocabulary import contact_fields, invisible
from composer.vocabulary.placeholders import names
from composer.vocabulary.remembering import remembered
from composer.vocabulary.words import gettext_noop as _

from . import addresses
from .notice import Notice, ours
from .prose import PATTERNS
from .reading import ADDRESSES, Leaf, Reading

_NOT_SEEN = _("Invisible characters in this address (%(part)s): it may lead nowhere, or elsewhere.")
_ENDINGS = (
    "app|asia|biz|cc|club|cn|co|com|dev|edu|gg|gl|gov|hk|info|io|jp|kr|link|live|ly|me|mobi|net"
    "|online|org|page|pro|ru|shop|site|store|tk|top|tv|tw|uk|us|vip|work|xyz"
)
_IN_A_NAME = re.compile(
    rf"://|\bwww\.[A-Za-z0-9]|(?<![A-Za-z0-9.@-])(?:[A-Za-z0-9-]{{1,63}}\.){{1,8}}(?:{_ENDINGS})"
    r"(?![A-Za-z0-9-])",
    re.IGNORECASE,
)
LINK_IN_NAME = _(
    "There is a link in this contact's name, which goes out in your message: %(name)s."
)
_WORD = re.compile(r"(\s+)")
SENTENCES = {
    "html_entity": _(
        "“%(part)s” is left over from HTML: customers read it, and links with it fail."
    ),
    "invisible_in_address": _NOT_SEEN,
    "lone_percent": _("“%(part)s” in this address encodes nothing: customers may land nowhere."),
    "backslash_in_address": _("Browsers take a backslash for a slash: write the one you mean."),
    "unusual_host": _("Browsers read the host of this address as %(part)s: write it like that."),
    "local_link": _("Only this machine, or this office, can open this link."),
}


def notices(reading: Reading) -> Iterator[Notice]:
    for role in ADDRESSES:
        for leaf in reading.roles.get(role, ()):
            yield from _of(leaf, _faults(leaf.text, role == "link"))
    for pattern in PATTERNS:
        for leaf in reading.texts.get(pattern, ()):
            if "&" in leaf.raw or "://" in leaf.raw:
                yield from _of(leaf, _faults_of_text(leaf.raw))


def has_link(name: str) -> bool:
    """Whether an app would make a link of something in a contact's name."""
    return _IN_A_NAME.search(invisible.remove(name)) is not None


def of_name(reading: Reading) -> Iterator[Notice]:
    """The contact's name is written by the contact: a link in it goes out under the shop's name."""
    given = invisible.remove(reading.values.get("name") or "")
    if not has_link(given):
        return
    for pattern in PATTERNS:
        for leaf in reading.texts.get(pattern, ()):
            if "{{" in leaf.raw and _fills_in_name(leaf.raw) and given in leaf.text:
                yield ours(leaf.path, "link_in_name", LINK_IN_NAME, actual=given, name=given)
                return


@remembered
def _fills_in_name(raw: str) -> bool:
    return any(contact_fields.field_of(name) == "name" for name in names(raw))


def mended(raw: str, rule: str) -> str:
    """The address, or the text with addresses in it, without what the rule says."""
    mend = _MENDS[rule]
    if rule == "html_entity" or not addresses.WRITTEN_OUT.search(raw):
        return mend(raw)
    return "".join(mend(word) if "://" in word else word for word in _WORD.split(raw))


def _of(leaf: Leaf, faults: tuple[tuple[str, str], ...]) -> Iterator[Notice]:
    for rule, part in faults:
        yield ours(leaf.path, rule, SENTENCES[rule], actual=part, part=part)


@remembered
def _faults(address: str, is_link: bool) -> tuple[tuple[str, str], ...]:
    """Each rule that the address breaks, and by which part of it."""
    found: list[tuple[str, str]] = [*_left_over(address), *_unseen(address)]
    if percent := addresses.LONE_PERCENT.search(address):
        found.append(("lone_percent", address[percent.start() : percent.start() + 3]))
    if "\\" in address:
        found.append(("backslash_in_address", "\\"))
    if addresses.is_web(address):
        plain = addresses.plain_host(address)
        if plain != addresses.host(address):
            found.append(("unusual_host", plain))
        if is_link and addresses.is_local(address):
            found.append(("local_link", plain))
    return tuple(found)


@remembered
def _faults_of_text(text: str) -> tuple[tuple[str, str], ...]:
    written = " ".join(each[0] for each in addresses.WRITTEN_OUT.finditer(text))
    return (*_left_over(text), *_unseen(written))


def _left_over(text: str) -> Iterator[tuple[str, str]]:
    if entity := addresses.ENTITY.search(text):
        yield "html_entity", entity[0]


def _unseen(address: str) -> Iterator[tuple[str, str]]:
    if found := [f"U+{ord(each):04X}" for each in invisible.find(address)]:
        yield "invisible_in_address", " ".join(dict.fromkeys(found))


def _write_host(address: str) -> str:
    """With the host as browsers read it; its letters keep their case."""
    start, mark, rest = address.partition("://")
    name = re.match(r"[^/?#]*", rest)
    assert name is not None
    plain = unicodedata.normalize("NFKC", name[0]).translate(addresses.STOPS)
    return f"{start}{mark}{plain}{rest[name.end() :]}"


_MENDS: dict[str, Callable[[str], str]] = {
    "html_entity": lambda text: addresses.ENTITY.sub(
        lambda entity: html.unescape(entity[0]).replace("\xa0", " "), text
    ),
    "invisible_in_address": invisible.remove,
    "lone_percent": lambda address: addresses.LONE_PERCENT.sub("%25", address),
    "backslash_in_address": lambda address: address.replace("\\", "/"),
    "unusual_host": _write_host,
}
RULES = tuple(_MENDS)
