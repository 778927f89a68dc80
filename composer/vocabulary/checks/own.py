"""What good sense has against a message, on every channel. Nothing here blocks."""

import re
from collections import Counter
from collections.abc import Collection, Iterator

from composer.vocabulary import contact_fields, lines, phone_numbers
from composer.vocabulary.placeholders import PLACEHOLDER, names
from composer.vocabulary.remembering import remembered
from composer.vocabulary.words import gettext_noop as _

from . import addresses, spellings
from .document import NEEDS_TEXT
from .notice import API_DOCUMENT, OFTEN, Notice, ours
from .prose import PATTERNS
from .reading import Node, Reading

CONTRAST = "WCAG 2.2, 1.4.3 Contrast (Minimum)"
READABLE = 4.5

# What samples, builders and hurried people leave behind: it describes nothing.
STOCK = {
    *("message format not supported", "message not supported", "unsupported message"),
    *("this is a carousel template", "this is a buttons template", "this is an image carousel"),
    *("this is an image carousel template", "this is a flex message", "flex message"),
    *("alt text", "alttext", "alternative text", "carousel", "image carousel", "image", "picture"),
    *("photo", "message", "new message", "test", "untitled", "替代文字", "提示訊息", "提示消息"),
    *(
        "訊息格式不支援",
        "不支援的訊息格式",
        "不支援此訊息格式",
        "輪播",
        "輪播訊息",
        "圖片",
        "圖片輪播",
    ),
    *("圖片訊息", "照片", "訊息", "新訊息", "您有一則新訊息", "您收到一則訊息", "測試", "測試訊息"),
    *("請用手機查看", "請在手機上查看", "請使用手機查看", "請用手機觀看"),
}
_FILE = re.compile(r"[\w()-]+\.(?:jpe?g|png|gif|webp|heic|bmp)", re.IGNORECASE)
_BRACES = re.compile(r"\{\{|\}\}")
PLATES = ("columns[].button", "columns[].badge")


def notices(reading: Reading, known: Collection[str] | None) -> list[Notice]:
    return [
        *_links(reading),
        *_pictures(reading),
        *_phone_numbers(reading),
        *_line_breaks(reading),
        *_placeholders(reading, known),
        *_stock(reading),
        *_repeated(reading),
        *_contrast(reading),
    ]


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, from 1 to 21, as WCAG reckons it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def is_stock(text: str) -> bool:
    """Words that describe nothing: a sample's, or the name of a file."""
    words = text.strip().rstrip(".。!！").casefold()
    return words in STOCK or _FILE.fullmatch(words) is not None


def _links(reading: Reading) -> Iterator[Notice]:
    """Those of presses, and those that are written out in a text."""
    insecure = _("This link is not https: phones warn of it, and some apps refuse to open it.")
    broken = _("This link looks broken at “%(part)s”: customers may land nowhere.")
    for leaf in reading.roles.get("link", ()):
        if addresses.scheme(leaf.text) == "http":
            yield ours(leaf.path, "insecure_link", insecure)
        if part := addresses.broken_at(leaf.raw):
            yield ours(leaf.path, "malformed_link", broken, actual=part, part=part)
    for pattern in PATTERNS:
        for leaf in reading.texts.get(pattern, ()):
            if "://" in leaf.raw and addresses.INSECURE.search(leaf.raw):
                yield ours(leaf.path, "insecure_link", insecure)


def _pictures(reading: Reading) -> Iterator[Notice]:
    """Said once: where one picture is kept here, all of them are."""
    text = _(
        "Only this machine, or this office, can open the pictures."
        " Customers see them once they have a public https address."
    )
    for leaf in reading.roles.get("image", ()):
        if addresses.is_web(leaf.text) and addresses.is_local(leaf.text):
            yield ours(leaf.path, "local_picture", text, "hint")
            return


def _phone_numbers(reading: Reading) -> Iterator[Notice]:
    text = _("After a country code the 0 is not dialled: %(number)s.")
    for leaf in reading.roles.get("phone", ()):
        number = leaf.text.strip()
        dialled = phone_numbers.without_national_zero(number)
        if number != dialled and phone_numbers.is_number(number):
            yield ours(leaf.path, "national_zero", text, actual=number, number=dialled)


def _line_breaks(reading: Reading) -> Iterator[Notice]:
    text = _("This is one line on every phone: line breaks in it are lost or refused.")
    for leaf in reading.roles.get("line", ()):
        if lines.has_break(leaf.text):
            yield ours(leaf.path, "line_break", text)


