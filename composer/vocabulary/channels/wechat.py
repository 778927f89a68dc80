"""WeChat Official Accounts."""

from composer.vocabulary.words import gettext_noop as _

from .channel import Channel, Frame, Limit, Native

PLACE = 6

CHANNEL = Channel(
    slug="wechat",
    contactable_type="App\\WechatContact",
    name=_("WeChat"),
    short_name=_("WeChat"),
    kinds={
        "text": Native(
            shown_as="customer-service text message",
            fit="native",
            limits={
                "text_max": Limit(
                    2048,
                    "byte",
                    source="WeCom 'WeChat customer service' (KF) message definitions in an open-source SDK: a different product from the Official Account API",
                    note="2,048 bytes = 682 Chinese characters is the sister product's figure; the Official Account page states none, only error 45002 (content too long) exists in the general code list",
                    is_documented=False,
                ),
            },
        ),
        "button": Native(
            shown_as="msgmenu (head text, clickable lines, tail text)",
            fit="partial",
            fallback="url and phonenumber options have no counterpart in msgmenu; a text message may hold HTML links",
            limits={
                "explain_text_max": Limit(
                    1024,
                    "byte",
                    source="WeCom 'WeChat customer service' (KF) message definitions in an open-source SDK: a different product from the Official Account API",
                    note="head_content",
                    is_documented=False,
                ),
                "options_min": Limit(1, "count", is_documented=False),
                "options_max": Limit(
                    10,
                    "count",
                    source="WeCom 'WeChat customer service' (KF) message definitions in an open-source SDK: a different product from the Official Account API",
                    is_documented=False,
                ),
                "label_max": Limit(
                    128,
                    "byte",
                    source="WeCom 'WeChat customer service' (KF) message definitions in an open-source SDK: a different product from the Official Account API",
                    note="menu item content = 42 Chinese characters",
                    is_documented=False,
                ),
                "value_max": Limit(
                    64,
                    "byte",
                    source="WeCom 'WeChat customer service' (KF) message definitions in an open-source SDK: a different product from the Official Account API",
                    note="menu item id; the tapped label comes back as the customer's text",
                    is_documented=False,
                ),
                "url_max": Limit(
                    2048,
                    "byte",
                    source="WeCom 'WeChat customer service' (KF) message definitions in an open-source SDK: a different product from the Official Account API",
                    note="link menu item of the sister product",
                    is_documented=False,
                ),
                "option_types": Limit(
                    ("text",),
                    "list",
                    source="WeChat: sendCustomMessage (local copy of the official page, compiled 1 Jun 2026)",
                ),
            },
        ),
        "quickreply": Native(
            shown_as="msgmenu",
            fit="partial",
            fallback="url options have no counterpart",
            limits={
                "explain_text_max": Limit(
                    1024,
                    "byte",
                    source="WeCom 'WeChat customer service' (KF) message definitions in an open-source SDK: a different product from the Official Account API",
                    is_documented=False,
                ),
                "options_min": Limit(1, "count", is_documented=False),
                "options_max": Limit(
                    10,
                    "count",
                    source="WeCom 'WeChat customer service' (KF) message definitions in an open-source SDK: a different product from the Official Account API",
                    is_documented=False,
                ),
                "label_max": Limit(
                    128,
                    "byte",
                    source="WeCom 'WeChat customer service' (KF) message definitions in an open-source SDK: a different product from the Official Account API",
                    is_documented=False,
                ),
                "value_max": Limit(
                    64,
                    "byte",
                    source="WeCom 'WeChat customer service' (KF) message definitions in an open-source SDK: a different product from the Official Account API",
                    is_documented=False,
                ),
                "url_max": Limit(
                    2048,
                    "byte",
                    source="WeCom 'WeChat customer service' (KF) message definitions in an open-source SDK: a different product from the Official Account API",
                    is_documented=False,
                ),
                "option_types": Limit(
                    ("text",),
                    "list",
                    source="WeChat: sendCustomMessage (local copy of the official page, compiled 1 Jun 2026)",
                ),
            },
        ),
        "carousel": Native(
            shown_as="none; nearest: news message with exactly one article",
            fit="none",
            fallback="alt_text as text, or one news message per column (FIRST LINE does not say)",
            limits={
                "alt_text_max": Limit(
                    2048,
                    "byte",
                    source="WeCom 'WeChat customer service' (KF) message definitions in an open-source SDK: a different product from the Official Account API",
                    note="as a text message",
                    is_documented=False,
                ),
                "columns_min": Limit(
                    1,
                    "count",
                    source="WeChat: sendCustomMessage (local copy of the official page, compiled 1 Jun 2026)",
                ),
                "columns_max": Limit(
                    1,
                    "count",
                    source="WeChat: sendCustomMessage (local copy of the official page, compiled 1 Jun 2026)",
                    note="more than one article returns error 45008",
                ),
                "title_max": Limit(None, "char", note="no figure found", is_documented=False),
                "column_text_max": Limit(None, "char", note="no figure found", is_documented=False),
                "column_text_max_plain": Limit(
                    None, "char", note="no figure found", is_documented=False
                ),
                "actions_min": Limit(
                    0,
                    "count",
                    source="WeChat: sendCustomMessage (local copy of the official page, compiled 1 Jun 2026)",
                ),
                "actions_max": Limit(
                    1,
                    "count",
                    source="WeChat: sendCustomMessage (local copy of the official page, compiled 1 Jun 2026)",
                    note="the article's own link; no buttons",
                ),
                "actions_equal_count": Limit(False, "bool", is_documented=False),
                "action_label_max": Limit(
                    None,
                    "char",
                    source="WeChat: sendCustomMessage (local copy of the official page, compiled 1 Jun 2026)",
                    note="no button labels",
                ),
                "action_value_max": Limit(
                    None,
                    "char",
                    source="WeChat: sendCustomMessage (local copy of the official page, compiled 1 Jun 2026)",
                    note="no text replies from a card",
                ),
                "url_max": Limit(None, "char", note="no figure found", is_documented=False),
                "action_types": Limit(
                    ("url",),
                    "list",
                    source="WeChat: sendCustomMessage (local copy of the official page, compiled 1 Jun 2026)",
                ),
            },
        ),
        "image_carousel": Native(
            shown_as="none; nearest: one news article or an uploaded picture",
            fit="none",
            fallback="alt_text as text (FIRST LINE does not say)",
            limits={
                "alt_text_max": Limit(
                    2048,
                    "byte",
                    source="WeCom 'WeChat customer service' (KF) message definitions in an open-source SDK: a different product from the Official Account API",
                    is_documented=False,
                ),
                "columns_min": Limit(
                    1,
                    "count",
                    source="WeChat: sendCustomMessage (local copy of the official page, compiled 1 Jun 2026)",
                ),
                "columns_max": Limit(
                    1,
                    "count",
                    source="WeChat: sendCustomMessage (local copy of the official page, compiled 1 Jun 2026)",
                ),
                "button_text_max": Limit(
                    None,
                    "char",
                    source="WeChat: sendCustomMessage (local copy of the official page, compiled 1 Jun 2026)",
                    note="no buttons",
                ),
                "badge_text_max": Limit(None, "char", note="no counterpart", is_documented=False),
                "action_value_max": Limit(
                    None,
                    "char",
                    source="WeChat: sendCustomMessage (local copy of the official page, compiled 1 Jun 2026)",
                ),
                "url_max": Limit(None, "char", note="no figure found", is_documented=False),
                "action_types": Limit(
                    ("url",),
                    "list",
                    source="WeChat: sendCustomMessage (local copy of the official page, compiled 1 Jun 2026)",
                ),
            },
        ),
    },
    image={
        "image_url_max": Limit(None, "char", note="no figure found", is_documented=False),
        "image_max_bytes": Limit(
            None,
            "byte",
            note="plain picture messages need an uploaded media_id",
            is_documented=False,
        ),
        "image_formats": Limit(
            ("jpeg", "png"),
            "list",
            source="WeChat customer-service interface, older page copies (picurl)",
        ),
        "image_schemes": Limit(None, "list", note="no figure found", is_documented=False),
        "image_max_width": Limit(None, "px", note="no figure found", is_documented=False),
        "image_aspect_ratios": Limit(
            ("news: 640x320 large, 80x80 small",),
            "px",
            source="WeChat customer-service interface, older page copies (picurl)",
            note="recommended sizes",
        ),
    },
    link_schemes=(),
    look={
        "dot-color": "#0fae5f",
        "wallpaper": "light-dark(#ededed, #111214)",
        "head": "light-dark(#ededed, #111214)",
        "head-ink": "light-dark(#141414, #e6e6e6)",
        "foot": "light-dark(#f7f7f7, #1a1b1d)",
        "foot-ink": "light-dark(#3a3a3a, #b9b9b9)",
        "foot-field": "light-dark(#ffffff, #26282a)",
        "bubble": "light-dark(#ffffff, #2b2d2f)",
        "bubble-radius": ".35em",
        "tail": '""',
        "tail-at": ".9em",
        "mine": "light-dark(#95ec69, #3eb06a)",
        "mine-ink": "#0b1a06",
        "mine-radius": ".35em",
        "stamp": "light-dark(#7a7a7a, #8f8f8f)",
        "avatar-radius": ".35em",
        "avatar-align": "start",
        "block": "light-dark(#ffffff, #2b2d2f)",
        "block-radius": ".35em",
        "block-gap": "0",
        "action-ink": "light-dark(#576b95, #8ea6d6)",
        "action-line": "transparent",
        "action-radius": "0",
        "action-justify": "start",
        "action-weight": "400",
        "action-height": "1.9em",
        "action-pad": "0 .7em",
    },
    remarks=(
        "Allowed only after the customer acted: 5 messages within 48 hours of a message; 3 within 1 minute of a menu tap, a follow or a code scan (WeChat: sendCustomMessage).",
        "Official and service accounts must be verified to use it.",
        "Tapping a msgmenu line returns the line's text plus its id to the account.",
    ),
    frame=Frame(
        head=("chevron-left", "middle", "three-dots"),
        foot=("mic", "field", "emoji-smile", "plus-lg"),
        field="",
        options="inside",
        replies="inside",
    ),
)
