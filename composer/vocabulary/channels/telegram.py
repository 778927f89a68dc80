"""Telegram bots."""

from composer.vocabulary.words import gettext_noop as _

from .channel import Channel, Frame, Limit, Native

PLACE = 4

CHANNEL = Channel(
    slug="telegram",
    contactable_type="App\\TelegramContact",
    name="Telegram",
    short_name="Telegram",
    kinds={
        "text": Native(
            shown_as="sendMessage",
            fit="native",
            limits={
                "text_max": Limit(
                    4096,
                    "char",
                    source="Telegram Bot API: sendMessage (text as reproduced in python-telegram-bot, teloxide and other library references)",
                    note="minimum 1, counted after markup is parsed",
                ),
            },
        ),
        "button": Native(
            shown_as="message with inline keyboard",
            fit="native",
            fallback="phonenumber options have no counterpart",
            limits={
                "explain_text_max": Limit(
                    4096,
                    "char",
                    source="Telegram Bot API: sendMessage (text as reproduced in python-telegram-bot, teloxide and other library references)",
                ),
                "options_min": Limit(1, "count", is_documented=False),
                "options_max": Limit(
                    100,
                    "count",
                    source="python-telegram-bot: telegram.constants, InlineKeyboardMarkupLimit (the library itself calls the value undocumented)",
                    note="8 per row, likewise undocumented",
                    is_documented=False,
                ),
                "label_max": Limit(
                    None,
                    "char",
                    source="Telegram Bot API: InlineKeyboardButton (text as reproduced in grammY and other library references)",
                    note="no length stated; long labels are cut with an ellipsis in the client (unverified)",
                ),
                "value_max": Limit(
                    64,
                    "byte",
                    source="Telegram Bot API: InlineKeyboardButton (text as reproduced in grammY and other library references)",
                    note="callback_data 1-64 bytes = 21 Chinese characters; how FIRST LINE carries longer values is not documented",
                ),
                "url_max": Limit(None, "char", note="no length stated", is_documented=False),
                "option_types": Limit(
                    ("text", "url"),
                    "list",
                    source="Telegram Bot API: InlineKeyboardButton (text as reproduced in grammY and other library references)",
                    note="url must be HTTP(S) or tg://, so tel: is out",
                ),
            },
        ),
        "quickreply": Native(
            shown_as="reply keyboard (or inline keyboard; FIRST LINE does not say which)",
            fit="partial",
            fallback="url options exist only on inline keyboards",
            limits={
                "explain_text_max": Limit(
                    4096,
                    "char",
                    source="Telegram Bot API: sendMessage (text as reproduced in python-telegram-bot, teloxide and other library references)",
                ),
                "options_min": Limit(1, "count", is_documented=False),
                "options_max": Limit(None, "count", note="no figure found", is_documented=False),
                "label_max": Limit(
                    None,
                    "char",
                    note="a reply-keyboard button sends its own label, so label and value cannot differ there",
                    is_documented=False,
                ),
                "value_max": Limit(
                    64,
                    "byte",
                    source="Telegram Bot API: InlineKeyboardButton (text as reproduced in grammY and other library references)",
                    note="only if an inline keyboard is used",
                ),
                "url_max": Limit(None, "char", note="no figure found", is_documented=False),
                "option_types": Limit(
                    ("text", "url"),
                    "list",
                    source="Telegram Bot API: InlineKeyboardButton (text as reproduced in grammY and other library references)",
                    note="url only with an inline keyboard",
                    is_documented=False,
                ),
            },
        ),
        "carousel": Native(
            shown_as="none; nearest: one photo message with caption and inline keyboard per column",
            fit="none",
            fallback="alt_text as text, or one message per column (FIRST LINE does not say)",
            limits={
                "alt_text_max": Limit(
                    4096,
                    "char",
                    source="Telegram Bot API: sendMessage (text as reproduced in python-telegram-bot, teloxide and other library references)",
                    note="if sent as a text message",
                ),
                "columns_min": Limit(1, "count", is_documented=False),
                "columns_max": Limit(
                    None,
                    "count",
                    note="a media group takes 2-10 items but carries no buttons",
                    is_documented=False,
                ),
                "title_max": Limit(
                    1024,
                    "char",
                    source="Telegram Bot API: sendPhoto / Sending files (text as reproduced in several library references; one dated 1 Oct 2026)",
                    note="title and text share one caption of 1024 after entities parsing",
                ),
                "column_text_max": Limit(
                    1024,
                    "char",
                    source="Telegram Bot API: sendPhoto / Sending files (text as reproduced in several library references; one dated 1 Oct 2026)",
                    note="shared with the title",
                ),
                "column_text_max_plain": Limit(
                    4096,
                    "char",
                    source="Telegram Bot API: sendMessage (text as reproduced in python-telegram-bot, teloxide and other library references)",
                ),
                "actions_min": Limit(0, "count", is_documented=False),
                "actions_max": Limit(
                    100,
                    "count",
                    source="python-telegram-bot: telegram.constants, InlineKeyboardMarkupLimit (the library itself calls the value undocumented)",
                    is_documented=False,
                ),
                "actions_equal_count": Limit(False, "bool", is_documented=False),
                "action_label_max": Limit(
                    None,
                    "char",
                    source="Telegram Bot API: InlineKeyboardButton (text as reproduced in grammY and other library references)",
                    note="no length stated",
                ),
                "action_value_max": Limit(
                    64,
                    "byte",
                    source="Telegram Bot API: InlineKeyboardButton (text as reproduced in grammY and other library references)",
                ),
                "url_max": Limit(None, "char", note="no figure found", is_documented=False),
                "action_types": Limit(
                    ("text", "url"),
                    "list",
                    source="Telegram Bot API: InlineKeyboardButton (text as reproduced in grammY and other library references)",
                ),
            },
        ),
        "image_carousel": Native(
            shown_as="none; nearest: media group of 2-10 photos without buttons",
            fit="none",
            fallback="alt_text as text, or single photos (FIRST LINE does not say)",
            limits={
                "alt_text_max": Limit(
                    4096,
                    "char",
                    source="Telegram Bot API: sendMessage (text as reproduced in python-telegram-bot, teloxide and other library references)",
                ),
                "columns_min": Limit(
                    2,
                    "count",
                    source="Telegram Bot API: sendPhoto / Sending files (text as reproduced in several library references; one dated 1 Oct 2026)",
                    note="media group",
                ),
                "columns_max": Limit(
                    10,
                    "count",
                    source="Telegram Bot API: sendPhoto / Sending files (text as reproduced in several library references; one dated 1 Oct 2026)",
                    note="media group",
                ),
                "button_text_max": Limit(
                    None,
                    "char",
                    source="Telegram Bot API: InlineKeyboardButton (text as reproduced in grammY and other library references)",
                    note="no length stated; not possible inside a media group",
                ),
                "badge_text_max": Limit(None, "char", note="no counterpart", is_documented=False),
                "action_value_max": Limit(
                    64,
                    "byte",
                    source="Telegram Bot API: InlineKeyboardButton (text as reproduced in grammY and other library references)",
                ),
                "url_max": Limit(None, "char", note="no figure found", is_documented=False),
                "action_types": Limit(
                    ("text", "url"),
                    "list",
                    source="Telegram Bot API: InlineKeyboardButton (text as reproduced in grammY and other library references)",
                ),
            },
        ),
    },
    image={
        "image_url_max": Limit(None, "char", note="no figure found", is_documented=False),
        "image_max_bytes": Limit(
            5242880,
            "byte",
            source="Telegram Bot API: sendPhoto / Sending files (text as reproduced in several library references; one dated 1 Oct 2026)",
            note="5 MB when fetched from a URL, 10 MB when uploaded",
        ),
        "image_formats": Limit(None, "list", note="no figure found", is_documented=False),
        "image_schemes": Limit(
            ("https", "http"),
            "list",
            source="Telegram Bot API: sendPhoto / Sending files (text as reproduced in several library references; one dated 1 Oct 2026)",
            note="'HTTP URL'",
        ),
        "image_max_width": Limit(
            None,
            "px",
            source="Telegram Bot API: sendPhoto / Sending files (text as reproduced in several library references; one dated 1 Oct 2026)",
            note="width + height at most 10000, ratio at most 20",
        ),
        "image_aspect_ratios": Limit(
            ("any: up to 20:1",),
            "ratio",
            source="Telegram Bot API: sendPhoto / Sending files (text as reproduced in several library references; one dated 1 Oct 2026)",
        ),
    },
    link_schemes=(),
    look={
        "dot-color": "#2aa1da",
        "wallpaper": "light-dark(linear-gradient(165deg, #d3e2ae, #a7cda5 55%, #8fc0b2), linear-gradient(165deg, #17222b, #101a20))",
        "pattern": "radial-gradient(circle at 30% 30%, light-dark(rgb(40 90 60 / .1), rgb(255 255 255 / .05)) .12em, transparent .16em)",
        "head": "light-dark(#ffffff, #1c242b)",
        "head-ink": "light-dark(#1272a8, #7cc4ee)",
        "foot": "light-dark(#ffffff, #1c242b)",
        "foot-ink": "light-dark(#5f6c77, #8c9aa5)",
        "foot-field": "light-dark(#ffffff, #1c242b)",
        "bubble": "light-dark(#ffffff, #223039)",
        "bubble-radius": "1.15em 1.15em 1.15em .35em",
        "mine": "light-dark(#efffde, #2b5278)",
        "mine-ink": "light-dark(#0d1a0a, #ffffff)",
        "mine-radius": "1.15em 1.15em .35em 1.15em",
        "stamp": "#ffffff",
        "stamp-fill": "light-dark(rgb(50 90 60 / .55), rgb(0 0 0 / .4))",
        "time-inside": "inline",
        "avatar": "none",
        "block-gap": ".28em",
        "action": "light-dark(rgb(36 74 50 / .72), rgb(255 255 255 / .14))",
        "action-ink": "#ffffff",
        "action-line": "transparent",
        "action-radius": ".5em",
    },
    remarks=(
        "A bot can write only to people who have started it and have not blocked it.",
        "Recent editions of the Bot API (as reproduced by libraries) let inline buttons carry a style (danger, success, primary); FIRST LINE offers no field for it.",
    ),
    frame=Frame(
        head=("chevron-left", "middle", "face"),
        foot=("list", "field", "mic"),
        field=_("Message"),
        replies="keyboard",
    ),
)
