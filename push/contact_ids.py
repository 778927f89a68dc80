"""A contact's id as people write, paste and export it, or the reason why it is none. Pure.

Only what is certain is unwrapped: everything else would become another contact's id in silence.
"""

import re
import unicodedata

from composer.vocabulary.words import gettext_noop as _
from people.csv_injection import unguard
from push.cells import Date, ErrorCell, NoResult, Number, Rounded
from push.sentences import Unfit, shortened

ID_MAX = 64

# What almost every id is, so that a million of them take no longer than they must.
SURE = re.compile(rf"[0-9]{{1,{ID_MAX}}}|(?=.{{1,{ID_MAX}}}\Z)[A-Za-z_]+[0-9][A-Za-z0-9_]*")

EQUALS_GUARD = re.compile(r'[=＝]\s*["＂“”]([^"＂“”]*)["＂“”]')
APOSTROPHE = re.compile(r"['’‘＇](?=\w)")
QUOTED = re.compile(r"""(["'“‘”„«「『＂])(.*)(["'”’“»」』＂])""", re.DOTALL)
WHOLE = re.compile(r"(\d+)\.0+", re.ASCII)
SHORT_FORM = re.compile(r"[+-]?\d+([.,]\d+)?E[+-]?\d{1,3}", re.IGNORECASE | re.ASCII)
SIGNED = re.compile(r"[+\-−–]\s*\d[\d.,]*", re.ASCII)
SEPARATED = re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?", re.ASCII)
DECIMAL = re.compile(r"\d*[.,]\d*%?|\d+%", re.ASCII)
FORMULA = re.compile(r"=.+", re.DOTALL)
# What programs write where there is nothing; compared without case.
NOTHING = {
    "nan", "nat", "<na>", "na", "n/a", "null", "(null)", "\\n", "none", "nil", "undefined",
    "inf", "-inf", "infinity", "#n/a", "#na", "#ref!", "#value!", "#name?", "#div/0!", "#num!",
    "#null!", "#spill!", "#calc!", "-", "--", "---", "–", "—", "ー", ".", "?", "(blank)", "blank",
    "empty", "true", "false", "無", "空", "空白", "无",
}  # fmt: skip


def clean_id(text: str) -> str:
    """The id; raises Unfit with the reason."""
    if type(text) in (str, Number) and SURE.fullmatch(text):
        return str(text)
    if type(text) is str and _is_simple(text):
        return _check(text)
    match text:
        case NoResult():
            raise Unfit(
                _(
                    "The ID is a formula whose result is not in the file. Open the file in Excel, "
                    "let it calculate, save it and import it again."
                )
            )
        case ErrorCell():
            raise Unfit(_("“%(id)s” is not an ID."), id=text.error)
        case Date():
            raise Unfit(
                _(
                    "Excel has turned the ID into the date %(id)s. "
                    "Format the column as text and enter the ID again."
                ),
                id=str(text),
            )
        case Rounded():
            raise _shortened(text)
        case Number() if not re.fullmatch(r"\d+", text, re.ASCII):
            text = text.plain
    return _check(_unwrap(text))


def _unwrap(text: str) -> str:
    """Without what surely is not part of the id."""
    found = unguard(bare(text))
    if match := EQUALS_GUARD.fullmatch(found):
        found = match[1]
    elif match := QUOTED.fullmatch(found):
        found = match[2]
    found = "".join(map(_plain, bare(APOSTROPHE.sub("", bare(found), count=1))))
    return match[1] if (match := WHOLE.fullmatch(found)) else found


def _check(text: str) -> str:
    if not text:
        raise Unfit(_("The id is blank."))
    if len(text) > ID_MAX:
        raise Unfit(
            _("“%(field)s” has %(count)s characters; at most %(limit)s fit."),
            field=_("id"),
            count=len(text),
            limit=ID_MAX,
        )
    if text.casefold() in NOTHING:
        raise Unfit(_("“%(id)s” is not an ID."), id=text)
    if _is_simple(text):
        if SHORT_FORM.fullmatch(text):
            raise _shortened(text)
        return text
    for place, character in enumerate(text):
        if is_unseen(character):
            raise Unfit(
                _("The ID has a character that cannot be seen (U+%(code)s) after “%(before)s”."),
                code=f"{ord(character):04X}",
                before=text[:place],
            )
        if character.isspace():
            raise Unfit(_("The ID “%(id)s” has a space in it."), id=shortened(text))
    if SHORT_FORM.fullmatch(text):
        raise _shortened(text)
    if SIGNED.fullmatch(text):
        raise Unfit(_("The ID “%(id)s” has a sign in front."), id=text)
    if SEPARATED.fullmatch(text) or DECIMAL.fullmatch(text):
        raise Unfit(
            _(
                "The ID “%(id)s” is a number with a comma or a decimal point. "
                "Format the column as text and enter the ID again."
            ),
            id=text,
        )
    if FORMULA.fullmatch(text):
        raise Unfit(_("The ID “%(id)s” is a formula."), id=shortened(text))
    if unicodedata.normalize("NFKC", text) != text or re.search(r"[^\D0-9]", text):
        raise Unfit(
            _("The ID “%(id)s” has characters that look like others. Enter it again."), id=text
        )
    return text


def _is_simple(text: str) -> bool:
    """Most are: then there is nothing to unwrap, and little to check."""
    return text.isascii() and text.isalnum()


def is_unseen(character: str) -> bool:
    """Control and format characters, and fillers that look like nothing."""
    category = unicodedata.category(character)
    is_filler = character in "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
    is_selector = "\ufe00" <= character <= "\ufe0f"
    return category in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} or is_filler or is_selector


def bare(text: str) -> str:
    """Without spaces and characters that cannot be seen at both ends."""
    if text.isalnum():
        return text
    start, end = 0, len(text)
    while start < end and _is_nothing(text[start]):
        start += 1
    while end > start and _is_nothing(text[end - 1]):
        end -= 1
    return text[start:end]


def is_ordinary(character: str) -> bool:
    """A letter, digit or sign of ASCII or of Chinese, which is told quickly."""
    return "!" <= character <= "~" or "\u4e00" <= character <= "\u9fff"


def _is_nothing(character: str) -> bool:
    if is_ordinary(character):
        return False
    # Other control characters say that the file is damaged: they are not taken away.
    return character.isspace() or (unicodedata.category(character) != "Cc" and is_unseen(character))


def _plain(character: str) -> str:
    """A full-width letter, sign or digit as the one that is meant."""
    if is_ordinary(character):
        return character
    if "！" <= character <= "～" or unicodedata.category(character) == "Nd":
        return unicodedata.normalize("NFKC", character)
    return character


def _shortened(text: str) -> Unfit:
    return Unfit(
        _(
            "Excel has shortened the id %(id)s to 15 digits. "
            "Format the column as text and enter the id again."
        ),
        id=text.strip(),
    )
