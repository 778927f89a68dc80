"""LINE Official Account."""

from composer.vocabulary.words import gettext_noop as _

from .channel import Channel, Frame, Limit, Native

PLACE = 1

CHANNEL = Channel(
    slug="line",
    contactable_type="App\\LineContact",
    name="LINE OA",
    short_name="LINE",
    kinds={
        "text": Native(
            shown_as="text message",
            fit="native",
            limits={
                "text_max": Limit(
                    5000,
                    "utf16",
                    source="LINE Messaging API reference: Text message / Text message (v2); news item 'Messaging API update for May 2020'",
                ),
            },
        ),
        "button": Native(
            shown_as="buttons template (alternative: Flex bubble)",
            fit="native",
            fallback="altText on clients and notifications",
            limits={
                "explain_text_max": Limit(
                    160,
                    "grapheme",
                    source="LINE Messaging API reference: Template messages; unit: LINE Developers: Character counting in a text",
                    note="160 without picture or title (FIRST LINE's button type has neither); 60 otherwise. A Flex bubble would not have this limit",
                ),
                "options_min": Limit(
                    1,
                    "count",
                    note="actions is required; no minimum is stated",
                    is_documented=False,
                ),
                "options_max": Limit(
                    4, "count", source="LINE Messaging API reference: Template messages"
                ),
                "label_max": Limit(
                    20,
                    "grapheme",
                    source="LINE Messaging API reference: Specifications of the label (table as reproduced in an open-source validator; same figures in a third-party SDK's reference comments); unit: LINE Developers: Character counting in a text",
                    note="40 if a Flex button is used",
                ),
                "value_max": Limit(
                    300,
                    "grapheme",
                    source="LINE Messaging API reference: Message action; unit: LINE Developers: Character counting in a text",
                    note="300 as well for postback data",
                ),
                "url_max": Limit(1000, "utf16", source="LINE Messaging API reference: URI action"),
                "option_types": Limit(
                    ("text", "url", "phonenumber"),
                    "list",
                    source="LINE Messaging API reference: URI action",
                    note="phone number through the tel: scheme",
                ),
            },
        ),
        "quickreply": Native(
            shown_as="text message with quickReply items",
            fit="native",
            fallback="the text alone on desktop clients",
            limits={
                "explain_text_max": Limit(
                    5000,
                    "utf16",
                    source="LINE Messaging API reference: Text message / Text message (v2); news item 'Messaging API update for May 2020'",
                    note="the carrier is an ordinary text message",
                ),
                "options_min": Limit(1, "count", note="no minimum stated", is_documented=False),
                "options_max": Limit(
                    13,
                    "count",
                    source="LINE OpenAPI definition (messaging-api): QuickReply; LINE Developers: Using quick replies (Japanese edition)",
                ),
                "label_max": Limit(
                    20,
                    "grapheme",
                    source="LINE Messaging API reference: Specifications of the label (table as reproduced in an open-source validator; same figures in a third-party SDK's reference comments); unit: LINE Developers: Character counting in a text",
                ),
                "value_max": Limit(
                    300,
                    "grapheme",
                    source="LINE Messaging API reference: Message action; unit: LINE Developers: Character counting in a text",
                ),
                "url_max": Limit(1000, "utf16", source="LINE Messaging API reference: URI action"),
                "option_types": Limit(
                    ("text", "url"),
                    "list",
                    source="LINE bot SDK for Node.js: type definitions (TemplateImageColumn, QuickReplyItem, URIAction)",
                    note="URI action is among the actions a quick reply may carry",
                ),
            },
        ),
        "carousel": Native(
            shown_as="carousel template (alternative: Flex carousel, 12 bubbles)",
            fit="native",
            fallback="altText",
            limits={
                "alt_text_max": Limit(
                    1500,
                    "utf16",
                    source="LINE Messaging API reference: Template messages",
                    note="was 400 in older editions",
                ),
                "columns_min": Limit(1, "count", note="no minimum stated", is_documented=False),
                "columns_max": Limit(
                    10, "count", source="LINE Messaging API reference: Template messages"
                ),
                "title_max": Limit(
                    40,
                    "grapheme",
                    source="LINE Messaging API reference: Template messages; unit: LINE Developers: Character counting in a text",
                ),
                "column_text_max": Limit(
                    60,
                    "grapheme",
                    source="LINE Messaging API reference: Template messages; unit: LINE Developers: Character counting in a text",
                    note="with picture or title",
                ),
                "column_text_max_plain": Limit(
                    120,
                    "grapheme",
                    source="LINE Messaging API reference: Template messages; unit: LINE Developers: Character counting in a text",
                    note="no picture and no title",
                ),
                "actions_min": Limit(
                    1, "count", note="actions is required; no minimum stated", is_documented=False
                ),
                "actions_max": Limit(
                    3, "count", source="LINE Messaging API reference: Template messages"
                ),
                "actions_equal_count": Limit(
                    True,
                    "bool",
                    source="LINE Messaging API reference: Template messages",
                    note="same number of actions in every column; a picture or a title in one column means one in all",
                ),
                "action_label_max": Limit(
                    20,
                    "grapheme",
                    source="LINE Messaging API reference: Specifications of the label (table as reproduced in an open-source validator; same figures in a third-party SDK's reference comments); unit: LINE Developers: Character counting in a text",
                ),
                "action_value_max": Limit(
                    300, "grapheme", source="LINE Messaging API reference: Message action"
                ),
                "url_max": Limit(1000, "utf16", source="LINE Messaging API reference: URI action"),
                "action_types": Limit(
                    ("text", "url"), "list", source="LINE Messaging API reference: URI action"
                ),
            },
        ),
        "image_carousel": Native(
            shown_as="image carousel template (its colours and badge have no counterpart there; a Flex carousel could show both, so FIRST LINE may build that)",
            fit="partial",
            fallback="altText",
            limits={
                "alt_text_max": Limit(
                    1500, "utf16", source="LINE Messaging API reference: Template messages"
                ),
                "columns_min": Limit(1, "count", note="no minimum stated", is_documented=False),
                "columns_max": Limit(
                    10,
                    "count",
                    source="LINE Messaging API reference: Template messages",
                    note="12 bubbles if a Flex carousel is used",
                ),
                "button_text_max": Limit(
                    12,
                    "grapheme",
                    source="LINE Messaging API reference: Specifications of the label (table as reproduced in an open-source validator; same figures in a third-party SDK's reference comments); unit: LINE Developers: Character counting in a text",
                    note="label is optional here; 40 if a Flex button is used",
                ),
                "badge_text_max": Limit(
                    None, "char", note="no counterpart in the template", is_documented=False
                ),
                "action_value_max": Limit(
                    300, "grapheme", source="LINE Messaging API reference: Message action"
                ),
                "url_max": Limit(1000, "utf16", source="LINE Messaging API reference: URI action"),
                "action_types": Limit(
                    ("text", "url"),
                    "list",
                    source="LINE Messaging API reference: Template messages",
                    note="the template requires an action per column: action.type null has no counterpart",
                ),
            },
        ),
    },
    image={
        "image_url_max": Limit(
            2000, "utf16", source="LINE Messaging API reference: Template messages"
        ),
        "image_max_bytes": Limit(
            10485760,
            "byte",
            source="LINE Messaging API reference: Template messages",
            note="written as 10 MB; 1 MB or less recommended",
        ),
        "image_formats": Limit(
            ("jpeg", "png"), "list", source="LINE Messaging API reference: Template messages"
        ),
        "image_schemes": Limit(
            ("https",),
            "list",
            source="LINE Messaging API reference: Template messages",
            note="TLS 1.2 or later",
        ),
        "image_max_width": Limit(
            1024, "px", source="LINE Messaging API reference: Template messages"
        ),
        "image_aspect_ratios": Limit(
            ("carousel: 1.51:1, 1:1", "image_carousel: 1:1"),
            "ratio",
            source="LINE Messaging API reference: Template messages",
            note="carousel default is 1.51:1 with cover cropping",
        ),
    },
    link_schemes=(),
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
    },
    remarks=(
        "Quick replies are shown on LINE for iOS and Android only (LINE Developers: Using quick replies).",
        "Lower part of the template text is cut when it does not fit the fixed card height, even inside the character limit (LINE bot SDK for Node.js: type definitions).",
        "URLs must be percent-encoded as UTF-8.",
        "A push counts against the Official Account's message quota (FIRST LINE page: LINE 訊息費用怎麼算).",
    ),
    frame=Frame(
        head=("chevron-left", "name", "search", "telephone", "list"),
        foot=("plus-lg", "camera", "field", "mic"),
        field=_("Enter a message"),
        options="inside",
        pictures="label",
    ),
)
