"""The rules that a channel's limits stand for: what each governs, and what its breach means.

A breach is `refused` where the platform turns the whole message down, and `loses` where the
customer gets the message without some part of it. Where a channel's figure is not known, the
rule is silent.
"""

from dataclasses import dataclass
from typing import Literal

from composer.vocabulary.words import gettext_noop as _

from .reading import PLAIN_TEXT

Breach = Literal["refused", "loses"]


@dataclass(frozen=True)
class Length:
    """The longest text that a field may hold; `octets` is said where bytes are counted."""

    key: str
    patterns: tuple[str, ...]
    text: str
    octets: str = _(
        "%(channel)s takes %(limit)s bytes here (a Chinese character is three);"
        " this has %(actual)s."
    )
    breach: Breach = "refused"


@dataclass(frozen=True)
class Count:
    """The most, or the fewest, parts that a list may have."""

    key: str
    pattern: str
    text: str
    is_minimum: bool = False
    breach: Breach = "refused"


@dataclass(frozen=True)
class Types:
    """Which types of option or action have a counterpart; said for each type that has none."""

    key: str
    pattern: str
    wording: str
    breach: Breach = "loses"


LENGTHS = (
    Length(
        "text_max",
        ("message",),
        _("%(channel)s shows %(limit)s characters of a text; this one has %(actual)s."),
        _(
            "%(channel)s shows %(limit)s bytes of a text (a Chinese character is three);"
            " this one has %(actual)s."
        ),
    ),
    Length(
        "explain_text_max",
        ("explain_text",),
        _(
            "%(channel)s shows %(limit)s characters of the text over options;"
            " this one has %(actual)s."
        ),
        _(
            "%(channel)s shows %(limit)s bytes of the text over options"
            " (a Chinese character is three); this one has %(actual)s."
        ),
    ),
    Length(
        "label_max",
        ("options[].label",),
        _("%(channel)s shows %(limit)s characters of an option; this one has %(actual)s."),
        _(
            "%(channel)s shows %(limit)s bytes of an option (a Chinese character is three);"
            " this one has %(actual)s."
        ),
    ),
    Length(
        "value_max",
        ("options[].value",),
        _("%(channel)s sends back %(limit)s characters at most; this text has %(actual)s."),
        _(
            "%(channel)s sends back %(limit)s bytes at most (a Chinese character is three);"
            " this text has %(actual)s."
        ),
    ),
    Length(
        "url_max",
        ("options[].url", "columns[].actions[].url", "columns[].action.url"),
        _("%(channel)s opens links of %(limit)s characters at most; this one has %(actual)s."),
        _("%(channel)s opens links of %(limit)s bytes at most; this one has %(actual)s."),
    ),
    Length(
        "alt_text_max",
        ("alt_text",),
        _(
            "%(channel)s shows %(limit)s characters of the alternative text;"
            " this one has %(actual)s."
        ),
        _(
            "%(channel)s shows %(limit)s bytes of the alternative text"
            " (a Chinese character is three); this one has %(actual)s."
        ),
    ),
    Length(
        "title_max",
        ("columns[].title",),
        _("%(channel)s shows %(limit)s characters of a title; this one has %(actual)s."),
    ),
    Length(
        "column_text_max",
        ("columns[].text",),
        _("%(channel)s shows %(limit)s characters of a card's text; this one has %(actual)s."),
    ),
    Length(
        "column_text_max_plain",
        (PLAIN_TEXT,),
        _(
            "%(channel)s shows %(limit)s characters of a card's text without picture or title;"
            " this one has %(actual)s."
        ),
    ),
    Length(
        "action_label_max",
        ("columns[].actions[].text",),
        _("%(channel)s shows %(limit)s characters on a card's button; this one has %(actual)s."),
    ),
    Length(
        "action_value_max",
        ("columns[].actions[].value", "columns[].action.value"),
        _("%(channel)s sends back %(limit)s characters at most; this text has %(actual)s."),
        _(
            "%(channel)s sends back %(limit)s bytes at most (a Chinese character is three);"
            " this text has %(actual)s."
        ),
    ),
    Length(
        "button_text_max",
        ("columns[].button.text",),
        _("%(channel)s shows %(limit)s characters on a picture's button; this has %(actual)s."),
    ),
    Length(
        "badge_text_max",
        ("columns[].badge.text",),
        _("%(channel)s shows %(limit)s characters on a badge; this one has %(actual)s."),
        breach="loses",
    ),
    Length(
        "image_url_max",
        ("columns[].image_url",),
        _(
            "%(channel)s takes picture addresses of %(limit)s characters at most;"
            " this one has %(actual)s."
        ),
    ),
)

