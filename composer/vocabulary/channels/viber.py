"""Viber bots."""

from composer.vocabulary.words import gettext_noop as _

from .channel import Channel, Frame, Native, Scheme
from .figures import chars, count, listed, octets, rule, shapes, unknown, unverified

PLACE = 5

MESSAGE_MODEL = "Viber: Message Data Model (creators documentation)"
KEYBOARDS = "Viber: Keyboards (copy of the official parameter tables)"
SDK_COMMENTS = "Third-party Viber SDK comments"
RICH_MEDIA = "Viber REST Bot API: Send Message / Rich Media message (copy of the official page)"

NO_FIGURE = "no figure found"

CHANNEL = Channel(
    slug="viber",
    contactable_type="App\\ViberContact",
    name="Viber",
    short_name="Viber",
    counting=(
        "'characters', unit not defined. Besides, the whole message JSON may "
        "not exceed 30 KB (Viber: Message Data Model): 7,000 Chinese characters"
        " are about 21 KB as UTF-8 and about 42 KB when escaped as \\uXXXX; "
        "which of the two Viber measures is not stated."
    ),
    kinds={
        "text": Native(
            shown_as="text message",
            fit="native",
            limits={
                "text_max": chars(7000, MESSAGE_MODEL),
                "message_max_bytes": octets(
                    30 * 1024, MESSAGE_MODEL, note="30 KB for the whole JSON"
                ),
            },
        ),
        "button": Native(
            shown_as="text message with keyboard, or a one-block rich media message",
            fit="native",
            guess=_(
                "FIRST LINE does not say whether Viber gets keys below the conversation or "
                "buttons in the message: drawn as keys."
            ),
            limits={
                "explain_text_max": chars(7000, MESSAGE_MODEL),
                "options_min": unverified(count(1)),
                "options_max": count(24, KEYBOARDS, note="24 rows of full-width keys"),
                "label_max": chars(
                    250,
                    KEYBOARDS,
                    note=(
                        "HTML tags count; what does not fit the key is cut and ended with an "
                        "ellipsis (about 18 characters on one line by a third party's note)"
                    ),
                ),
                "value_max": unknown(
                    "char",
                    (
                        "ActionBody: older documents said 250 on Android, 100 on iOS; the "
                        "current table states none"
                    ),
                    source=SDK_COMMENTS,
                ),
                "url_max": unknown(
                    "char",
                    "ActionBody 'valid URL'; the separate URL message allows 2,000",
                    source=RICH_MEDIA,
                ),
                "option_types": listed(
                    "text",
                    "url",
                    source=KEYBOARDS,
                    note=(
                        "reply, open-url (also location-picker, share-phone, none); dialling is"
                        " not among the action types"
                    ),
                ),
                "message_max_bytes": octets(30 * 1024, MESSAGE_MODEL),
            },
        ),
        "quickreply": Native(
            shown_as="text message with keyboard",
            fit="native",
            limits={
                "explain_text_max": chars(7000, MESSAGE_MODEL),
                "options_min": unverified(count(1)),
                "options_max": count(
                    24, KEYBOARDS, note="rows; more keys if several share a row of 6 columns"
                ),
                "label_max": chars(250, KEYBOARDS),
                "value_max": unknown("char", source=SDK_COMMENTS),
                "url_max": unknown("char", source=RICH_MEDIA),
                "option_types": listed("text", "url", source=KEYBOARDS),
                "message_max_bytes": octets(30 * 1024, MESSAGE_MODEL),
            },
        ),
        "carousel": Native(
            shown_as="rich media message (carousel content)",
            fit="native",
            fallback="alt_text on clients that are too old",
            guess=_(
                "How FIRST LINE divides a Viber card is not documented: drawn as in Viber's "
                "sample, three rows of picture and two of text."
            ),
            limits={
                "alt_text_max": chars(7000, RICH_MEDIA),
                "columns_min": count(1, RICH_MEDIA, note="a single button is permitted"),
                "columns_max": count(
                    6,
                    RICH_MEDIA,
                    note="at most 6 x columns x rows grid cells, that is six full blocks",
                ),
                "title_max": chars(
                    250,
                    KEYBOARDS,
                    note="title and text usually share one cell of 250 characters including tags",
                ),
                "column_text_max": chars(250, KEYBOARDS),
                "column_text_max_plain": chars(250, KEYBOARDS),
                "actions_min": unverified(count(0)),
                "actions_max": unverified(
                    count(
                        3,
                        RICH_MEDIA,
                        note=(
                            "a block has 7 rows: the official example spends 3 on the picture, 2 on"
                            " text, 1 on each of two buttons; three buttons leave 1 row for text or"
                            " 2 for the picture"
                        ),
                    )
                ),
                "actions_equal_count": unverified(
                    rule(
                        False,
                        note=(
                            "cells are filled in order, so unequal columns must be padded by the "
                            "sender"
                        ),
                    )
                ),
                "action_label_max": chars(250, KEYBOARDS),
                "action_value_max": unknown("char", source=SDK_COMMENTS),
                "url_max": unknown("char", source=RICH_MEDIA),
                "action_types": listed(
                    "text",
                    "url",
                    source=RICH_MEDIA,
                    note="location-picker and share-phone are not supported in rich media",
                ),
                "message_max_bytes": octets(30 * 1024, MESSAGE_MODEL),
            },
        ),
        "image_carousel": Native(
            shown_as="rich media message with picture cells",
            fit="native",
            fallback="alt_text",
            drops=("badge",),
            guess=_(
                "How FIRST LINE divides a Viber card is not documented: drawn as six rows of "
                "picture and a button in its own colours."
            ),
            limits={
                "alt_text_max": chars(7000, RICH_MEDIA),
                "columns_min": count(1, RICH_MEDIA),
                "columns_max": count(6, RICH_MEDIA),
                "button_text_max": chars(
                    250,
                    KEYBOARDS,
                    note=(
                        "BgColor, text colour by tag and Frame (border colour, radius 0-10) "
                        "exist, so button colours can be honoured"
                    ),
                ),
                "badge_text_max": unknown("char", "no counterpart of its own"),
                "action_value_max": unknown("char", source=SDK_COMMENTS),
                "url_max": unknown("char", source=RICH_MEDIA),
                "action_types": listed("text", "url", source=RICH_MEDIA),
                "message_max_bytes": octets(30 * 1024, MESSAGE_MODEL),
            },
        ),
    },
    image={
        "image_url_max": unknown("char", NO_FIGURE),
        "image_max_bytes": octets(
            500 * 1024,
            KEYBOARDS,
            note=(
                "500 KB for pictures on keys and rich media cells; picture messages 1 "
                "MB on iOS, 3 MB on Android"
            ),
        ),
        "image_formats": listed(
            "jpeg",
            "png",
            source=KEYBOARDS,
            note="animated gif only as key background; picture message also static gif",
        ),
        "image_schemes": unverified(listed("https", "http", source=RICH_MEDIA)),
        "image_max_width": unknown("px", NO_FIGURE),
        "image_aspect_ratios": unverified(
            shapes(
                {"carousel": ((6, 3),)},
                RICH_MEDIA,
                note="of the block grid in the official example",
            )
        ),
    },
    link_schemes={
        "https": Scheme(RICH_MEDIA),
        "http": Scheme(KEYBOARDS),
        "tel": Scheme(is_documented=False),
        "viber": Scheme(is_documented=False),
    },
    look={
        "dot-color": "#7360f2",
        "wallpaper": "light-dark(#f4f2fb, #17151f)",
        "pattern": (
            "radial-gradient(circle at 70% 60%, light-dark(rgb(115 96 242 / .1), rgb(160 150 255 "
            "/ .08)) .1em, transparent .14em)"
        ),
        "head": "light-dark(#ffffff, #1d1a28)",
        "head-ink": "light-dark(#5a45dd, #b6acff)",
        "foot": "light-dark(#ffffff, #1d1a28)",
        "foot-ink": "light-dark(#6a6578, #a49fb4)",
        "foot-field": "light-dark(#ffffff, #1d1a28)",
        "bubble": "light-dark(#ffffff, #2a2638)",
        "bubble-radius": "1em",
        "mine": "light-dark(#d9d3fb, #51459c)",
        "mine-ink": "light-dark(#17122e, #ffffff)",
        "mine-radius": "1em",
        "avatar-align": "start",
        "action": "light-dark(#e3defc, #3a3266)",
        "action-ink": "light-dark(#4b37c9, #cfc8ff)",
        "action-line": "transparent",
        "action-radius": ".45em",
        "action-lines": "nowrap",
        "card-radius": ".9em",
        "card-pad": "0 .4em .4em",
        "card-width": "17em",
        "card-ink": "light-dark(#323232, #eceef1)",
        "card-ink-2": "light-dark(#737373, #a9aeb7)",
        "card-lines": "3",
        "picture-ratio": "7 / 3",
        "square-ratio": "7 / 6",
        "stamp": "light-dark(#656a73, #a49fb4)",
    },
    remarks=(
        "Only subscribed users can be written to.",
        "The client always shows the keyboard sent last.",
        "Rich media cannot be forwarded and needs Viber 6.7 or later.",
        "This is the Bot API; Viber Business Messages has other limits (text 1,000, button "
        "caption 30).",
    ),
    frame=Frame(
        head=("chevron-left", "name", "telephone", "three-dots"),
        foot=("plus-lg", "field", "mic"),
        options="keyboard",
        replies="keyboard",
        pictures="dyed",
    ),
)
