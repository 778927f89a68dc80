"""A number or a date as Excel shows it under its number format. Pure.

What a format may hold: ECMA-376 part 1, 18.8.31. Colours, widths and fill characters are left
out; fractions and other calendars than ours and Taiwan's are shown as plain numbers and dates.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

Moment = datetime | date | time | timedelta
Token = tuple[str, str]

TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?
    | \\(?P<escaped>.)
    | (?P<space>[_*].?)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General)
    | (?P<exponent>E[+-])
    | (?P<digit>[0\#?])
    | (?P<point>\.)
    | (?P<comma>,)
    | (?P<percent>%)
    | (?P<text>@)
    | (?P<half>AM/PM|A/P|上午/下午)
    | (?P<era>g+|e+)
    | (?P<part>y+|m+|d+|h+|s+|a{3,4})
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
SECTION = re.compile(r'((?:"[^"]*"?|\\.|\[[^\]]*\]|[^;])*)(?:;|$)', re.DOTALL)
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
MONTHS = "January February March April May June July August September October November December"
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
CHINESE_WEEKDAYS = "一二三四五六日"
ROC_BEGAN = 1911
# From here on Excel keeps fewer digits than the number has.
DIGITS_END = 10**15


def plain(value: float) -> str:
    """A number with the 15 digits that Excel keeps, never in the short form."""
    if isinstance(value, int) and -DIGITS_END < value < DIGITS_END:
        return str(value)
    number = Decimal(f"{value:.15g}")
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def show(value: float, code: str) -> str:
    """A number under a format; what the format cannot show is shown plainly."""
    if code in ("General", "@"):
        return plain(value)
    sections = _sections(code)
    tokens, is_absolute = _choose(sections, value)
    kinds = {kind for kind, _text in tokens}
    if "general" in kinds or "text" in kinds or not tokens:
        number = plain(abs(value) if is_absolute else value)
        return _around(tokens, number).strip() if tokens else number
    if "digit" not in kinds:
        return "".join(text for kind, text in tokens if kind == "literal").strip()
    if ("literal", "/") in tokens and ("digit", "?") in tokens:
        return plain(value)
    shown = _scientific if "exponent" in kinds else _decimal
    text = shown(tokens, Decimal(f"{abs(value):.15g}"))
    is_zero = not re.search("[1-9]", text)
    sign = "-" if value < 0 and not is_absolute and not is_zero else ""
    return f"{sign}{text.strip()}"


def show_moment(value: Moment, code: str) -> str:
    """A date or a time: by ISO 8601, unless the format clearly says otherwise."""
    tokens = _sections(code)[0][1]
    letters = {text[0].lower() for kind, text in tokens if kind == "part"}
    if isinstance(value, timedelta):
        return _elapsed(value, with_seconds="s" in letters)
    if not any(kind in ("part", "era", "half") for kind, _text in tokens):
        return _iso(value, with_time=True, with_seconds=True)
    says_all = isinstance(value, date) and letters >= {"y", "m", "d"}
    is_local = any(kind == "era" for kind, _text in tokens) or any(
        kind == "literal" and re.search("[一-鿿]", text) for kind, text in tokens
    )
    is_foreign = "e" in _eras(tokens) and not _is_taiwan(code)
    if (says_all and not is_local) or is_foreign:
        return _iso(value, with_time="h" in letters, with_seconds="s" in letters)
    text = "".join(_moment_parts(tokens, value)).strip()
    return text.replace("AM", "上午").replace("PM", "下午") if "-404]" in code else text


@lru_cache(maxsize=1_000)
def _sections(code: str) -> tuple[tuple[str, tuple[Token, ...]], ...]:
    """Each section's condition and tokens."""
    texts = [match[1] for match in SECTION.finditer(code or "General")]
    texts = texts[:-1] if len(texts) > 1 and not texts[-1] else texts
    return tuple((_condition(text), tuple(_tokens(text))) for text in texts)