def _placeholders(reading: Reading, known: Collection[str] | None) -> Iterator[Notice]:
    for pattern, leaves in reading.texts.items():
        for leaf in leaves:
            if spellings.may_be_foreign(leaf.raw):
                yield from _misspelled(leaf.path, leaf.raw, known)
            if "{" in leaf.raw or "}" in leaf.raw:
                yield from _unknown(leaf.path, leaf.raw, known)
                if reading.values and pattern in NEEDS_TEXT and not leaf.text.strip():
                    text = _("Nothing is left of this for this contact. Give it a default.")
                    yield ours(leaf.path, "blank_when_filled", text)


def _unknown(path: str, raw: str, known: Collection[str] | None) -> Iterator[Notice]:
    if known is None:
        return
    text = _("No contact has “%(name)s”: everybody gets its default, or nothing.")
    for name in [name for name in _names(raw) if not _is_known(name, known)][:OFTEN]:
        yield ours(path, "unknown_placeholder", text, name=name)


def _misspelled(path: str, raw: str, known: Collection[str] | None) -> Iterator[Notice]:
    found = spellings.foreign(raw, known)
    if not found and not _has_stray_braces(raw):
        return
    rights = {each.written: each.right(known) for each in found}
    if elsewhere := [written for written, right in rights.items() if right][:OFTEN]:
        parts = ", ".join(elsewhere)
        yield ours(
            path,
            "malformed_placeholder",
            _("Spelled as in another tool: %(parts)s. Here it is %(right)s."),
            actual=parts,
            parts=parts,
            right=", ".join(dict.fromkeys(rights[written] for written in elsewhere)),
            mended=spellings.respelled(raw, known),
        )
    elif not found:
        text = _("These braces are no placeholder: customers will read them. {{ name }} is one.")
        yield ours(path, "malformed_placeholder", text)
    if unlike := [written for written, right in rights.items() if not right][:OFTEN]:
        parts = ", ".join(unlike)
        text = _("There is nothing like it here, so customers read it as it stands: %(parts)s.")
        yield ours(path, "unsupported_placeholder", text, actual=parts, parts=parts)


def _is_known(name: str, known: Collection[str]) -> bool:
    return name in known or contact_fields.field_of(name) in known


@remembered
def _names(raw: str) -> tuple[str, ...]:
    return tuple(names(raw))


@remembered
def _has_stray_braces(raw: str) -> bool:
    return _BRACES.search(PLACEHOLDER.sub("", raw)) is not None


def _stock(reading: Reading) -> Iterator[Notice]:
    for leaf in reading.texts.get("alt_text", ()):
        if is_stock(leaf.text):
            yield Notice(
                "",
                "warning",
                leaf.path,
                "stock_alt_text",
                _("Some customers see nothing but this. Say what the message is about."),
                source=API_DOCUMENT,
            )


def _repeated(reading: Reading) -> Iterator[Notice]:
    """Among the options, and among the buttons of one card."""
    yield from _twice(reading.nodes.get("options[]", []))
    cards: dict[str, list[Node]] = {}
    for node in reading.nodes.get("columns[].actions[]", ()):
        cards.setdefault(node.path.rpartition(".")[0], []).append(node)
    for nodes in cards.values():
        yield from _twice(nodes)


def _twice(nodes: list[Node]) -> Iterator[Notice]:
    text = _("“%(value)s” comes back for another one too: nobody can tell which was pressed.")
    seen: Counter[str] = Counter()
    for node in nodes:
        value = node.part.value.strip()
        if node.part.type == "text" and value:
            seen[value] += 1
            if seen[value] > 1:
                yield ours(f"{node.path}.value", "repeated_value", text, value=value)


def _contrast(reading: Reading) -> Iterator[Notice]:
    for pattern in PLATES:
        for node in reading.nodes.get(pattern, ()):
            ratio = _ratio(node.part.color, node.part.background_color)
            if ratio is not None and ratio < READABLE:
                yield _faint(f"{node.path}.color", int(ratio * 100) / 100)


def _faint(path: str, ratio: float) -> Notice:
    return Notice(
        "",
        "warning",
        path,
        "contrast",
        _("These letters stand out from their ground by %(actual)s to 1; %(limit)s is readable."),
        limit=READABLE,
        actual=ratio,
        unit="ratio",
        source=CONTRAST,
        params={"actual": ratio, "limit": READABLE},
    )


def _ratio(letters: str, ground: str) -> float | None:
    """None where either is no colour: that is another check's to say."""
    try:
        return contrast(letters, ground)
    except ValueError:
        return None


@remembered
def _luminance(color: str) -> float:
    if len(color) != 7 or color[0] != "#":
        raise ValueError(color)
    red, green, blue = (_linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
