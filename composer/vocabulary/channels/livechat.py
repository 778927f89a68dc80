"""FIRST LINE's own chat widget. None of its limits is published."""

from composer.vocabulary.words import gettext_noop as _

from .channel import Channel, Frame, Limit, Native

PLACE = 7

CHANNEL = Channel(
    slug="livechat",
    contactable_type="App\\LivechatContact",
    name=_("Live chat"),
    short_name=_("Live chat"),
    kinds={
        "text": Native(
            shown_as="FIRST LINE widget text bubble",
            fit="native",
            limits={
                "text_max": Limit(
                    None,
                    "char",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
            },
        ),
        "button": Native(
            shown_as="FIRST LINE widget button message",
            fit="native",
            limits={
                "explain_text_max": Limit(
                    None,
                    "char",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "options_min": Limit(
                    None,
                    "count",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "options_max": Limit(
                    None,
                    "count",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "label_max": Limit(
                    None,
                    "char",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "value_max": Limit(
                    None,
                    "char",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "url_max": Limit(
                    None,
                    "char",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "option_types": Limit(
                    ("text", "url", "phonenumber"),
                    "list",
                    source="FIRST LINE: PUSH API send messages",
                    note="the API lists these three; nothing channel-specific is stated",
                ),
            },
        ),
        "quickreply": Native(
            shown_as="FIRST LINE widget quick replies",
            fit="native",
            limits={
                "explain_text_max": Limit(
                    None,
                    "char",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "options_min": Limit(
                    None,
                    "count",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "options_max": Limit(
                    None,
                    "count",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "label_max": Limit(
                    None,
                    "char",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "value_max": Limit(
                    None,
                    "char",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "url_max": Limit(
                    None,
                    "char",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "option_types": Limit(
                    ("text", "url"),
                    "list",
                    source="FIRST LINE: PUSH API send messages",
                    note="listed as examples, no channel-specific statement",
                ),
            },
        ),
        "carousel": Native(
            shown_as="FIRST LINE widget carousel",
            fit="native",
            fallback="alt_text where a client cannot show it",
            limits={
                "alt_text_max": Limit(
                    None,
                    "char",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "columns_min": Limit(
                    None,
                    "count",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "columns_max": Limit(
                    None,
                    "count",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "title_max": Limit(
                    None,
                    "char",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "column_text_max": Limit(
                    None,
                    "char",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "column_text_max_plain": Limit(
                    None,
                    "char",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "actions_min": Limit(
                    None,
                    "count",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "actions_max": Limit(
                    None,
                    "count",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "actions_equal_count": Limit(
                    None,
                    "bool",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "action_label_max": Limit(
                    None,
                    "char",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "action_value_max": Limit(
                    None,
                    "char",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "url_max": Limit(
                    None,
                    "char",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "action_types": Limit(
                    ("text", "url"),
                    "list",
                    source="FIRST LINE: PUSH API send messages",
                    note="listed as examples",
                ),
            },
        ),
        "image_carousel": Native(
            shown_as="FIRST LINE widget image carousel",
            fit="native",
            fallback="alt_text where a client cannot show it",
            limits={
                "alt_text_max": Limit(
                    None,
                    "char",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "columns_min": Limit(
                    None,
                    "count",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "columns_max": Limit(
                    None,
                    "count",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "button_text_max": Limit(
                    None,
                    "char",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "badge_text_max": Limit(
                    None,
                    "char",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "action_value_max": Limit(
                    None,
                    "char",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "url_max": Limit(
                    None,
                    "char",
                    note="FIRST LINE's own widget: nothing published",
                    is_documented=False,
                ),
                "action_types": Limit(
                    ("text", "url", None),
                    "list",
                    source="FIRST LINE: PUSH API send messages",
                    note="null is allowed: picture without an action",
                ),
            },
        ),
    },
    image={
        "image_url_max": Limit(None, "char", note="no figure found", is_documented=False),
        "image_max_bytes": Limit(None, "byte", note="no figure found", is_documented=False),
        "image_formats": Limit(None, "list", note="no figure found", is_documented=False),
        "image_schemes": Limit(None, "list", note="no figure found", is_documented=False),
        "image_max_width": Limit(None, "px", note="no figure found", is_documented=False),
        "image_aspect_ratios": Limit(None, "ratio", note="no figure found", is_documented=False),
    },
    link_schemes=(),
    look={
        "status-ink": "#ffffff",
        "dot-color": "light-dark(#24508f, #6f9bdd)",
    },
    remarks=(
        "The badge of image_carousel has no native counterpart on any outside platform and the button colours only on Viber (key colours) and in LINE Flex Messages, so the widget is the likeliest place for both to be drawn (inference).",
        "The widget is embedded by script in a web page, so its limits are FIRST LINE's to choose and none is published.",
        "A JavaScript API for the widget exists on paper but its page says it is in internal testing.",
    ),
    frame=Frame(
        head=("face", "name", "x-lg"),
        pictures="plates",
    ),
)
