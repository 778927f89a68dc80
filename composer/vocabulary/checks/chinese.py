"""How Chinese is written: with one kind of characters, and with punctuation as wide as they are."""

import re
from collections.abc import Iterator

from composer.vocabulary.words import gettext_noop as _

from .notice import Notice, ours
from .prose import FILLED, Prose, blotted, replaced
from .simplified import AMBIGUOUS, TRADITIONAL

WIDE = {",": "，", "?": "？", "!": "！", ":": "：", ";": "；"}

_SIMPLIFIED = re.compile(f"[{''.join(TRADITIONAL)}{''.join(AMBIGUOUS)}]")
_TRADITIONAL = re.compile(f"[{''.join(TRADITIONAL.values())}]")
# Japanese shares many characters with Simplified Chinese.
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ENDS, _BEGINS = "」』）】》〉", "「『（【《〈"
_NARROW = re.compile(
    rf"(?<=[{_HAN}{_ENDS}])[,?!:;]+ ?(?=[{_HAN}{_BEGINS}{FILLED}])"
    rf"|(?<={FILLED})[,?!:;]+ ?(?=[{_HAN}{_BEGINS}])"
)


def notices(prose: Prose) -> list[Notice]:
    return [*_mixed(prose), *_narrow(prose)]


def _mixed(prose: Prose) -> Iterator[Notice]:
    """Silent where the text is all Simplified: then it is meant to be."""
    found = _SIMPLIFIED.findall(prose.whole)
    if not found or len(found) >= len(_TRADITIONAL.findall(prose.whole)):
        return
    if _KANA.search(prose.whole):
        return
    text = _("Simplified characters in a Traditional text: %(characters)s.")
    for passage in prose.passages:
        said = "".join(dict.fromkeys(_SIMPLIFIED.findall(passage.text)))
        if said:
            yield ours(passage.path, "mixed_characters", text, actual=said, characters=said)


def traditional(raw: str) -> tuple[str, str] | None:
    """The text in Traditional, and the characters that change; None where only the word tells."""
    said = list(_SIMPLIFIED.finditer(blotted(raw)))
    if any(each[0] in AMBIGUOUS for each in said):
        return None
    places = [(each.start(), each.end(), TRADITIONAL[each[0]]) for each in said]
    return replaced(raw, places), "".join(dict.fromkeys(words for _start, _end, words in places))


def _narrow(prose: Prose) -> Iterator[Notice]:
    text = _("Half-width punctuation (%(marks)s) between Chinese characters.")
    for passage in prose.having(_NARROW):
        marks = " ".join(dict.fromkeys("".join(_NARROW.findall(passage.text)).replace(" ", "")))
        if marks:
            yield ours(passage.path, "narrow_punctuation", text, "hint", actual=marks, marks=marks)


def widened(raw: str) -> str:
    """With full-width punctuation, and without the space that followed the narrow one."""
    return replaced(
        raw,
        (
            (each.start(), each.end(), "".join(WIDE[mark] for mark in each[0].strip()))
            for each in _NARROW.finditer(blotted(raw))
        ),
    )