COUNTS = (
    Count(
        "options_max",
        "options",
        _("The most options that %(channel)s shows is %(limit)s; this message has %(actual)s."),
    ),
    Count(
        "options_min",
        "options",
        _("The fewest options that %(channel)s takes is %(limit)s; this message has %(actual)s."),
        is_minimum=True,
    ),
    Count(
        "columns_max",
        "columns",
        _("The most cards that %(channel)s shows is %(limit)s; this message has %(actual)s."),
    ),
    Count(
        "columns_min",
        "columns",
        _("The fewest cards that %(channel)s takes is %(limit)s; this message has %(actual)s."),
        is_minimum=True,
    ),
    Count(
        "actions_max",
        "columns[].actions",
        _("The most buttons that %(channel)s shows on a card is %(limit)s; here are %(actual)s."),
    ),
    Count(
        "actions_min",
        "columns[].actions",
        _("The fewest buttons that %(channel)s takes on a card is %(limit)s; here are %(actual)s."),
        is_minimum=True,
    ),
)

# The most that a message may weigh as a whole.
WEIGHTS = {
    "message_max_bytes": _(
        "%(channel)s takes %(limit)s bytes as a whole; this message has %(actual)s."
    ),
    "flex_max_bytes": _(
        "If FIRST LINE makes a Flex message of this, %(channel)s takes %(limit)s bytes as a whole;"
        " this message alone has %(actual)s."
    ),
}

TYPES = (
    Types("option_types", "options[]", "label"),
    Types("action_types", "columns[].actions[]", "text"),
    Types("action_types", "columns[].action", ""),
)
NO_COUNTERPART = {
    "text": _("%(channel)s has no button here that answers: “%(label)s” will not appear."),
    "url": _("%(channel)s has no button here that opens a link: “%(label)s” will not appear."),
    "phonenumber": _("%(channel)s has no button that rings: “%(label)s” will not appear."),
}
NO_PRESS = {
    "text": _("%(channel)s has no picture that answers when pressed."),
    "url": _("%(channel)s has no picture that opens a link when pressed."),
}

# Every key that a channel's limits may have.
KEYS = frozenset(
    (
        *(rule.key for rule in (*LENGTHS, *COUNTS, *TYPES)),
        *WEIGHTS,
        *("actions_equal_count", "link_endings_refused"),
    )
)

# What still matters where a kind has no counterpart and the alternative text goes out instead.
INSTEAD = {"fit", "alt_text_max"}

# What a breach means, by the rule that a notice carries; checks of our own never refuse.
BREACHES: dict[str, Breach] = {
    **{rule.key: rule.breach for rule in (*LENGTHS, *COUNTS, *TYPES)},
    "message_max_bytes": "refused",
    "flex_max_bytes": "refused",
    "link_endings_refused": "refused",
    "image_schemes": "refused",
    "image_formats": "loses",
    "image_max_bytes": "loses",
    "image_max_width": "loses",
    "image_max_sides": "loses",
    "image_aspect_ratios": "loses",
    "actions_equal_count": "refused",
    "columns_alike": "refused",
    "title_required": "refused",
}
