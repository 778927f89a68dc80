"""Facebook Messenger."""

from composer.vocabulary.words import gettext_noop as _

from .channel import Channel, Frame, Native, Scheme
from .figures import chars, count, listed, octets, rule, shapes, unknown, unverified

PLACE = 2

SEND_API = (
    "Meta, Send API reference, sentence quoted in several third-party SDKs; the page "
    "itself was not available"
)
BUTTON_TEMPLATE = "Meta, Messenger Platform: Button template (updated 22 Apr 2026)"
BUTTONS = "Meta, Messenger Platform: Buttons (updated 22 Apr 2026)"
POSTBACK = (
    "Meta, Messenger Platform: Postback button reference (crawled copy in a public repository)"
)
POSTBACK_AND_BUTTONS = f"{POSTBACK}; {BUTTONS}"
QUICK_REPLIES = "Meta, Messenger Platform: Quick replies (current documentation tree)"
GENERIC_TEMPLATE = "Meta, Messenger Platform: Generic template (current documentation tree)"
ASSETS = "Meta, Messenger Platform: Saving assets (updated 22 Apr 2026)"
OLDER_TEMPLATE = "Meta, Generic Template reference, older edition as quoted in two third-party SDKs"
WOZTELL = "WOZTELL: Facebook Button Types (third party)"
PHONE_BUTTON = (
    "phone numbers go into a phone_number button, not into a tel: link (Meta, Messenger "
    "Platform: Buttons)"
)

NO_LENGTH = "no length stated"

