"""Numbers that belong to one person: none of them should go out to many."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from composer.vocabulary.remembering import remembered
from composer.vocabulary.words import gettext_noop as _

from .notice import Notice, ours
from .prose import Prose

_ALONE, _ENDED = "(?<![0-9A-Za-z])", "(?![0-9A-Za-z])"

# Which number each first letter of a Taiwanese id stands for: A is 10, I is 34.
_LETTERS = {letter: number for number, letter in enumerate("ABCDEFGHJKLMNPQRSTUVXYWZIO", 10)}
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 1, 1)

# How cards of each network begin, and how many digits they have.
_CARDS = (
    (("4",), {13, 16, 19}),
    (("51", "52", "53", "54", "55", "22", "23", "24", "25", "26", "27"), {16}),
    (("34", "37"), {15}),
    (("30", "36", "38"), {14}),
    (("35", "60", "62", "64", "65"), {16, 17, 18, 19}),
)


def is_id(number: str) -> bool:
    """A national id, or a resident certificate of the new (A8…) or the old form (AB…).

    The check digit as the Ministry of the Interior's Department of Household Registration reckons.
    """
    letters, second = _LETTERS[number[0].upper()], number[1].upper()
    digits = [_LETTERS[second] % 10 if second.isalpha() else int(second), *map(int, number[2:])]
    total = letters // 10 + letters % 10 * 9
    total += sum(digit * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return total % 10 == 0


def is_card(number: str) -> bool:
    """Begins and is as long as a network's cards, with Luhn's check digit (ISO/IEC 7812-1)."""
    digits = re.sub("[ -]", "", number)
    if not any(digits.startswith(begins) and len(digits) in long for begins, long in _CARDS):
        return False
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


@dataclass(frozen=True)
class Private:
    """One sort of number: how it looks, what else must be true of it, and what is said."""

    rule: str
    pattern: re.Pattern[str]
    text: str
    is_real: Callable[[str], bool] = bool


PRIVATE = (
    Private(
        "national_id",
        re.compile(f"{_ALONE}[A-Z][A-D1289][0-9]{{8}}{_ENDED}", re.IGNORECASE),
        _("This looks like somebody's id number: %(numbers)s. Everybody who gets this reads it."),
        is_id,
    ),
    Private(
        "card_number",
        re.compile(
            f"{_ALONE}(?:[0-9]{{13,19}}|[0-9]{{4}}(?P<mark>[ -])[0-9]{{4}}(?P=mark)"
            f"[0-9]{{4}}(?P=mark)[0-9]{{4}}|[0-9]{{4}}[ -][0-9]{{6}}[ -][0-9]{{4,5}}){_ENDED}"
        ),
        _("This looks like a payment card: %(numbers)s. Everybody who gets this reads it."),
        is_card,
    ),
    Private(
        "mobile_number",
        re.compile(
            r"(?<![0-9A-Za-z+])(?<![0-9A-Za-z][.-])(?:"
            r"(?:09|\+?886[ -]?(?:\(0\)|0)?9)[0-9]{2}[ .-]?[0-9]{3}[ .-]?[0-9]{3}"
            rf"|09[ -][0-9]{{4}}[ -][0-9]{{4}})(?![.-][0-9]){_ENDED}"
        ),
        _("This looks like somebody's mobile: %(numbers)s. Everybody who gets this reads it."),
    ),
)


def notices(prose: Prose) -> Iterator[Notice]:
    for passage in prose.passages:
        for rule, text, numbers in _found(passage.text):
            yield ours(passage.path, rule, text, actual=numbers, numbers=numbers)


@remembered
def _found(text: str) -> tuple[tuple[str, str, str], ...]:
    """The rule, what is said, and the numbers by which to find them."""
    said = ((private, ", ".join(_numbers(text, private))) for private in PRIVATE)
    return tuple((private.rule, private.text, numbers) for private, numbers in said if numbers)


def _numbers(text: str, private: Private) -> Iterator[str]:
    found = (each[0] for each in private.pattern.finditer(text))
    return (_masked(each) for each in found if private.is_real(each))


def _masked(number: str) -> str:
    """Enough to find it by; the rest need not be repeated on one more screen."""
    return f"{number[:4]}…{number[-3:]}"
