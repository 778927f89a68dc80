"""Facebook Messenger."""

from .channel import Channel, Frame, Limit, Native

PLACE = 2

CHANNEL = Channel(
    slug="facebook",
    contactable_type="App\\FbContact",
    name="Facebook Messenger",
    short_name="Messenger",
    kinds={
        "text": Native(
            shown_as="text message",
            fit="native",
            limits={
                "text_max": Limit(
                    2000,
                    "char",
                    source="Meta, Send API reference, sentence quoted in several third-party SDKs; the page itself was not available",
                    note="marketing text templates: 640",
                ),
            },
        ),
        "button": Native(
            shown_as="button template",
            fit="native",
            limits={
                "explain_text_max": Limit(
                    640,
                    "char",
                    source="Meta, Messenger Platform: Button template (updated 22 Apr 2026)",
                ),
                "options_min": Limit(
                    1,
                    "count",
                    source="Meta, Messenger Platform: Button template (updated 22 Apr 2026)",
                ),
                "options_max": Limit(
                    3,
                    "count",
                    source="Meta, Messenger Platform: Button template (updated 22 Apr 2026)",
                ),
                "label_max": Limit(
                    20,
                    "char",
                    source="Meta, Messenger Platform: Postback button reference (crawled copy in a public repository); Meta, Messenger Platform: Buttons (updated 22 Apr 2026)",
                ),
                "value_max": Limit(
                    1000,
                    "char",
                    source="Meta, Messenger Platform: Postback button reference (crawled copy in a public repository)",
                    note="postback payload",
                ),
                "url_max": Limit(
                    None, "char", note="Meta states no length for button URLs", is_documented=False
                ),
                "option_types": Limit(
                    ("text", "url", "phonenumber"),
                    "list",
                    source="Meta, Messenger Platform: Buttons (updated 22 Apr 2026)",
                    note="web_url, postback, phone_number",
                ),
            },
        ),
        "quickreply": Native(
            shown_as="text message with quick_replies",
            fit="partial",
            fallback="url options have no counterpart",
            limits={
                "explain_text_max": Limit(
                    2000,
                    "char",
                    source="Meta, Send API reference, sentence quoted in several third-party SDKs; the page itself was not available",
                    note="must be non-empty; the text limit is assumed to apply",
                    is_documented=False,
                ),
                "options_min": Limit(1, "count", is_documented=False),
                "options_max": Limit(
                    13,
                    "count",
                    source="Meta, Messenger Platform: Quick replies (current documentation tree)",
                ),
                "label_max": Limit(
                    20,
                    "char",
                    source="Meta, Messenger Platform: Quick replies (current documentation tree)",
                ),
                "value_max": Limit(
                    1000,
                    "char",
                    source="Meta, Messenger Platform: Quick replies (current documentation tree)",
                    note="payload",
                ),
                "url_max": Limit(
                    None,
                    "char",
                    source="Meta, Messenger Platform: Quick replies (current documentation tree)",
                    note="not applicable: content types are text, user_phone_number, user_email",
                ),
                "option_types": Limit(
                    ("text",),
                    "list",
                    source="Meta, Messenger Platform: Quick replies (current documentation tree)",
                ),
            },
        ),
        "carousel": Native(
            shown_as="generic template with several elements",
            fit="native",
            limits={
                "alt_text_max": Limit(
                    None,
                    "char",
                    source="Meta, Messenger Platform: Generic template (current documentation tree)",
                    note="no alternative text in the template",
                ),
                "columns_min": Limit(1, "count", is_documented=False),
                "columns_max": Limit(
                    10,
                    "count",
                    source="Meta, Messenger Platform: Generic template (current documentation tree)",
                ),
                "title_max": Limit(
                    80,
                    "char",
                    source="Meta, Messenger Platform: Generic template (current documentation tree)",
                    note="title is required by the platform",
                ),
                "column_text_max": Limit(
                    80,
                    "char",
                    source="Meta, Messenger Platform: Generic template (current documentation tree)",
                    note="subtitle",
                ),
                "column_text_max_plain": Limit(
                    80,
                    "char",
                    source="Meta, Messenger Platform: Generic template (current documentation tree)",
                ),
                "actions_min": Limit(
                    0,
                    "count",
                    source="Meta, Messenger Platform: Generic template (current documentation tree)",
                    note="buttons are optional",
                ),
                "actions_max": Limit(
                    3,
                    "count",
                    source="Meta, Messenger Platform: Generic template (current documentation tree)",
                ),
                "actions_equal_count": Limit(
                    False, "bool", note="no such rule stated", is_documented=False
                ),
                "action_label_max": Limit(
                    20,
                    "char",
                    source="Meta, Messenger Platform: Postback button reference (crawled copy in a public repository)",
                ),
                "action_value_max": Limit(
                    1000,
                    "char",
                    source="Meta, Messenger Platform: Postback button reference (crawled copy in a public repository)",
                ),
                "url_max": Limit(None, "char", note="no length stated", is_documented=False),
                "action_types": Limit(
                    ("text", "url", "phonenumber"),
                    "list",
                    source="Meta, Messenger Platform: Buttons (updated 22 Apr 2026)",
                ),
            },
        ),
        "image_carousel": Native(
            shown_as="generic template used as picture cards (needs a title; no colours, no badge)",
            fit="partial",
            fallback="FIRST LINE's choice, not documented",
            limits={
                "alt_text_max": Limit(
                    None,
                    "char",
                    source="Meta, Messenger Platform: Generic template (current documentation tree)",
                    note="no alternative text",
                ),
                "columns_min": Limit(1, "count", is_documented=False),
                "columns_max": Limit(
                    10,
                    "count",
                    source="Meta, Messenger Platform: Generic template (current documentation tree)",
                ),
                "button_text_max": Limit(
                    20,
                    "char",
                    source="Meta, Messenger Platform: Postback button reference (crawled copy in a public repository)",
                ),
                "badge_text_max": Limit(None, "char", note="no counterpart", is_documented=False),
                "action_value_max": Limit(
                    1000,
                    "char",
                    source="Meta, Messenger Platform: Postback button reference (crawled copy in a public repository)",
                ),
                "url_max": Limit(None, "char", note="no length stated", is_documented=False),
                "action_types": Limit(
                    ("text", "url"),
                    "list",
                    source="Meta, Messenger Platform: Buttons (updated 22 Apr 2026)",
                ),
            },
        ),
    },
    image={
        "image_url_max": Limit(None, "char", note="no length stated", is_documented=False),
        "image_max_bytes": Limit(
            8388608,
            "byte",
            source="Meta, Messenger Platform: Saving assets (updated 22 Apr 2026)",
            note="8 MB for pictures fetched from a URL, 25 MB for uploads; stated for attachments, not for template pictures",
        ),
        "image_formats": Limit(("jpeg", "png", "gif"), "list", is_documented=False),
        "image_schemes": Limit(("https", "http"), "list", is_documented=False),
        "image_max_width": Limit(None, "px", note="no figure found", is_documented=False),
        "image_aspect_ratios": Limit(
            ("carousel: 1.91:1, 1:1",),
            "ratio",
            source="Meta, Generic Template reference, older edition as quoted in two third-party SDKs",
            note="default 1.91:1; the current page no longer lists image_aspect_ratio",
        ),
    },
    link_schemes=(),
    look={
        "dot-color": "#0084ff",
        "head": "light-dark(#ffffff, #17181b)",
        "head-ink": "light-dark(#0a66d6, #6ab0ff)",
        "foot": "light-dark(#ffffff, #17181b)",
        "foot-ink": "light-dark(#0a66d6, #6ab0ff)",
        "foot-field": "light-dark(#f0f0f0, #2c2d31)",
        "bubble": "light-dark(#f0f0f0, #303136)",
        "bubble-ink": "light-dark(#050505, #f1f1f2)",
        "bubble-radius": "1.25em 1.25em .3em .3em",
        "mine": "#0084ff",
        "mine-radius": "1.25em",
        "block": "light-dark(#f0f0f0, #303136)",
        "block-radius": "1.25em",
        "block-gap": "0",
        "action": "light-dark(#e2e4e8, #43454b)",
        "action-ink": "light-dark(#0a0a0a, #f1f1f2)",
        "action-line": "transparent",
        "action-radius": ".6em",
        "action-pad": ".3em .5em .15em",
        "card-radius": "1.25em",
        "chip": "transparent",
        "chip-ink": "light-dark(#0a66d6, #6ab0ff)",
        "chip-line": "light-dark(#0a7cff, #6ab0ff)",
    },
    remarks=(
        "Replies are free only inside 24 hours of the person's last message; after that a tag is needed (human agent: up to 7 days). FIRST LINE's handling is not documented.",
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
