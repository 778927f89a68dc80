"""What can be dialled: one rule for forms, checks, pasting, imports and filled-in values."""

import re
import unicodedata
from collections.abc import Mapping

from .placeholders import fill_text

# A plus, digits with what people put between them, and what is dialled after them (`,1#`).
_NUMBER = re.compile(r"\+?\(?[0-9][0-9 ()\-.#*,]{1,30}")
# Countries whose numbers begin with a 0 at home, which is not dialled after the country code.
# Italy and others keep theirs (ITU-T E.123, and the national numbering plans that it lists).
_CODES = (
    "20|27|30|31|32|33|40|41|43|44|46|49|54|55|60|61|62|63|64|66|81|82|84|86|90|91|92|94|95|98"
    "|212|213|234|254|353|358|359|380|381|385|386|387|389|421|880|886|962|963|964|966|971|972|977"
)
_NATIONAL_ZERO = re.compile(rf"(?<=\+)((?:{_CODES})[ \-.]*)(?:\(0\)|(\()?0)[ \-.]*(?=[(0-9])")
_TEL = re.compile(r"\Atel:", re.IGNORECASE)
# Dashes of typography, and the signs that an input method puts in their place.
_PLAIN = str.maketrans(dict.fromkeys("‐‑‒–—―−ー－", "-"))


def stand_in(raw: str, values: Mapping[str, str]) -> str:
    """The number for this contact, with digits where nothing is known of the contact."""
    return fill_text(raw, values, stand_in=lambda _name: "000")


def is_number(text: str) -> bool:
    """At least two digits, and nothing that a telephone does not take."""
    return _NUMBER.fullmatch(text.strip()) is not None


def tidy(raw: str) -> str:
    """Half-width, without `tel:` and without what no eye sees; maybe still no number."""
    text = unicodedata.normalize("NFKC", raw).translate(_PLAIN)
    visible = "".join(each for each in text if unicodedata.category(each) not in {"Cf", "Cc"})
    return " ".join(_TEL.sub("", visible.strip()).split())


def without_national_zero(text: str) -> str:
    """`+886 912 345 678` for `+886 0912 345 678`; as it is where there is no such 0."""
    return _NATIONAL_ZERO.sub(r"\1\2", text)