CHANNEL = Channel(
    slug="facebook",
    contactable_type="App\\FbContact",
    name="Facebook Messenger",
    short_name="Messenger",
    counting=(
        "'characters' of UTF-8 text; Meta does not define the unit. Treat as "
        "UTF-16 code units or code points and keep a margin for emoji."
    ),
    kinds={
        "text": Native(
            shown_as="text message",
            fit="native",
            limits={
                "text_max": chars(2000, SEND_API, note="marketing text templates: 640"),
            },
        ),
        "button": Native(
            shown_as="button template",
            fit="native",
            limits={
                "explain_text_max": chars(640, BUTTON_TEMPLATE),
                "options_min": count(1, BUTTON_TEMPLATE),
                "options_max": count(3, BUTTON_TEMPLATE),
                "label_max": chars(20, POSTBACK_AND_BUTTONS),
                "value_max": chars(1000, POSTBACK, note="postback payload"),
                "url_max": unknown("char", "Meta states no length for button URLs"),
                "option_types": listed(
                    "text",
                    "url",
                    "phonenumber",
                    source=BUTTONS,
                    note="web_url, postback, phone_number",
                ),
            },
        ),
        "quickreply": Native(
            shown_as="text message with quick_replies",
            fit="partial",
            fallback="url options have no counterpart",
            limits={
                "explain_text_max": unverified(
                    chars(
                        2000, SEND_API, note="must be non-empty; the text limit is assumed to apply"
                    )
                ),
                "options_min": unverified(count(1)),
                "options_max": count(13, QUICK_REPLIES),
                "label_max": chars(20, QUICK_REPLIES),
                "value_max": chars(1000, QUICK_REPLIES, note="payload"),
                "url_max": chars(
                    None,
                    QUICK_REPLIES,
                    note="not applicable: content types are text, user_phone_number, user_email",
                ),
                "option_types": listed("text", source=QUICK_REPLIES),
            },
        ),
        "carousel": Native(
            shown_as="generic template with several elements",
            fit="native",
            needs=("title",),
            guess=_(
                "Messenger no longer says the shape of a card's picture: drawn at 1.91:1, its "
                "earlier default."
            ),
            limits={
                "alt_text_max": chars(
                    None, GENERIC_TEMPLATE, note="no alternative text in the template"
                ),
                "columns_min": unverified(count(1)),
                "columns_max": count(10, GENERIC_TEMPLATE),
                "title_max": chars(80, GENERIC_TEMPLATE, note="title is required by the platform"),
                "column_text_max": chars(80, GENERIC_TEMPLATE, note="subtitle"),
                "column_text_max_plain": chars(80, GENERIC_TEMPLATE),
                "actions_min": count(0, GENERIC_TEMPLATE, note="buttons are optional"),
                "actions_max": count(3, GENERIC_TEMPLATE),
                "actions_equal_count": unverified(rule(False, note="no such rule stated")),
                "action_label_max": chars(20, POSTBACK),
                "action_value_max": chars(1000, POSTBACK),
                "url_max": unknown("char", NO_LENGTH),
                "action_types": listed("text", "url", "phonenumber", source=BUTTONS),
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
                "Messenger has no image carousel: drawn as square cards. What FIRST LINE makes of "
                "it is not documented."
            ),
            limits={
                "alt_text_max": chars(None, GENERIC_TEMPLATE, note="no alternative text"),
                "columns_min": unverified(count(1)),
                "columns_max": count(10, GENERIC_TEMPLATE),
                "button_text_max": chars(20, POSTBACK),
                "badge_text_max": unknown("char", "no counterpart"),
                "action_value_max": chars(1000, POSTBACK),
                "url_max": unknown("char", NO_LENGTH),
                "action_types": listed("text", "url", source=BUTTONS),
            },
        ),
    },
    image={
        "image_url_max": unknown("char", NO_LENGTH),
        "image_max_bytes": octets(
            8 * 1024 * 1024,
            ASSETS,
            note=(
                "8 MB for pictures fetched from a URL, 25 MB for uploads; stated for "
                "attachments, not for template pictures"
            ),
        ),
        "image_formats": unverified(listed("jpeg", "png", "gif")),
        "image_schemes": unverified(listed("https", "http")),
        "image_max_width": unknown("px", "no figure found"),
        "image_aspect_ratios": shapes(
            {"carousel": ((1.91, 1), (1, 1))},
            OLDER_TEMPLATE,
            note="default 1.91:1; the current page no longer lists image_aspect_ratio",
        ),
    },
    link_schemes={
        "https": Scheme(BUTTON_TEMPLATE),
        "http": Scheme(WOZTELL, is_documented=False),
        "tel": Scheme(PHONE_BUTTON, is_documented=False),
    },
    look={
        "day-clock": "inline",
        "dot-color": "#0084ff",
        "head": "light-dark(#ffffff, #17181b)",
        "head-ink": "light-dark(#0a66d6, #6ab0ff)",
        "foot": "light-dark(#ffffff, #17181b)",
        "foot-ink": "light-dark(#0a66d6, #6ab0ff)",
        "foot-field": "light-dark(#f0f0f0, #2c2d31)",
        "bubble": "light-dark(#f0f0f0, #303136)",
        "bubble-ink": "light-dark(#050505, #f1f1f2)",
        "bubble-radius": "1.25em",
        "mine": "#0070e0",
        "mine-radius": "1.25em",
        "block": "light-dark(#f0f0f0, #303136)",
        "block-radius": "1.25em",
        "block-gap": "0",
        "action": "light-dark(#e2e4e8, #43454b)",
        "action-ink": "light-dark(#0a0a0a, #f1f1f2)",
        "action-line": "transparent",
        "action-radius": ".6em",
        "action-pad": ".3em .5em .5em",
        "card-radius": "1.25em",
        "chip": "transparent",
        "chip-ink": "light-dark(#0a66d6, #6ab0ff)",
        "chip-line": "light-dark(#0a7cff, #6ab0ff)",
        "card-pad": "0 .5em .5em",
        "card-width": "16.8em",
        "picture-ratio": "1.91",
        "avatar-size": "1.9em",
    },
    remarks=(
        "Replies are free only inside 24 hours of the person's last message; after that a tag"
        " is needed (human agent: up to 7 days). FIRST LINE's handling is not documented.",
        "Quick replies vanish after one is tapped and its title is posted as the person's message.",
        "Phone numbers: '+' prefix, country code, no spaces (WOZTELL: Facebook Button Types).",
        "Meta advises against a single callback button and against URLs on every button.",
    ),
    frame=Frame(
        head=("chevron-left", "face", "name", "telephone", "camera-video"),
        foot=("plus-circle", "camera", "field", "emoji-smile"),
        field="Aa",
        options="inside",
    ),
)
