"""Which encoding a text file is in: told where it is certain, asked for where it is not. Pure.

Ten Chinese names in GB18030 are as good Big5, of rare characters. Who is written to by a wrong
name does not come back, so a person chooses, by the first names in each encoding.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from composer.vocabulary.words import gettext_noop as _
from push.columns import field_of
from push.sentences import Unreadable, shortened

BLOCK = 2**20
SAMPLES = 4
# An encoding is certain when so many characters are common ones in it, and so many fewer in
# every other: measured with lists of names in each, from 20 to 2,000 of them.
MANY = 60
COMMON_MIN = 0.9
AHEAD_MIN = 0.2

# A file is UTF-8 with damage when it has so many characters of several bytes that are whole, and so
# many for each that is not.
UTF_8_LEAST = 10
UTF_8_SHARE = 5

# Control characters, and those that no standard has given a meaning: no text has them.
NEVER = ("Cc", "Cn", "Co")

CELL = re.compile(r"[^,;\t|，\r\n]+")


@dataclass(frozen=True)
class Encoding:
    """`name` is what a command takes, `label` is what people call it; the first codec that fits."""

    name: str
    label: str
    codecs: tuple[str, ...]
    is_common: Callable[[str, bytes], bool]


@dataclass(frozen=True)
class Candidate:
    """An encoding that a file may be in, with the first names as they read in it."""

    name: str
    label: str
    samples: tuple[str, ...]


class Undecided(Unreadable):
    """The file may be in several encodings: a person has to choose."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.candidates = tuple(candidates)
        super().__init__(
            _(
                "The file is not UTF-8, and it is too short to tell its encoding. "
                "It may be: %(candidates)s."
            ),
            candidates="; ".join(f"{each.name} ({', '.join(each.samples)})" for each in candidates),
        )


@dataclass(frozen=True)
class _Reading:
    """A file in one encoding: how much of it is common there, and whether its header is known."""

    encoding: Encoding
    codec: str
    samples: tuple[str, ...]
    common: float
    characters: int
    has_header: bool


def _lead(first: int, last: int) -> Callable[[str, bytes], bool]:
    return lambda character, written: len(written) == 2 and first <= written[0] <= last


def _is_latin(character: str, written: bytes) -> bool:
    return unicodedata.category(character) in ("Lu", "Ll") or character in "’“”–—…€£°·"


def _is_shift_jis(character: str, written: bytes) -> bool:
    """Kana and the first level of kanji; the narrow kana of one byte are rare."""
    return len(written) == 2 and (0x81 <= written[0] <= 0x83 or 0x88 <= written[0] <= 0x97)


def _is_euc(character: str, written: bytes) -> bool:
    return len(written) == 2 and (
        written[0] in (0xA1, 0xA3, 0xA4, 0xA5) or 0xB0 <= written[0] <= 0xCF
    )


def _is_gb(character: str, written: bytes) -> bool:
    return (
        len(written) == 2
        and written[1] >= 0xA1
        and (written[0] in (0xA1, 0xA3) or 0xB0 <= written[0] <= 0xD7)
    )


BIG5 = Encoding("big5", "Big5", ("cp950", "big5hkscs"), _lead(0xA1, 0xC6))
GUESSED = (
    BIG5,
    Encoding("gb18030", "GB18030", ("gb18030",), _is_gb),
    Encoding("shift_jis", "Shift_JIS", ("cp932",), _is_shift_jis),
    Encoding("euc-jp", "EUC-JP", ("euc_jp",), _is_euc),
    Encoding("windows-1252", "Windows-1252", ("cp1252",), _is_latin),
)
UTF_8 = Encoding("utf-8", "UTF-8", ("utf-8-sig",), lambda character, written: True)
UTF_16 = Encoding("utf-16", "UTF-16", ("utf-16",), lambda character, written: True)
ALL = {each.name: each for each in (UTF_8, UTF_16, *GUESSED)}
ALIASES = {
    "cp950": "big5", "ms950": "big5", "big5hkscs": "big5", "gbk": "gb18030", "gb2312": "gb18030",
    "cp936": "gb18030", "sjis": "shift_jis", "cp932": "shift_jis", "windows31j": "shift_jis",
    "latin1": "windows-1252", "iso88591": "windows-1252", "cp1252": "windows-1252",
    "utf8sig": "utf-8",
} | {re.sub("[-_]", "", name): name for name in ALL}  # fmt: skip