def _condition(section: str) -> str:
    match = CONDITION.search(section)
    return f"{match[1]} {match[2]}" if match else ""


def _tokens(section: str) -> Iterator[Token]:
    for match in TOKEN.finditer(section):
        kind, text = match.lastgroup or "", match[match.lastgroup or 0] or ""
        if kind in ("quoted", "escaped"):
            yield "literal", text
        elif kind == "bracket":
            if text.startswith("$") and (currency := text[1:].split("-")[0]):
                yield "literal", currency
            elif ELAPSED.fullmatch(text):
                yield "part", text
        elif kind == "other":
            yield "literal", text
        elif kind != "space":
            yield kind, text


def _choose(
    sections: tuple[tuple[str, tuple[Token, ...]], ...], value: float
) -> tuple[tuple[Token, ...], bool]:
    """The tokens for this number, and whether they show it without its sign."""
    if any(condition for condition, _tokens in sections[:2]):
        for condition, tokens in sections:
            if not condition or _holds(condition, value):
                return tokens, False
        return (), False
    if value < 0 and len(sections) > 1:
        return sections[1][1], True
    if value == 0 and len(sections) > 2:
        return sections[2][1], False
    return sections[0][1], False


def _holds(condition: str, value: float) -> bool:
    sign, text = condition.split(" ")
    limit = float(text)
    return {
        "<": value < limit, ">": value > limit, "=": value == limit,
        "<=": value <= limit, ">=": value >= limit, "<>": value != limit,
    }[sign]  # fmt: skip


def _around(tokens: tuple[Token, ...], number: str) -> str:
    return "".join(
        number if kind in ("general", "text") else text if kind == "literal" else ""
        for kind, text in tokens
    )


def _decimal(tokens: tuple[Token, ...], number: Decimal) -> str:
    """Digits in the places of the format, the rest of them in front of the first place."""
    point = next((at for at, token in enumerate(tokens) if token[0] == "point"), len(tokens))
    whole, fraction = tokens[:point], tokens[point + 1 :]
    places = sum(kind == "digit" for kind, _text in fraction)
    last = max((at for at, token in enumerate(whole) if token[0] == "digit"), default=-1)
    end = max((at for at, token in enumerate(tokens) if token[0] == "digit"), default=-1)
    after = tokens[last + 1 : point] + tokens[max(end, point) + 1 :]
    thousands = sum(kind == "comma" for kind, _text in after)
    is_grouped = any(kind == "comma" for kind, _text in whole[:last])
    percents = sum(kind == "percent" for kind, _text in tokens)
    scaled = number * 100**percents / 1_000**thousands
    rounded = scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    digits, _point, decimals = format(rounded, "f").partition(".")
    return _whole(whole, digits, is_grouped=is_grouped) + _fraction(
        fraction, decimals, has_point=point < len(tokens)
    )


def _whole(tokens: tuple[Token, ...], digits: str, *, is_grouped: bool) -> str:
    digits = digits.lstrip("0")
    first = next((at for at, token in enumerate(tokens) if token[0] == "digit"), None)
    written: list[str] = []
    count = 0

    def put(digit: str) -> None:
        nonlocal count
        if is_grouped and count and count % 3 == 0:
            written.append(",")
        written.append(digit)
        count += 1

    for at in range(len(tokens) - 1, -1, -1):
        kind, text = tokens[at]
        if kind == "digit":
            if digits:
                put(digits[-1])
                digits = digits[:-1]
            elif text == "0":
                put("0")
            while at == first and digits:
                put(digits[-1])
                digits = digits[:-1]
        elif kind in ("literal", "percent"):
            written.append(text)
    return "".join(reversed(written))


def _fraction(tokens: tuple[Token, ...], decimals: str, *, has_point: bool) -> str:
    kept = len(decimals.rstrip("0"))
    shown: list[str] = ["."] if has_point else []
    place = 0
    for kind, text in tokens:
        if kind == "digit":
            if place < kept or text == "0":
                shown.append(decimals[place])
            place += 1
        elif kind in ("literal", "percent"):
            shown.append(text)
    return "".join(shown)


