"""WeChat Official Accounts."""

from composer.vocabulary.words import gettext_noop as _

from .channel import Channel, Frame, Native, Scheme
from .figures import chars, count, listed, octets, rule, shapes, unknown, unverified

PLACE = 6

WECOM = (
    "WeCom 'WeChat customer service' (KF) message definitions in an open-source SDK: a "
    "different product from the Official Account API"
)
CUSTOM_MESSAGE = "WeChat: sendCustomMessage (local copy of the official page, compiled 1 Jun 2026)"
OLDER_PAGE = "WeChat customer-service interface, older page copies (picurl)"

NO_FIGURE = "no figure found"

CHANNEL = Channel(
    slug="wechat",
    contactable_type="App\\WechatContact",
    name=_("WeChat"),
    short_name=_("WeChat"),
    counting=(
        "Not stated for the Official Account customer-service message; the "
        "sister product counts UTF-8 bytes."
    ),
    kinds={
        "text": Native(
            shown_as="customer-service text message",
            fit="native",
            limits={
                "text_max": unverified(
                    octets(
                        2048,
                        WECOM,
                        note=(
                            "2,048 bytes = 682 Chinese characters is the sister product's figure; "
                            "the Official Account page states none, only error 45002 (content too "
                            "long) exists in the general code list"
                        ),
                    )
                ),
            },
        ),
        "button": Native(
            shown_as="msgmenu (head text, clickable lines, tail text)",
            fit="partial",
            fallback=(
                "url and phonenumber options have no counterpart in msgmenu; a text "
                "message may hold HTML links"
            ),
            guess=_(
                "FIRST LINE does not say what WeChat gets: drawn as its menu of lines, which "
                "cannot open links."
            ),
            limits={
                "explain_text_max": unverified(octets(1024, WECOM, note="head_content")),
                "options_min": unverified(count(1)),
                "options_max": unverified(count(10, WECOM)),
                "label_max": unverified(
                    octets(128, WECOM, note="menu item content = 42 Chinese characters")
                ),
                "value_max": unverified(
                    octets(
                        64,
                        WECOM,
                        note="menu item id; the tapped label comes back as the customer's text",
                    )
                ),
                "url_max": unverified(
                    octets(2048, WECOM, note="link menu item of the sister product")
                ),
                "option_types": listed("text", source=CUSTOM_MESSAGE),
            },
        ),
        "quickreply": Native(
            shown_as="msgmenu",
            fit="partial",
            fallback="url options have no counterpart",
            guess=_(
                "FIRST LINE does not say what WeChat gets: drawn as its menu of lines, which "
                "cannot open links."
            ),
            limits={
                "explain_text_max": unverified(octets(1024, WECOM)),
                "options_min": unverified(count(1)),
                "options_max": unverified(count(10, WECOM)),
                "label_max": unverified(octets(128, WECOM)),
                "value_max": unverified(octets(64, WECOM)),
                "url_max": unverified(octets(2048, WECOM)),
                "option_types": listed("text", source=CUSTOM_MESSAGE),
            },
        ),
        "carousel": Native(
            shown_as="none; nearest: news message with exactly one article",
            fit="none",
            fallback=("alt_text as text, or one news message per column (FIRST LINE does not say)"),
            guess=_(
                "WeChat has no carousel. FIRST LINE does not say whether customers get the alt "
                "text or an article for each card: drawn is the alt text."
            ),
            limits={
                "alt_text_max": unverified(octets(2048, WECOM, note="as a text message")),
                "columns_min": count(1, CUSTOM_MESSAGE),
                "columns_max": count(
                    1, CUSTOM_MESSAGE, note="more than one article returns error 45008"
                ),
                "title_max": unknown("char", NO_FIGURE),
                "column_text_max": unknown("char", NO_FIGURE),
                "column_text_max_plain": unknown("char", NO_FIGURE),
                "actions_min": count(0, CUSTOM_MESSAGE),
                "actions_max": count(1, CUSTOM_MESSAGE, note="the article's own link; no buttons"),
                "actions_equal_count": unverified(rule(False)),
                "action_label_max": chars(None, CUSTOM_MESSAGE, note="no button labels"),
                "action_value_max": chars(None, CUSTOM_MESSAGE, note="no text replies from a card"),
                "url_max": unknown("char", NO_FIGURE),
                "action_types": listed("url", source=CUSTOM_MESSAGE),
            },
        ),
        "image_carousel": Native(
            shown_as="none; nearest: one news article or an uploaded picture",
            fit="none",
            fallback="alt_text as text (FIRST LINE does not say)",
            guess=_(
                "WeChat has no image carousel. FIRST LINE does not say whether customers get the "
                "alt text or an article: drawn is the alt text."
            ),
            limits={
                "alt_text_max": unverified(octets(2048, WECOM)),
                "columns_min": count(1, CUSTOM_MESSAGE),
                "columns_max": count(1, CUSTOM_MESSAGE),
                "button_text_max": chars(None, CUSTOM_MESSAGE, note="no buttons"),
                "badge_text_max": unknown("char", "no counterpart"),
                "action_value_max": chars(None, CUSTOM_MESSAGE),
                "url_max": unknown("char", NO_FIGURE),
                "action_types": listed("url", source=CUSTOM_MESSAGE),
            },
        ),
    },
    image={
        "image_url_max": unknown("char", NO_FIGURE),
        "image_max_bytes": unknown("byte", "plain picture messages need an uploaded media_id"),
        "image_formats": listed("jpeg", "png", source=OLDER_PAGE),
        "image_schemes": unknown("list", NO_FIGURE),
        "image_max_width": unknown("px", NO_FIGURE),
        "image_aspect_ratios": shapes(
            {"": ((640, 320), (80, 80))}, OLDER_PAGE, unit="px", note="recommended sizes of news"
        ),
    },
    link_schemes={
        "https": Scheme(CUSTOM_MESSAGE, is_documented=False),
        "http": Scheme(CUSTOM_MESSAGE),
    },
    look={
        "day-clock": "inline",
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
        "tail-at": ".9em auto auto -.35em",
        "tail-shape": "polygon(0 50%, 100% 0, 100% 100%)",
        "bubble-text": "1.07em",
        "mine": "light-dark(#95ec69, #3eb06a)",
        "mine-ink": "#0b1a06",
        "mine-radius": ".35em",
        "stamp": "light-dark(#686868, #8f8f8f)",
        "avatar-radius": ".35em",
        "avatar-size": "2.65em",
        "avatar-align": "start",
        "block": "light-dark(#ffffff, #2b2d2f)",
        "block-radius": ".35em",
        "block-gap": "0",
        "action-ink": "light-dark(#576b95, #8ea6d6)",
        "action-line": "transparent",
        "action-radius": "0",
        "action-align": "start",
        "action-weight": "400",
        "action-height": "1.9em",
        "action-pad": "0 .2em .5em",
        "action-gap": "0",
    },
    remarks=(
        "Allowed only after the customer acted: 5 messages within 48 hours of a message; 3 "
        "within 1 minute of a menu tap, a follow or a code scan (WeChat: sendCustomMessage).",
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
