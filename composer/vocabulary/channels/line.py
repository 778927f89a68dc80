"""LINE Official Account."""

from composer.vocabulary.words import gettext_noop as _

from .channel import Channel, Frame, Native, Scheme
from .figures import (
    codepoints,
    count,
    encoded,
    graphemes,
    listed,
    octets,
    pixels,
    rule,
    shapes,
    unknown,
    unverified,
    utf16,
)

PLACE = 1

COUNTING = "LINE Developers: Character counting in a text"
TEXT = (
    "LINE Messaging API reference: Text message / Text message (v2); news item 'Messaging"
    " API update for May 2020'"
)
TEMPLATES = "LINE Messaging API reference: Template messages"
TEMPLATE_TEXT = f"{TEMPLATES}; unit: {COUNTING}"
# The page says graphemes; what has more code points than the figure was seen to be refused.
REFUSED_BY_CODE_POINTS = "refused when seen by code points (public reports, July 2026)"
LABELS = (
    "LINE Messaging API reference: Specifications of the label (table as reproduced in an"
    " open-source validator; same figures in a third-party SDK's reference comments); "
    f"unit: {COUNTING}; {REFUSED_BY_CODE_POINTS}"
)
MESSAGE_ACTION = f"LINE Messaging API reference: Message action; {REFUSED_BY_CODE_POINTS}"
MESSAGE_ACTION_TEXT = (
    f"LINE Messaging API reference: Message action; unit: {COUNTING}; {REFUSED_BY_CODE_POINTS}"
)
URI_ACTION = "LINE Messaging API reference: URI action"
QUICK_REPLY = (
    "LINE OpenAPI definition (messaging-api): QuickReply; LINE Developers: Using quick "
    "replies (Japanese edition)"
)
SDK_TYPES = (
    "LINE bot SDK for Node.js: type definitions (TemplateImageColumn, QuickReplyItem, URIAction)"
)

APK = "LINE Messaging API: links that end in .apk are refused"
FLEX_SIZES = "LINE Messaging API reference: Flex Message, sizes of a bubble and of a carousel"

ENCODED = "counted after percent-encoding as UTF-8: a Chinese character is nine"
IF_FLEX = "only if FIRST LINE builds a Flex message, which is not documented"
NO_MINIMUM = "no minimum stated"