def _scientific(tokens: tuple[Token, ...], number: Decimal) -> str:
    at = next(place for place, token in enumerate(tokens) if token[0] == "exponent")
    mantissa, exponent = tokens[:at], tokens[at + 1 :]
    power = number.adjusted() if number else 0
    digits = sum(kind == "digit" for kind, _text in exponent)
    sign = "-" if power < 0 else "+" if tokens[at][1].endswith("+") else ""
    shown = _decimal(mantissa, number.scaleb(-power))
    return f"{shown}E{sign}{abs(power):0{digits}d}"


def _eras(tokens: tuple[Token, ...]) -> set[str]:
    return {text[0].lower() for kind, text in tokens if kind == "era"}


def _is_taiwan(code: str) -> bool:
    """In Taiwan's formats `e` is the year of the Republic, in Japan's an emperor's."""
    return "-404]" in code or "-1000404]" in code or "[$-" not in code


def _moment_parts(tokens: tuple[Token, ...], value: datetime | date | time) -> Iterator[str]:
    is_half = any(kind == "half" for kind, _text in tokens)
    parts = [text[0].lower() if kind == "part" else "" for kind, text in tokens]
    for at, (kind, text) in enumerate(tokens):
        if kind == "part" and text[0].lower() == "m" and _is_minute(parts, at):
            yield f"{getattr(value, 'minute', 0):0{min(len(text), 2)}d}"
        elif kind == "part":
            yield _part(text.lower(), value, is_half=is_half)
        elif kind == "era":
            yield _era(text.lower(), value)
        elif kind == "half":
            is_late = getattr(value, "hour", 0) >= 12
            yield text.split("/")[is_late]
        elif kind in ("literal", "point", "comma"):
            yield text


def _is_minute(parts: list[str], at: int) -> bool:
    before = next((part for part in reversed(parts[:at]) if part), "")
    after = next((part for part in parts[at + 1 :] if part), "")
    return before == "h" or after == "s"


def _part(text: str, value: datetime | date | time, *, is_half: bool) -> str:
    letter, width = text[0], min(len(text), 2)
    if letter == "h":
        hour = getattr(value, "hour", 0)
        return f"{(hour - 1) % 12 + 1 if is_half else hour:0{width}d}"
    if letter == "s":
        return f"{getattr(value, 'second', 0):0{width}d}"
    if isinstance(value, time):
        return ""
    if letter == "y":
        return f"{value.year % 100:02d}" if len(text) < 3 else f"{value.year:04d}"
    if letter == "a":
        return ("星期" if len(text) == 4 else "週") + CHINESE_WEEKDAYS[value.weekday()]
    name = (MONTHS if letter == "m" else WEEKDAYS).split()
    word = name[value.month - 1 if letter == "m" else value.weekday()]
    if len(text) > 2:
        return {3: word[:3], 4: word, 5: word[0]}.get(len(text), word)
    return f"{value.month if letter == 'm' else value.day:0{width}d}"


def _era(text: str, value: datetime | date | time) -> str:
    if isinstance(value, time):
        return ""
    if text[0] == "g":
        return {1: "", 2: "民國"}.get(len(text), "中華民國")
    return str(value.year - ROC_BEGAN)


def _iso(value: datetime | date | time, *, with_time: bool, with_seconds: bool) -> str:
    if isinstance(value, datetime):
        if not with_time or value.time() == time.min:
            return value.date().isoformat()
        has_seconds = with_seconds and value.second
        return value.isoformat(" ", "seconds" if has_seconds else "minutes")
    return value.isoformat()


def _elapsed(value: timedelta, *, with_seconds: bool) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    text = f"{minutes // 60}:{minutes % 60:02d}"
    return f"{text}:{seconds:02d}" if with_seconds else text
