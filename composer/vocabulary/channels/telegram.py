"""Telegram bots."""

from composer.vocabulary.words import gettext_noop as _

from .channel import Channel, Frame, Native, Scheme
from .figures import chars, count, listed, oblong, octets, pixels, rule, unknown, unverified, utf16

PLACE = 4

SEND_MESSAGE = (
    "Telegram Bot API: sendMessage (text as reproduced in python-telegram-bot, teloxide "
    "and other library references)"
)
LIBRARY = (
    "python-telegram-bot: telegram.constants, InlineKeyboardMarkupLimit (the library "
    "itself calls the value undocumented)"
)
INLINE_BUTTON = (
    "Telegram Bot API: InlineKeyboardButton (text as reproduced in grammY and other "
    "library references)"
)
SEND_PHOTO = (
    "Telegram Bot API: sendPhoto / Sending files (text as reproduced in several library "
    "references; one dated 1 Oct 2026)"
)

SLIDESHOW = (
    "Telegram Bot API changelog: 10.1 of 11 June 2026, sendRichMessage; whether FIRST LINE "
    "uses it is not known"
)

NO_LENGTH = "no length stated"
NO_FIGURE = "no figure found"

CHANNEL = Channel(
    slug="telegram",
    contactable_type="App\\TelegramContact",
    name="Telegram",
    short_name="Telegram",
    counting=(
        "Message and caption length are characters after entities parsing, "
        "counted in UTF-16 code units as entity offsets are (Telegram API: "
        "Styled text with message entities). callback_data is in bytes (UTF-8)."
    ),
    kinds={
        "text": Native(
            shown_as="sendMessage",
            fit="native",
            limits={
                "text_max": utf16(
                    4096, SEND_MESSAGE, note="minimum 1, counted after markup is parsed"
                ),
            },
        ),
        "button": Native(
            shown_as="message with inline keyboard",
            fit="native",
            fallback="phonenumber options have no counterpart",
            limits={
                "explain_text_max": utf16(4096, SEND_MESSAGE),
                "options_min": unverified(count(1)),
                "options_max": unverified(
                    count(100, LIBRARY, note="8 per row, likewise undocumented")
                ),
                "label_max": chars(
                    None,
                    INLINE_BUTTON,
                    note=(
                        "no length stated; long labels are cut with an ellipsis in the client "
                        "(unverified)"
                    ),
                ),
                "value_max": octets(
                    64,
                    INLINE_BUTTON,
                    note=(
                        "callback_data 1-64 bytes = 21 Chinese characters; how FIRST LINE "
                        "carries longer values is not documented"
                    ),
                ),
                "url_max": unknown("char", NO_LENGTH),
                "option_types": listed(
                    "text",
                    "url",
                    source=INLINE_BUTTON,
                    note="url must be HTTP(S) or tg://, so tel: is out",
                ),
            },
        ),
        "quickreply": Native(
            shown_as="reply keyboard (or inline keyboard; FIRST LINE does not say which)",
            fit="partial",
            fallback="url options exist only on inline keyboards",
            guess=_(
                "FIRST LINE does not say whether Telegram gets keys in place of the keyboard or "
                "buttons under the text: drawn as keys. Only buttons can open links."
            ),
            limits={
                "explain_text_max": utf16(4096, SEND_MESSAGE),
                "options_min": unverified(count(1)),
                "options_max": unknown("count", NO_FIGURE),
                "label_max": unknown(
                    "char",
                    (
                        "a reply-keyboard button sends its own label, so label and value cannot"
                        " differ there"
                    ),
                ),
                "value_max": octets(64, INLINE_BUTTON, note="only if an inline keyboard is used"),
                "url_max": unknown("char", NO_FIGURE),
                "option_types": unverified(
                    listed(
                        "text", "url", source=INLINE_BUTTON, note="url only with an inline keyboard"
                    )
                ),
            },
        ),
        "carousel": Native(
            shown_as=(
                "none; nearest: one photo message with caption and inline keyboard per column, or "
                f"a slideshow ({SLIDESHOW})"
            ),
            fit="none",
            fallback="alt_text as text, or one message per column (FIRST LINE does not say)",
            guess=_(
                "Telegram has no carousel. Since June 2026 its bots can send slideshows (Bot API "
                "10.1); whether FIRST LINE uses them is not known. FIRST LINE does not say whether "
                "customers get the alt text or a message for each card: drawn is the alt text."
            ),
            limits={
                "alt_text_max": utf16(4096, SEND_MESSAGE, note="if sent as a text message"),
                "columns_min": unverified(count(1)),
                "columns_max": unknown(
                    "count", "a media group takes 2-10 items but carries no buttons"
                ),
                "title_max": utf16(
                    1024,
                    SEND_PHOTO,
                    note="title and text share one caption of 1024 after entities parsing",
                ),
                "column_text_max": utf16(1024, SEND_PHOTO, note="shared with the title"),
                "column_text_max_plain": utf16(4096, SEND_MESSAGE),
                "actions_min": unverified(count(0)),
                "actions_max": unverified(count(100, LIBRARY)),
                "actions_equal_count": unverified(rule(False)),
                "action_label_max": chars(None, INLINE_BUTTON, note=NO_LENGTH),
                "action_value_max": octets(64, INLINE_BUTTON),
                "url_max": unknown("char", NO_FIGURE),
                "action_types": listed("text", "url", source=INLINE_BUTTON),
            },
        ),
        "image_carousel": Native(
            shown_as=(
                "none; nearest: media group of 2-10 photos without buttons, or a slideshow "
                f"({SLIDESHOW})"
            ),
            fit="none",
            fallback="alt_text as text, or single photos (FIRST LINE does not say)",
            guess=_(
                "Telegram has no image carousel. Since June 2026 its bots can send slideshows (Bot "
                "API 10.1); whether FIRST LINE uses them is not known. FIRST LINE does not say "
                "whether customers get the alt text or the pictures one by one: drawn is the alt "
                "text."
            ),
            limits={
                "alt_text_max": utf16(4096, SEND_MESSAGE),
                "columns_min": count(2, SEND_PHOTO, note="media group"),
                "columns_max": count(10, SEND_PHOTO, note="media group"),
                "button_text_max": chars(
                    None, INLINE_BUTTON, note="no length stated; not possible inside a media group"
                ),
                "badge_text_max": unknown("char", "no counterpart"),
                "action_value_max": octets(64, INLINE_BUTTON),
                "url_max": unknown("char", NO_FIGURE),
                "action_types": listed("text", "url", source=INLINE_BUTTON),
            },
        ),
    },
    image={
        "image_url_max": unknown("char", NO_FIGURE),
        "image_max_bytes": octets(
            5 * 1024 * 1024, SEND_PHOTO, note="5 MB when fetched from a URL, 10 MB when uploaded"
        ),
        "image_formats": unknown("list", NO_FIGURE),
        "image_schemes": listed("https", "http", source=SEND_PHOTO, note="'HTTP URL'"),
        "image_max_width": pixels(
            None, SEND_PHOTO, note="width + height at most 10000, ratio at most 20"
        ),
        "image_max_sides": pixels(10_000, SEND_PHOTO, note="width + height"),
        "image_aspect_ratios": oblong(20, SEND_PHOTO),
    },
    link_schemes={
        "http": Scheme(INLINE_BUTTON),
        "https": Scheme(INLINE_BUTTON),
        "tg": Scheme(INLINE_BUTTON),
    },
    look={
        "dot-color": "#2aa1da",
        "wallpaper": (
            "light-dark(linear-gradient(165deg, #d3e2ae, #a7cda5 55%, #8fc0b2), "
            "linear-gradient(165deg, #17222b, #101a20))"
        ),
        "pattern": (
            "radial-gradient(circle at 30% 30%, light-dark(rgb(40 90 60 / .1), rgb(255 255 255 / "
            ".05)) .12em, transparent .16em)"
        ),
        "head": "light-dark(#ffffff, #1c242b)",
        "head-ink": "light-dark(#1272a8, #7cc4ee)",
        "foot": "light-dark(#ffffff, #1c242b)",
        "foot-ink": "light-dark(#5f6c77, #8c9aa5)",
        "foot-field": "light-dark(#ffffff, #1c242b)",
        "bubble": "light-dark(#ffffff, #223039)",
        "bubble-radius": "1.1em 1.1em 1.1em .35em",
        "bubble-text": "1.05em",
        "tail": '""',
        "tail-at": "auto auto 0 -.4em",
        "tail-shape": "polygon(100% 0, 100% 100%, 0 100%, 45% 82%, 72% 45%)",
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
        "action-lines": "nowrap",
        "action-opens": "block",
        "action-radius": ".5em",
        "keys": "light-dark(#dfe4e9, #151e26)",
        "key": "light-dark(#ffffff, #2a3a47)",
        "key-ink": "light-dark(#15202a, #ffffff)",
    },
    remarks=(
        "A bot can write only to people who have started it and have not blocked it.",
        "Recent editions of the Bot API (as reproduced by libraries) let inline buttons carry"
        " a style (danger, success, primary); FIRST LINE offers no field for it.",
    ),
    frame=Frame(
        head=("chevron-left", "middle", "face"),
        foot=("list", "field", "mic"),
        field=_("Message"),
        replies="keyboard",
    ),
)
