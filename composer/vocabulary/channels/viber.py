"""Viber bots."""

from .channel import Channel, Frame, Limit, Native

PLACE = 5

CHANNEL = Channel(
    slug="viber",
    contactable_type="App\\ViberContact",
    name="Viber",
    short_name="Viber",
    kinds={
        "text": Native(
            shown_as="text message",
            fit="native",
            limits={
                "text_max": Limit(
                    7000, "char", source="Viber: Message Data Model (creators documentation)"
                ),
                "message_max_bytes": Limit(
                    30720,
                    "byte",
                    source="Viber: Message Data Model (creators documentation)",
                    note="30 KB for the whole JSON",
                ),
            },
        ),
        "button": Native(
            shown_as="text message with keyboard, or a one-block rich media message",
            fit="native",
            limits={
                "explain_text_max": Limit(
                    7000, "char", source="Viber: Message Data Model (creators documentation)"
                ),
                "options_min": Limit(1, "count", is_documented=False),
                "options_max": Limit(
                    24,
                    "count",
                    source="NovoCX Viber connector notes (third party)",
                    note="24 keyboard rows of full-width buttons",
                    is_documented=False,
                ),
                "label_max": Limit(
                    250,
                    "char",
                    source="Viber: Keyboards (copy of the official parameter tables)",
                    note="HTML tags count; what does not fit the key is cut and ended with an ellipsis (about 18 characters on one line by a third party's note)",
                ),
                "value_max": Limit(
                    None,
                    "char",
                    source="Third-party Viber SDK comments",
                    note="ActionBody: older documents said 250 on Android, 100 on iOS; the current table states none",
                    is_documented=False,
                ),
                "url_max": Limit(
                    None,
                    "char",
                    source="Viber REST Bot API: Send Message / Rich Media message (copy of the official page)",
                    note="ActionBody 'valid URL'; the separate URL message allows 2,000",
                    is_documented=False,
                ),
                "option_types": Limit(
                    ("text", "url"),
                    "list",
                    source="Viber: Keyboards (copy of the official parameter tables)",
                    note="reply, open-url (also location-picker, share-phone, none); dialling is not among the action types",
                ),
                "message_max_bytes": Limit(
                    30720, "byte", source="Viber: Message Data Model (creators documentation)"
                ),
            },
        ),
        "quickreply": Native(
            shown_as="text message with keyboard",
            fit="native",
            limits={
                "explain_text_max": Limit(
                    7000, "char", source="Viber: Message Data Model (creators documentation)"
                ),
                "options_min": Limit(1, "count", is_documented=False),
                "options_max": Limit(
                    24,
                    "count",
                    source="NovoCX Viber connector notes (third party)",
                    note="rows; more keys if several share a row of 6 columns",
                    is_documented=False,
                ),
                "label_max": Limit(
                    250, "char", source="Viber: Keyboards (copy of the official parameter tables)"
                ),
                "value_max": Limit(
                    None, "char", source="Third-party Viber SDK comments", is_documented=False
                ),
                "url_max": Limit(
                    None,
                    "char",
                    source="Viber REST Bot API: Send Message / Rich Media message (copy of the official page)",
                    is_documented=False,
                ),
                "option_types": Limit(
                    ("text", "url"),
                    "list",
                    source="Viber: Keyboards (copy of the official parameter tables)",
                ),
                "message_max_bytes": Limit(
                    30720, "byte", source="Viber: Message Data Model (creators documentation)"
                ),
            },
        ),
        "carousel": Native(
            shown_as="rich media message (carousel content)",
            fit="native",
            fallback="alt_text on clients that are too old",
            limits={
                "alt_text_max": Limit(
                    7000,
                    "char",
                    source="Third-party Viber SDK comments",
                    note="the official table gives alt_text no length",
                    is_documented=False,
                ),
                "columns_min": Limit(
                    1,
                    "count",
                    source="Viber REST Bot API: Send Message / Rich Media message (copy of the official page)",
                    note="a single button is permitted",
                ),
                "columns_max": Limit(
                    6,
                    "count",
                    source="Viber REST Bot API: Send Message / Rich Media message (copy of the official page)",
                    note="at most 6 x columns x rows grid cells, that is six full blocks",
                ),
                "title_max": Limit(
                    250,
                    "char",
                    source="Viber: Keyboards (copy of the official parameter tables)",
                    note="title and text usually share one cell of 250 characters including tags",
                ),
                "column_text_max": Limit(
                    250, "char", source="Viber: Keyboards (copy of the official parameter tables)"
                ),
                "column_text_max_plain": Limit(
                    250, "char", source="Viber: Keyboards (copy of the official parameter tables)"
                ),
                "actions_min": Limit(0, "count", is_documented=False),
                "actions_max": Limit(
                    3,
                    "count",
                    source="Viber REST Bot API: Send Message / Rich Media message (copy of the official page)",
                    note="a block has 7 rows: the official example spends 3 on the picture, 2 on text, 1 on each of two buttons; three buttons leave 1 row for text or 2 for the picture",
                    is_documented=False,
                ),
                "actions_equal_count": Limit(
                    False,
                    "bool",
                    note="cells are filled in order, so unequal columns must be padded by the sender",
                    is_documented=False,
                ),
                "action_label_max": Limit(
                    250, "char", source="Viber: Keyboards (copy of the official parameter tables)"
                ),
                "action_value_max": Limit(
                    None, "char", source="Third-party Viber SDK comments", is_documented=False
                ),
                "url_max": Limit(
                    None,
                    "char",
                    source="Viber REST Bot API: Send Message / Rich Media message (copy of the official page)",
                    is_documented=False,
                ),
                "action_types": Limit(
                    ("text", "url"),
                    "list",
                    source="Viber REST Bot API: Send Message / Rich Media message (copy of the official page)",
                    note="location-picker and share-phone are not supported in rich media",
                ),
                "message_max_bytes": Limit(
                    30720, "byte", source="Viber: Message Data Model (creators documentation)"
                ),
            },
        ),
        "image_carousel": Native(
            shown_as="rich media message with picture cells",
            fit="native",
            fallback="alt_text",
            limits={
                "alt_text_max": Limit(
                    7000, "char", source="Third-party Viber SDK comments", is_documented=False
                ),
                "columns_min": Limit(
                    1,
                    "count",
                    source="Viber REST Bot API: Send Message / Rich Media message (copy of the official page)",
                ),
                "columns_max": Limit(
                    6,
                    "count",
                    source="Viber REST Bot API: Send Message / Rich Media message (copy of the official page)",
                ),
                "button_text_max": Limit(
                    250,
                    "char",
                    source="Viber: Keyboards (copy of the official parameter tables)",
                    note="BgColor, text colour by tag and Frame (border colour, radius 0-10) exist, so button colours can be honoured",
                ),
                "badge_text_max": Limit(
                    None, "char", note="no counterpart of its own", is_documented=False
                ),
                "action_value_max": Limit(
                    None, "char", source="Third-party Viber SDK comments", is_documented=False
                ),
                "url_max": Limit(
                    None,
                    "char",
                    source="Viber REST Bot API: Send Message / Rich Media message (copy of the official page)",
                    is_documented=False,
                ),
                "action_types": Limit(
                    ("text", "url"),
                    "list",
                    source="Viber REST Bot API: Send Message / Rich Media message (copy of the official page)",
                ),
                "message_max_bytes": Limit(
                    30720, "byte", source="Viber: Message Data Model (creators documentation)"
                ),
            },
        ),
    },
    image={
        "image_url_max": Limit(None, "char", note="no figure found", is_documented=False),
        "image_max_bytes": Limit(
            512000,
            "byte",
            source="Viber: Keyboards (copy of the official parameter tables)",
            note="500 KB for pictures on keys and rich media cells; picture messages 1 MB on iOS, 3 MB on Android",
        ),
        "image_formats": Limit(
            ("jpeg", "png"),
            "list",
            source="Viber: Keyboards (copy of the official parameter tables)",
            note="animated gif only as key background; picture message also static gif",
        ),
        "image_schemes": Limit(
            ("https", "http"),
            "list",
            source="Viber REST Bot API: Send Message / Rich Media message (copy of the official page)",
            is_documented=False,
        ),
        "image_max_width": Limit(None, "px", note="no figure found", is_documented=False),
        "image_aspect_ratios": Limit(
            ("carousel: 6:3 of the block grid in the official example",),
            "ratio",
            source="Viber REST Bot API: Send Message / Rich Media message (copy of the official page)",
            is_documented=False,
        ),
    },
    link_schemes=(),
    look={
        "dot-color": "#7360f2",
        "wallpaper": "light-dark(#f4f2fb, #17151f)",
        "pattern": "radial-gradient(circle at 70% 60%, light-dark(rgb(115 96 242 / .1), rgb(160 150 255 / .08)) .1em, transparent .14em)",
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
        "card-radius": ".9em",
    },
    remarks=(
        "Only subscribed users can be written to.",
        "The client always shows the keyboard sent last.",
        "Rich media cannot be forwarded and needs Viber 6.7 or later.",
        "This is the Bot API; Viber Business Messages has other limits (text 1,000, button caption 30).",
    ),
    frame=Frame(
        head=("chevron-left", "name", "telephone", "three-dots"),
        foot=("plus-lg", "field", "mic"),
        options="keyboard",
        replies="keyboard",
    ),
)
