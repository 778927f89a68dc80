"""Instagram direct messages."""

from composer.vocabulary.words import gettext_noop as _

from .channel import Channel, Frame, Limit, Native

PLACE = 3

CHANNEL = Channel(
    slug="instagram",
    contactable_type="App\\IgContact",
    name="Instagram",
    short_name="Instagram",
    kinds={
        "text": Native(
            shown_as="text message",
            fit="native",
            limits={
                "text_max": Limit(
                    1000,
                    "byte",
                    source="Meta, Instagram Messaging: Send a Message (official page; mirror dated 24 Jun 2026)",
                ),
            },
        ),
        "button": Native(
            shown_as="button template",
            fit="native",
            fallback="phonenumber options have no counterpart",
            limits={
                "explain_text_max": Limit(
                    640,
                    "char",
                    source="Meta, Instagram Messaging: Button Template (updated 1 Apr 2026)",
                ),
                "options_min": Limit(
                    1,
                    "count",
                    source="Meta, Instagram Messaging: Button Template (updated 1 Apr 2026)",
                ),
                "options_max": Limit(
                    3,
                    "count",
                    source="Meta, Instagram Messaging: Button Template (updated 1 Apr 2026)",
                ),
                "label_max": Limit(
                    20,
                    "char",
                    source="Meta, Messenger Platform: Postback button reference (crawled copy in a public repository)",
                    note="the Instagram page refers to the Messenger button reference",
                    is_documented=False,
                ),
                "value_max": Limit(
                    1000,
                    "char",
                    source="Meta, Messenger Platform: Postback button reference (crawled copy in a public repository)",
                    note="as above",
                    is_documented=False,
                ),
                "url_max": Limit(None, "char", note="no length stated", is_documented=False),
                "option_types": Limit(
                    ("text", "url"),
                    "list",
                    source="Meta, Instagram Messaging: Button Template (updated 1 Apr 2026)",
                    note="web_url and postback only",
                ),
            },
        ),
        "quickreply": Native(
            shown_as="text message with quick_replies",
            fit="partial",
            fallback="url options have no counterpart",
            limits={
                "explain_text_max": Limit(
                    1000,
                    "byte",
                    source="Meta, Instagram Messaging: Send a Message (official page; mirror dated 24 Jun 2026)",
                    note="text limit assumed to apply",
                    is_documented=False,
                ),
                "options_min": Limit(1, "count", is_documented=False),
                "options_max": Limit(13, "count", source="Meta, Instagram Platform: Quick Replies"),
                "label_max": Limit(
                    20,
                    "char",
                    source="Meta, Instagram Platform: Quick Replies",
                    note="longer titles are truncated",
                ),
                "value_max": Limit(
                    1000,
                    "char",
                    source="WOZTELL: Message Types for Instagram (third party)",
                    note="payload",
                    is_documented=False,
                ),
                "url_max": Limit(
                    None,
                    "char",
                    source="Meta, Instagram Platform: Quick Replies",
                    note="not applicable: plain text only",
                ),
                "option_types": Limit(
                    ("text",), "list", source="Meta, Instagram Platform: Quick Replies"
                ),
            },
        ),
        "carousel": Native(
            shown_as="generic template with several elements",
            fit="native",
            limits={
                "alt_text_max": Limit(
                    None, "char", note="no alternative text in the template", is_documented=False
                ),
                "columns_min": Limit(1, "count", is_documented=False),
                "columns_max": Limit(
                    10,
                    "count",
                    source="Gupshup: Instagram Features and Limitations, quoting Meta's Generic Template properties; Meta, Instagram Messaging: Generic Template (updated 1 Apr 2026)",
                ),
                "title_max": Limit(
                    80,
                    "char",
                    source="Gupshup: Instagram Features and Limitations, quoting Meta's Generic Template properties; Meta, Instagram Messaging: Generic Template (updated 1 Apr 2026)",
                    note="title required, plus at least one further property",
                ),
                "column_text_max": Limit(
                    80,
                    "char",
                    source="Gupshup: Instagram Features and Limitations, quoting Meta's Generic Template properties; Meta, Instagram Messaging: Generic Template (updated 1 Apr 2026)",
                ),
                "column_text_max_plain": Limit(
                    80,
                    "char",
                    source="Gupshup: Instagram Features and Limitations, quoting Meta's Generic Template properties; Meta, Instagram Messaging: Generic Template (updated 1 Apr 2026)",
                ),
                "actions_min": Limit(
                    0,
                    "count",
                    source="Gupshup: Instagram Features and Limitations, quoting Meta's Generic Template properties; Meta, Instagram Messaging: Generic Template (updated 1 Apr 2026)",
                ),
                "actions_max": Limit(
                    3,
                    "count",
                    source="Gupshup: Instagram Features and Limitations, quoting Meta's Generic Template properties; Meta, Instagram Messaging: Generic Template (updated 1 Apr 2026)",
                ),
                "actions_equal_count": Limit(
                    False, "bool", note="no such rule stated", is_documented=False
                ),
                "action_label_max": Limit(
                    20,
                    "char",
                    source="Meta, Messenger Platform: Postback button reference (crawled copy in a public repository)",
                    is_documented=False,
                ),
                "action_value_max": Limit(
                    1000,
                    "char",
                    source="Meta, Messenger Platform: Postback button reference (crawled copy in a public repository)",
                    is_documented=False,
                ),
                "url_max": Limit(None, "char", note="no figure found", is_documented=False),
                "action_types": Limit(
                    ("text", "url"),
                    "list",
                    source="Gupshup: Instagram Features and Limitations, quoting Meta's Generic Template properties; Meta, Instagram Messaging: Generic Template (updated 1 Apr 2026)",
                ),
            },
        ),
        "image_carousel": Native(
            shown_as="generic template used as picture cards (needs a title; no colours, no badge)",
            fit="partial",
            fallback="FIRST LINE's choice, not documented",
            limits={
                "alt_text_max": Limit(
                    None, "char", note="no alternative text", is_documented=False
                ),
                "columns_min": Limit(1, "count", is_documented=False),
                "columns_max": Limit(
                    10,
                    "count",
                    source="Gupshup: Instagram Features and Limitations, quoting Meta's Generic Template properties; Meta, Instagram Messaging: Generic Template (updated 1 Apr 2026)",
                ),
                "button_text_max": Limit(
                    20,
                    "char",
                    source="Meta, Messenger Platform: Postback button reference (crawled copy in a public repository)",
                    is_documented=False,
                ),
                "badge_text_max": Limit(None, "char", note="no counterpart", is_documented=False),
                "action_value_max": Limit(
                    1000,
                    "char",
                    source="Meta, Messenger Platform: Postback button reference (crawled copy in a public repository)",
                    is_documented=False,
                ),
                "url_max": Limit(None, "char", note="no figure found", is_documented=False),
                "action_types": Limit(
                    ("text", "url"),
                    "list",
                    source="Gupshup: Instagram Features and Limitations, quoting Meta's Generic Template properties; Meta, Instagram Messaging: Generic Template (updated 1 Apr 2026)",
                ),
            },
        ),
    },
    image={
        "image_url_max": Limit(None, "char", note="no figure found", is_documented=False),
        "image_max_bytes": Limit(
            8388608,
            "byte",
            source="Meta, Instagram Messaging: attachment upload / Send a Message",
            note="8 MB; stated for attachments, not for template pictures",
        ),
        "image_formats": Limit(
            ("jpeg", "png"),
            "list",
            source="Meta, Instagram Messaging: attachment upload / Send a Message",
            note="the upload page also lists gif",
        ),
        "image_schemes": Limit(("https",), "list", is_documented=False),
        "image_max_width": Limit(None, "px", note="no figure found", is_documented=False),
        "image_aspect_ratios": Limit(None, "ratio", note="no figure found", is_documented=False),
    },
    link_schemes=(),
    look={
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
    },
    remarks=(
        "Quick replies, button template and generic template are not shown in the web/desktop client (Meta pages of each feature).",
        "The conversation must be opened by the customer; 24-hour window, human-agent tag up to 7 days.",
    ),
    frame=Frame(
        head=("chevron-left", "face", "name", "telephone", "camera-video"),
        foot=("camera", "field", "mic", "image"),
        field=_("Message…"),
        options="inside",
    ),
)
