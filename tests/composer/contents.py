"""Contents of every kind as the wildest typing leaves them, for tests of what always holds."""

from hypothesis import strategies as st

from tests.composer.messages import PICTURE

PIECES = st.sampled_from(
    [
        *(
            "{{ a }}",
            "{{ b | 預設 }}",
            "{{ c",
            "11/24（一）",
            "2026-11-11 (Thu)",
            "民國115年1月1日 週日",
        ),
        *(
            "好,我",
            "您好: 請",
            "我们這裡買",
            "发",
            "Message format not supported.",
            "👨‍👩‍👧‍👦",
            "🇹🇼",
        ),
        *(
            "字" * 30,
            "word " * 20,
            "。",
            "\n",
            " ",
            "https://a.tw/b",
            "http://a.tw",
            "Nov 25 (Mon)",
            "{name}",
            "0912345678",
            "\x00",
            "\ud83d",
        ),
    ]
)
TEXT = st.lists(PIECES | st.text(max_size=8), max_size=6).map("".join)
ADDRESS = (
    st.sampled_from(
        [
            PICTURE,
            "http://a.tw",
            " http://a.tw",
            "a.tw/b",
            "{{ a }}",
            "http://{{ a }}",
            "ht\ntp://a.tw",
            "https://https://a.tw",
            "https://a.tw/b。」",
            "https://coat",
        ]
    )
    | TEXT
)
COLOR = st.sampled_from(["", "#888888", "#ffffff", "#000000", "red"])
LABEL = st.sampled_from(["甲", "乙", "", " 甲 "]) | TEXT
PRESS = {"type": st.sampled_from(["text", "url", "phonenumber"]), "value": LABEL, "url": ADDRESS}
ACTION = st.fixed_dictionaries(PRESS | {"text": LABEL, "type": st.sampled_from(["text", "url"])})
PLATE = st.fixed_dictionaries({"text": TEXT, "color": COLOR, "background_color": COLOR})
CONTENTS = st.one_of(
    st.tuples(st.just("text"), st.fixed_dictionaries({"message": TEXT})),
    st.tuples(
        st.sampled_from(["button", "quickreply"]),
        st.fixed_dictionaries(
            {
                "explain_text": TEXT,
                "options": st.lists(st.fixed_dictionaries(PRESS | {"label": LABEL}), max_size=5),
            }
        ),
    ),
    st.tuples(
        st.just("carousel"),
        st.fixed_dictionaries(
            {
                "alt_text": TEXT,
                "columns": st.lists(
                    st.fixed_dictionaries(
                        {
                            "image_url": ADDRESS,
                            "title": TEXT,
                            "text": TEXT,
                            "actions": st.lists(ACTION, max_size=4),
                        }
                    ),
                    max_size=3,
                ),
            }
        ),
    ),
    st.tuples(
        st.just("image_carousel"),
        st.fixed_dictionaries(
            {
                "alt_text": TEXT,
                "columns": st.lists(
                    st.fixed_dictionaries(
                        {
                            "image_url": ADDRESS,
                            "action": st.fixed_dictionaries(PRESS),
                            "button": PLATE,
                            "badge": PLATE,
                        }
                    ),
                    max_size=3,
                ),
            }
        ),
    ),
)