CHANNEL = Channel(
    slug="line",
    contactable_type="App\\LineContact",
    name="LINE OA",
    short_name="LINE",
    counting=(
        "UTF-16 code units in general; grapheme clusters for every action "
        "label, message-action text, postback text/displayText, and title/text "
        "of buttons and carousel templates (LINE Developers: Character counting"
        " in a text). altText, URLs and plain text messages stay in UTF-16 code"
        " units."
    ),
    kinds={
        "text": Native(
            shown_as="text message",
            fit="native",
            limits={
                "text_max": utf16(5000, TEXT),
            },
        ),
        "button": Native(
            shown_as="buttons template (alternative: Flex bubble)",
            fit="native",
            fallback="altText on clients and notifications",
            guess=_(
                "Where LINE cuts the text is not documented: drawn at five lines, which 160 "
                "narrow characters fill."
            ),
            limits={
                "flex_max_bytes": unverified(octets(30 * 1024, FLEX_SIZES, note=IF_FLEX)),
                "explain_text_max": graphemes(
                    160,
                    TEMPLATE_TEXT,
                    note=(
                        "160 without picture or title (FIRST LINE's button type has neither); "
                        "60 otherwise. A Flex bubble would not have this limit"
                    ),
                ),
                "options_min": unverified(
                    count(1, note="actions is required; no minimum is stated")
                ),
                "options_max": count(4, TEMPLATES),
                "label_max": codepoints(20, LABELS, note="40 if a Flex button is used"),
                "value_max": codepoints(
                    300, MESSAGE_ACTION_TEXT, note="300 as well for postback data"
                ),
                "url_max": encoded(1000, URI_ACTION, note=ENCODED),
                "link_endings_refused": listed("apk", source=APK),
                "option_types": listed(
                    "text",
                    "url",
                    "phonenumber",
                    source=URI_ACTION,
                    note="phone number through the tel: scheme",
                ),
            },
        ),
        "quickreply": Native(
            shown_as="text message with quickReply items",
            fit="native",
            fallback="the text alone on desktop clients",
            limits={
                "explain_text_max": utf16(
                    5000, TEXT, note="the carrier is an ordinary text message"
                ),
                "options_min": unverified(count(1, note=NO_MINIMUM)),
                "options_max": count(13, QUICK_REPLY),
                "label_max": codepoints(20, LABELS),
                "value_max": codepoints(300, MESSAGE_ACTION_TEXT),
                "url_max": encoded(1000, URI_ACTION, note=ENCODED),
                "link_endings_refused": listed("apk", source=APK),
                "option_types": listed(
                    "text",
                    "url",
                    source=SDK_TYPES,
                    note="URI action is among the actions a quick reply may carry",
                ),
            },
        ),
        "carousel": Native(
            shown_as="carousel template (alternative: Flex carousel, 12 bubbles)",
            fit="native",
            fallback="altText",
            notifies_alt_text=True,
            guess=_(
                "Where LINE cuts a card is not documented: drawn at four lines of title and text, "
                "which 40 and 60 narrow characters fill."
            ),
            limits={
                "flex_max_bytes": unverified(octets(50 * 1024, FLEX_SIZES, note=IF_FLEX)),
                "alt_text_max": utf16(1500, TEMPLATES, note="was 400 in older editions"),
                "columns_min": unverified(count(1, note=NO_MINIMUM)),
                "columns_max": count(10, TEMPLATES),
                "title_max": graphemes(40, TEMPLATE_TEXT),
                "column_text_max": graphemes(60, TEMPLATE_TEXT, note="with picture or title"),
                "column_text_max_plain": graphemes(
                    120, TEMPLATE_TEXT, note="no picture and no title"
                ),
                "actions_min": unverified(count(1, note="actions is required; no minimum stated")),
                "actions_max": count(3, TEMPLATES),
                "actions_equal_count": rule(
                    True,
                    TEMPLATES,
                    note=(
                        "same number of actions in every column; a picture or a title in one "
                        "column means one in all"
                    ),
                ),
                "action_label_max": codepoints(20, LABELS),
                "action_value_max": codepoints(300, MESSAGE_ACTION),
                "url_max": encoded(1000, URI_ACTION, note=ENCODED),
                "link_endings_refused": listed("apk", source=APK),
                "action_types": listed("text", "url", source=URI_ACTION),
            },
        ),
        "image_carousel": Native(
            shown_as=(
                "image carousel template (its colours and badge have no counterpart "
                "there; a Flex carousel could show both, so FIRST LINE may build that)"
            ),
            fit="partial",
            fallback="altText",
            notifies_alt_text=True,
            needs=("action",),
            drops=("badge", "colors"),
            guess=_(
                "FIRST LINE may build cards of its own for LINE, with colours and badges: drawn "
                "is LINE's own image carousel."
            ),
            limits={
                "flex_max_bytes": unverified(octets(50 * 1024, FLEX_SIZES, note=IF_FLEX)),
                "alt_text_max": utf16(1500, TEMPLATES),
                "columns_min": unverified(count(1, note=NO_MINIMUM)),
                "columns_max": count(10, TEMPLATES, note="12 bubbles if a Flex carousel is used"),
                "button_text_max": codepoints(
                    12, LABELS, note="label is optional here; 40 if a Flex button is used"
                ),
                "badge_text_max": unknown("char", "no counterpart in the template"),
                "action_value_max": codepoints(300, MESSAGE_ACTION),
                "url_max": encoded(1000, URI_ACTION, note=ENCODED),
                "link_endings_refused": listed("apk", source=APK),
                "action_types": listed(
                    "text",
                    "url",
                    source=TEMPLATES,
                    note=(
                        "the template requires an action per column: action.type null has no "
                        "counterpart"
                    ),
                ),
            },
        ),
    },
    image={
        "image_url_max": encoded(2000, TEMPLATES, note=ENCODED),
        "image_max_bytes": octets(
            10 * 1024 * 1024, TEMPLATES, note="written as 10 MB; 1 MB or less recommended"
        ),
        "image_formats": listed("jpeg", "png", source=TEMPLATES),
        "image_schemes": listed("https", source=TEMPLATES, note="TLS 1.2 or later"),
        "image_max_width": pixels(1024, TEMPLATES),
        "image_aspect_ratios": shapes(
            {"carousel": ((1.51, 1), (1, 1)), "image_carousel": ((1, 1),)},
            TEMPLATES,
            note="carousel default is 1.51:1 with cover cropping",
        ),
    },
    link_schemes={
        "http": Scheme(URI_ACTION),
        "https": Scheme(URI_ACTION),
        "line": Scheme(URI_ACTION),
        "tel": Scheme(URI_ACTION),
    },
    look={
        "dot-color": "#06c755",
        "wallpaper": "light-dark(#8cabd8, #1b222c)",
        "head": "light-dark(#8cabd8, #1b222c)",
        "head-ink": "light-dark(#101318, #eef1f5)",
        "foot": "light-dark(#ffffff, #15181c)",
        "foot-ink": "light-dark(#3c4048, #c0c5cd)",
        "foot-field": "light-dark(#f2f3f5, #2a2e35)",
        "bubble": "light-dark(#ffffff, #33383f)",
        "bubble-ink": "light-dark(#111111, #f0f1f3)",
        "bubble-radius": "1.2em",
        "tail": '""',
        "mine": "light-dark(#8de055, #2f7a22)",
        "mine-ink": "light-dark(#10220a, #ffffff)",
        "mine-radius": "1.2em",
        "stamp": "light-dark(#1f3454, #b6c0cf)",
        "stamp-fill": "light-dark(rgb(40 70 115 / .14), rgb(255 255 255 / .07))",
        "name": "block",
        "time-outside": "block",
        "avatar-align": "start",
        "block": "light-dark(#ffffff, #2a2f36)",
        "block-radius": "1em",
        "block-gap": "0",
        "action-ink": "light-dark(#42659a, #8fb4ea)",
        "action-line": "transparent",
        "action-rule": "light-dark(#e6e6e6, #3d434c)",
        "action-radius": "0",
        "action-height": "2.9em",
        "card": "light-dark(#ffffff, #2a2f36)",
        "card-line": "transparent",
        "card-radius": "1em",
        "card-ink": "light-dark(#111111, #f0f1f3)",
        "card-ink-2": "light-dark(#666666, #b3b9c2)",
        "chip": "light-dark(#ffffff, #2a2f36)",
        "chip-ink": "light-dark(#1b6fe0, #9dc3ff)",
        "chip-line": "transparent",
        "action-gap": "0",
        "action-lines": "nowrap",
        "card-pad": "0",
        "card-width": "17.3em",
        "card-lines": "4",
        "offer-lines": "5",
    },
    cost_hint=_(
        "Each message counts against this month's LINE quota; what goes beyond it is charged. "
        "How much is left, LINE's own manager shows."
    ),
    remarks=(
        "Quick replies are shown on LINE for iOS and Android only (LINE Developers: Using "
        "quick replies).",
        "Lower part of the template text is cut when it does not fit the fixed card height, "
        "even inside the character limit (LINE bot SDK for Node.js: type definitions).",
        "URLs must be percent-encoded as UTF-8.",
        "A push counts against the Official Account's message quota (FIRST LINE page: LINE "
        "訊息費用怎麼算).",
    ),
    frame=Frame(
        head=("chevron-left", "name", "search", "telephone", "list"),
        foot=("plus-lg", "camera", "field", "mic"),
        field=_("Enter a message"),
        options="inside",
        pictures="label",
    ),
)
