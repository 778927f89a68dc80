"""FIRST LINE's own chat widget. None of its limits is published."""

from composer.vocabulary.words import gettext_noop as _

from .channel import Channel, Frame, Native, Scheme
from .figures import listed, unknown

PLACE = 7

PUSH_API = "FIRST LINE: PUSH API send messages"

UNPUBLISHED = "FIRST LINE's own widget: nothing published"
NO_FIGURE = "no figure found"

CHANNEL = Channel(
    slug="livechat",
    contactable_type="App\\LivechatContact",
    name=_("Live chat"),
    short_name=_("Live chat"),
    counting="unknown",
    kinds={
        "text": Native(
            shown_as="FIRST LINE widget text bubble",
            fit="native",
            guess=_("How FIRST LINE's own widget looks is not published: drawn plainly."),
            limits={
                "text_max": unknown("char", UNPUBLISHED),
            },
        ),
        "button": Native(
            shown_as="FIRST LINE widget button message",
            fit="native",
            guess=_("How FIRST LINE's own widget looks is not published: drawn plainly."),
            limits={
                "explain_text_max": unknown("char", UNPUBLISHED),
                "options_min": unknown("count", UNPUBLISHED),
                "options_max": unknown("count", UNPUBLISHED),
                "label_max": unknown("char", UNPUBLISHED),
                "value_max": unknown("char", UNPUBLISHED),
                "url_max": unknown("char", UNPUBLISHED),
                "option_types": listed(
                    "text",
                    "url",
                    "phonenumber",
                    source=PUSH_API,
                    note="the API lists these three; nothing channel-specific is stated",
                ),
            },
        ),
        "quickreply": Native(
            shown_as="FIRST LINE widget quick replies",
            fit="native",
            guess=_("How FIRST LINE's own widget looks is not published: drawn plainly."),
            limits={
                "explain_text_max": unknown("char", UNPUBLISHED),
                "options_min": unknown("count", UNPUBLISHED),
                "options_max": unknown("count", UNPUBLISHED),
                "label_max": unknown("char", UNPUBLISHED),
                "value_max": unknown("char", UNPUBLISHED),
                "url_max": unknown("char", UNPUBLISHED),
                "option_types": listed(
                    "text",
                    "url",
                    source=PUSH_API,
                    note="listed as examples, no channel-specific statement",
                ),
            },
        ),
        "carousel": Native(
            shown_as="FIRST LINE widget carousel",
            fit="native",
            fallback="alt_text where a client cannot show it",
            guess=_("How FIRST LINE's own widget looks is not published: drawn plainly."),
            limits={
                "alt_text_max": unknown("char", UNPUBLISHED),
                "columns_min": unknown("count", UNPUBLISHED),
                "columns_max": unknown("count", UNPUBLISHED),
                "title_max": unknown("char", UNPUBLISHED),
                "column_text_max": unknown("char", UNPUBLISHED),
                "column_text_max_plain": unknown("char", UNPUBLISHED),
                "actions_min": unknown("count", UNPUBLISHED),
                "actions_max": unknown("count", UNPUBLISHED),
                "actions_equal_count": unknown("bool", UNPUBLISHED),
                "action_label_max": unknown("char", UNPUBLISHED),
                "action_value_max": unknown("char", UNPUBLISHED),
                "url_max": unknown("char", UNPUBLISHED),
                "action_types": listed("text", "url", source=PUSH_API, note="listed as examples"),
            },
        ),
        "image_carousel": Native(
            shown_as="FIRST LINE widget image carousel",
            fit="native",
            fallback="alt_text where a client cannot show it",
            guess=_("How FIRST LINE's own widget looks is not published: drawn plainly."),
            limits={
                "alt_text_max": unknown("char", UNPUBLISHED),
                "columns_min": unknown("count", UNPUBLISHED),
                "columns_max": unknown("count", UNPUBLISHED),
                "button_text_max": unknown("char", UNPUBLISHED),
                "badge_text_max": unknown("char", UNPUBLISHED),
                "action_value_max": unknown("char", UNPUBLISHED),
                "url_max": unknown("char", UNPUBLISHED),
                "action_types": listed(
                    "text",
                    "url",
                    None,
                    source=PUSH_API,
                    note="null is allowed: picture without an action",
                ),
            },
        ),
    },
    image={
        "image_url_max": unknown("char", NO_FIGURE),
        "image_max_bytes": unknown("byte", NO_FIGURE),
        "image_formats": unknown("list", NO_FIGURE),
        "image_schemes": unknown("list", NO_FIGURE),
        "image_max_width": unknown("px", NO_FIGURE),
        "image_aspect_ratios": unknown("ratio", NO_FIGURE),
    },
    link_schemes={
        "https": Scheme(is_documented=False),
        "http": Scheme(is_documented=False),
        "tel": Scheme(is_documented=False),
    },
    look={
        "status-ink": "#ffffff",
        "dot-color": "light-dark(#24508f, #6f9bdd)",
    },
    remarks=(
        "The badge of image_carousel has no native counterpart on any outside platform and "
        "the button colours only on Viber (key colours) and in LINE Flex Messages, so the "
        "widget is the likeliest place for both to be drawn (inference).",
        "The widget is embedded by script in a web page, so its limits are FIRST LINE's to "
        "choose and none is published.",
        "A JavaScript API for the widget exists on paper but its page says it is in internal "
        "testing.",
    ),
    frame=Frame(
        head=("face", "name", "x-lg"),
        pictures="plates",
    ),
)