def choose(file: BinaryIO, wanted: str = "") -> tuple[str, str]:
    """The codec and what people call it; raises Unreadable, or Undecided."""
    if wanted:
        return _as_wanted(file, wanted)
    file.seek(0)
    start = file.read(4_096)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if start.startswith(codecs.BOM_UTF32_LE) or bad_line(file, "utf-16"):
            raise Unreadable(_("The file is not whole UTF-16. Save it as “CSV UTF-8”."))
        return "utf-16", UTF_16.label
    if start.count(b"\0") > len(start) / 4:
        raise Unreadable(_("The file looks like UTF-16 without its mark. Save it as “CSV UTF-8”."))
    line = bad_line(file, "utf-8-sig")
    if not line:
        return "utf-8-sig", UTF_8.label
    if start.startswith(codecs.BOM_UTF8) or _is_damaged_utf8(file):
        raise _unreadable(UTF_8.label, line)
    # Chinese has few of them there: those of commas, digits and line ends, all on the same side.
    places = [place % 2 for place, byte in enumerate(start) if not byte]
    if len(places) > 1 and len(set(places)) == 1:
        raise Unreadable(_("The file looks like UTF-16 without its mark. Save it as “CSV UTF-8”."))
    return _guess(file, line)


def normalize(name: str) -> str | None:
    """The name of an encoding, however it is written; None when it is none of ours."""
    return ALIASES.get(re.sub(r"[-_\s]", "", name).casefold())


def bad_line(file: BinaryIO, codec: str) -> int:
    """The first line that cannot be decoded; 0 when all can."""
    decoder = codecs.getincrementaldecoder(codec)()
    line = 1
    file.seek(0)
    while block := file.read(BLOCK):
        try:
            line += decoder.decode(block).count("\n")
        except UnicodeDecodeError as error:
            return line + error.object[: error.start].count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return 0


def _as_wanted(file: BinaryIO, wanted: str) -> tuple[str, str]:
    encoding = ALL.get(normalize(wanted) or "")
    if encoding is None:
        raise Unreadable(
            _("There is no encoding “%(name)s” here. There are: %(names)s."),
            name=shortened(wanted),
            names=", ".join(ALL),
        )
    lines = {codec: bad_line(file, codec) for codec in encoding.codecs}
    for codec, line in lines.items():
        if not line:
            return codec, encoding.label
    raise _unreadable(encoding.label, max(lines.values()))


def _is_damaged_utf8(file: BinaryIO) -> bool:
    """Whether a few bytes alone are not UTF-8: in other encodings hardly a character is."""
    file.seek(0)
    good = bad = 0
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while block := file.read(BLOCK):
        text = decoder.decode(block)
        broken = text.count("\ufffd")
        bad += broken
        good += sum(character > "\x7f" for character in text) - broken
    return good >= UTF_8_LEAST and good > UTF_8_SHARE * bad


def _unreadable(label: str, line: int) -> Unreadable:
    return Unreadable(
        _("Line %(line)s cannot be read as %(encoding)s. Save the file as “CSV UTF-8”."),
        line=line,
        encoding=label,
    )


def _guess(file: BinaryIO, line: int) -> tuple[str, str]:
    found = [each for each in (_try(file, encoding) for encoding in GUESSED) if each]
    found.sort(key=lambda each: -each.common)
    if not found:
        raise Unreadable(
            _(
                "The file is in none of the known encodings (line %(line)s cannot be read as "
                "UTF-8). Save it as “CSV UTF-8”."
            ),
            line=line,
        )
    named = [each for each in found if each.has_header]
    certain = named[0] if len(named) == 1 else found[0] if _is_ahead(found) else None
    if certain is None:
        raise Undecided(
            [Candidate(each.encoding.name, each.encoding.label, each.samples) for each in found]
        )
    return certain.codec, certain.encoding.label


def _is_ahead(found: Sequence[_Reading]) -> bool:
    first, *others = found
    return (
        first.characters >= MANY
        and first.common >= COMMON_MIN
        and all(each.common <= first.common - AHEAD_MIN for each in others)
    )


def _try(file: BinaryIO, encoding: Encoding) -> _Reading | None:
    codec = next((codec for codec in encoding.codecs if not bad_line(file, codec)), None)
    if codec is None:
        return None
    file.seek(0)
    text = codecs.getincrementaldecoder(codec)().decode(file.read(BLOCK))
    characters = [character for character in text if character > "\x7f"]
    if any(unicodedata.category(character) in NEVER for character in characters):
        return None
    common = sum(encoding.is_common(each, each.encode(codec)) for each in characters)
    return _Reading(
        encoding,
        codec,
        _samples(text),
        common / max(1, len(characters)),
        len(characters),
        _has_header(text),
    )


def _samples(text: str) -> tuple[str, ...]:
    """The first cells that are not plain ASCII, those of the rows before those of the header."""
    head, _end, body = text.lstrip().partition("\n" if "\n" in text else "\r")
    cells = [cell.strip(" \"'") for part in (body, head) for cell in CELL.findall(part)]
    told = dict.fromkeys(shortened(cell, 20) for cell in cells if not cell.isascii())
    return tuple(told)[:SAMPLES]


def _has_header(text: str) -> bool:
    """Whether a line names the id and the name in words that only this encoding has."""
    for line in text.splitlines()[:10]:
        known = [cell for cell in CELL.findall(line) if field_of(cell.strip(' "'))]
        fields = {field_of(cell.strip(' "')) for cell in known}
        if {"id", "name"} <= fields and not all(cell.isascii() for cell in known):
            return True
    return False
