"""Instagram direct messages."""

from composer.vocabulary.words import gettext_noop as _

from .channel import Channel, Frame, Native, Scheme
from .figures import chars, count, listed, octets, rule, unknown, unverified

PLACE = 3

SEND = "Meta, Instagram Messaging: Send a Message (official page; mirror dated 24 Jun 2026)"
BUTTON_TEMPLATE = "Meta, Instagram Messaging: Button Template (updated 1 Apr 2026)"
POSTBACK = (
    "Meta, Messenger Platform: Postback button reference (crawled copy in a public repository)"
)
QUICK_REPLIES = "Meta, Instagram Platform: Quick Replies"
WOZTELL = "WOZTELL: Message Types for Instagram (third party)"
GENERIC_TEMPLATE = (
    "Gupshup: Instagram Features and Limitations, quoting Meta's Generic Template "
    "properties; Meta, Instagram Messaging: Generic Template (updated 1 Apr 2026)"
)
UPLOAD = "Meta, Instagram Messaging: attachment upload / Send a Message"

NO_FIGURE = "no figure found"

CHANNEL = Channel(
    slug="instagram",
    contactable_type="App\\IgContact",
    name="Instagram",
    short_name="Instagram",
    counting=(
        "UTF-8 bytes for text messages (1,000 bytes: 333 Chinese characters); "
        "'characters' elsewhere, unit undefined. The same page's limitation "
        "list says 'less than 1000 characters'; the byte figure is the stricter"
        " one."
    ),
    kinds={
        "text": Native(
            shown_as="text message",
            fit="native",
            limits={
                "text_max": octets(1000, SEND),
            },
        ),
        "button": Native(
            shown_as="button template",
            fit="native",
            fallback="phonenumber options have no counterpart",
            limits={
                "explain_text_max": chars(640, BUTTON_TEMPLATE),
                "options_min": count(1, BUTTON_TEMPLATE),
                "options_max": count(3, BUTTON_TEMPLATE),
                "label_max": unverified(
                    chars(
                        20,
                        POSTBACK,
                        note="the Instagram page refers to the Messenger button reference",
                    )
                ),
                "value_max": unverified(chars(1000, POSTBACK, note="as above")),
                "url_max": unknown("char", "no length stated"),
                "option_types": listed(
                    "text", "url", source=BUTTON_TEMPLATE, note="web_url and postback only"
                ),
            },
        ),
        "quickreply": Native(
            shown_as="text message with quick_replies",
            fit="partial",
            fallback="url options have no counterpart",
            limits={
                "explain_text_max": unverified(
                    octets(1000, SEND, note="text limit assumed to apply")
                ),
                "options_min": unverified(count(1)),
                "options_max": count(13, QUICK_REPLIES),
                "label_max": chars(20, QUICK_REPLIES, note="longer titles are truncated"),
                "value_max": unverified(chars(1000, WOZTELL, note="payload")),
                "url_max": chars(None, QUICK_REPLIES, note="not applicable: plain text only"),
                "option_types": listed("text", source=QUICK_REPLIES),
            },
        ),
        "carousel": Native(
            shown_as="generic template with several elements",
            fit="native",
            needs=("title",),
            guess=_(
                "The shape of a card's picture on Instagram is not documented: drawn as on "
                "Messenger."
            ),
            limits={
                "alt_text_max": unknown("char", "no alternative text in the template"),
                "columns_min": unverified(count(1)),
                "columns_max": count(10, GENERIC_TEMPLATE),
                "title_max": chars(
                    80, GENERIC_TEMPLATE, note="title required, plus at least one further property"
                ),
                "column_text_max": chars(80, GENERIC_TEMPLATE),
                "column_text_max_plain": chars(80, GENERIC_TEMPLATE),
                "actions_min": count(0, GENERIC_TEMPLATE),
                "actions_max": count(3, GENERIC_TEMPLATE),
                "actions_equal_count": unverified(rule(False, note="no such rule stated")),
                "action_label_max": unverified(chars(20, POSTBACK)),
                "action_value_max": unverified(chars(1000, POSTBACK)),
                "url_max": unknown("char", NO_FIGURE),
                "action_types": listed("text", "url", source=GENERIC_TEMPLATE),
            },
        ),
        "image_carousel": Native(
            shown_as=(
                "generic template used as picture cards (needs a title; no colours, no badge)"
            ),
            fit="partial",
            fallback="FIRST LINE's choice, not documented",
            drops=("badge", "colors"),
            guess=_(
                "Instagram has no image carousel: drawn as square cards. What FIRST LINE makes of "
                "it is not documented."
            ),
            limits={
                "alt_text_max": unknown("char", "no alternative text"),
                "columns_min": unverified(count(1)),
                "columns_max": count(10, GENERIC_TEMPLATE),
                "button_text_max": unverified(chars(20, POSTBACK)),
                "badge_text_max": unknown("char", "no counterpart"),
                "action_value_max": unverified(chars(1000, POSTBACK)),
                "url_max": unknown("char", NO_FIGURE),
                "action_types": listed("text", "url", source=GENERIC_TEMPLATE),
            },
        ),
    },
    image={
        "image_url_max": unknown("char", NO_FIGURE),
        "image_max_bytes": octets(
            8 * 1024 * 1024, UPLOAD, note="8 MB; stated for attachments, not for template pictures"
        ),
        "image_formats": listed(
            "jpeg", "png", source=UPLOAD, note="the upload page also lists gif"
        ),
        "image_schemes": unverified(listed("https")),
        "image_max_width": unknown("px", NO_FIGURE),
        "image_aspect_ratios": unknown("ratio", NO_FIGURE),
    },
    link_schemes={
        "https": Scheme(BUTTON_TEMPLATE),
        "http": Scheme(is_documented=False),
    },
    look={
        "day-clock": "inline",
        "dot-color": "#d6317f",
        "wallpaper": "light-dark(#ffffff, #0c0d10)",
        "head": "light-dark(#ffffff, #0c0d10)",
        "head-ink": "light-dark(#101114, #f4f4f5)",
        "foot": "light-dark(#ffffff, #0c0d10)",
        "foot-ink": "light-dark(#3b3d42, #d6d7da)",
        "foot-field": "light-dark(#efefef, #25262a)",
        "bubble": "light-dark(#efefef, #26272b)",
        "bubble-radius": "1.5em",
        "mine": "linear-gradient(160deg, #8a3ff0, #3b6df5)",
        "mine-radius": "1.5em",
        "block": "light-dark(#efefef, #26272b)",
        "block-radius": "1.5em",
        "block-gap": "0",
        "action-ink": "light-dark(#101114, #f4f4f5)",
        "action-line": "transparent",
        "action-rule": "light-dark(#d9d9d9, #3b3d43)",
        "action-radius": "0",
        "card-radius": "1.4em",
        "action-gap": "0",
        "card-pad": "0",
        "card-lead": "0",
        "card-width": "16.8em",
        "picture-ratio": "1.91",
        "avatar-size": "1.9em",
        "chip-ink": "light-dark(#101114, #f4f4f5)",
        "chip-line": "light-dark(#d0d1d5, #4a4c53)",
    },
    remarks=(
        "Quick replies, button template and generic template are not shown in the web/desktop"
        " client (Meta pages of each feature).",
        "The conversation must be opened by the customer; 24-hour window, human-agent tag up "
        "to 7 days.",
    ),
    frame=Frame(
        head=("chevron-left", "face", "name", "telephone", "camera-video"),
        foot=("camera", "field", "mic", "image"),
        field=_("Message…"),
        options="inside",
    ),
)
