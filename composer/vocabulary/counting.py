"""How long a text is, in the unit that a channel counts in.

`char` stands for a platform that says "characters" without saying what one is: code points.
`codepoint` stands for one that says graphemes and refuses by code points: there are never fewer.
"""

import re
from collections.abc import Callable
from urllib.parse import quote

import regex

# Every character here is one grapheme, whatever follows it: printable ASCII and its line break,
# bopomofo, kana, Chinese, and the punctuation between them. Nothing here joins or combines.
PLAIN = re.compile(
    r"[\n\x20-\x7e\u2010-\u2027\u2030-\u205e\u3000-\u3029\u3030-\u3096\u309b-\u30ff"
    r"\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff9d\uffe0-\uffe6]*"
)
# What an address may hold as it is, and a percent sign, which is taken for an encoded one's.
_AS_IS = "".join(chr(code) for code in range(0x21, 0x7F))
GRAPHEME = regex.compile(r"\X")


def graphemes(text: str) -> int:
    """What a person calls characters: a family emoji is one."""
    if PLAIN.fullmatch(text):
        return len(text)
    return sum(1 for _cluster in GRAPHEME.finditer(text))


def utf16(text: str) -> int:
    """UTF-16 code units: most emoji are two."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def octets(text: str) -> int:
    """Bytes of UTF-8: a Chinese character is three."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-8", "surrogatepass"))


def encoded(text: str) -> int:
    """An address after percent-encoding: a Chinese character is nine."""
    return (
        len(text)
        if text.isascii() and " " not in text
        else len(quote(text, safe=_AS_IS, errors="surrogatepass"))
    )


MEASURES: dict[str, Callable[[str], int]] = {
    "grapheme": graphemes,
    "utf16": utf16,
    "byte": octets,
    "char": len,
    "codepoint": len,
    "encoded": encoded,
}


def measure(text: str, unit: str) -> int:
    return MEASURES[unit](text)
