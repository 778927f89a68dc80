"""A contact's values for placeholders: whatever people call them, names stay data."""

import pytest
from django.db.models import Count

from composer.vocabulary.contact_fields import field_of
from push import preflight, spread, values
from push.models import Contact
from push.spread import Spread
from tests.makers import make_contact, make_template
from tests.push.test_broadcasts import EVERYONE, make_broadcast
from tests.push.turns import work

pytestmark = pytest.mark.django_db

# What an argument, a keyword, a field, an alias, an attribute or a look-up is called somewhere.
TAKEN = [
    "self", "cls", "args", "kwargs", "expressions", "output_field", "template", "function",
    "arg_joiner", "extra", "lhs", "rhs", "value", "values", "items", "keys", "get", "pop",
    "update", "filter", "exclude", "annotate", "alias", "contact", "contact_id", "said", "picked",
    "connection", "compiler", "params", "sql", "default", "null", "none", "None", "True", "False",
    "and", "or", "not", "if", "for", "in", "is", "with", "class", "def", "return", "lambda",
    "select", "from", "where", "order", "group", "limit", "offset", "union", "table", "user",
    "name", "id", "pk", "_", "__", "___", "__class__", "__dict__", "__init__", "__proto__",
    "constructor", "prototype", "hasOwnProperty", "toString", "attributes", "channel", "tags",
    "tags__name", "name__gt", "pk__in", "id.id", "a.b", "a..b", "a-b", "a-", "tags.0", "forloop",
    "block",
]  # fmt: skip
STRANGE = ["姓名", "點數", "ñ", "ﬁ", "x0", "x-1", "_1", "x" * 64, "名" * 64, "y" * 500]
NAMES = [*dict.fromkeys(TAKEN), *STRANGE]
# Those that stand for a contact's own fields.
OWN = {name for name in NAMES if field_of(name)}

# What no placeholder is called today, but may stand in the database or be allowed some day.
FOREIGN = [
    "0", "-1", "1e3", "٣", "", " ", "a b", "a\"b", "\"", "a'b", "'; --", "a\\b", "\\", "\\u0041",
    "%", "%s", "%(name)s", "{0}", "{name}", "$", "$.name", "$[0]", "a[0]", "*", "#", "@", "<b>",
    "a\nb", "a\tb", "\u200b", "😀", "👩‍👩‍👧‍👦", "a:b", "a::text", "->>", "?", "a,b", "{a,b}",
    "}", "NULL",
]  # fmt: skip


def payload(names):
    return {"type": "text", "message": " ".join(f"{{{{ {name} }}}}" for name in names)}


@pytest.mark.parametrize("number", range(3))
def test_every_name_brings_its_own_value(number):
    names = [*NAMES, *FOREIGN][number::3]
    own = {name: f"{name} 的值 %s \"'\\" for name in names if name not in OWN}
    contact = make_contact("小明", attributes=own)
    make_contact("小華", attributes={})

    found = Contact.objects.annotate(said=values.all_of(names)).order_by("pk")
    first, second = found.values_list("said", flat=True)

    expected = own | {name: contact.values[field_of(name)] for name in names if name in OWN}
    assert first == expected
    assert {name: text for name, text in second.items() if text and name not in OWN} == {}


@pytest.mark.parametrize("name", [*NAMES[:60:7], *FOREIGN])
def test_the_value_of_a_name_is_found_and_grouped(name):
    make_contact("小明", attributes={name: "甲", "other": "乙"})
    make_contact("小華", attributes={"other": name})

    valued = Contact.objects.annotate(found=values.value(name)).order_by("pk")
    counted = valued.order_by().values("found").annotate(so_many=Count("pk"))

    assert list(valued.values_list("found", flat=True)) == ["甲", None]
    assert sorted((row["found"] or "", row["so_many"]) for row in counted) == [("", 1), ("甲", 1)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quick")
def test_a_message_of_taken_names_is_delivered(fake_firstline):
    own = {name: f"<{name}>" for name in NAMES if name not in OWN}
    contact = make_contact("小明", attributes=own)
    make_broadcast(contacts=0, message=payload(NAMES)["message"])

    work()

    assert [post.json["message"] for post in fake_firstline.posts] == [
        " ".join(contact.values[field_of(name) or name] for name in NAMES)
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quick")
def test_a_message_of_a_hundred_and_twenty_names_is_delivered(fake_firstline):
    names = [f"欄位{number}" for number in range(120)]
    make_contact("小明", attributes={name: str(at) for at, name in enumerate(names) if at % 2})
    message, blanks = payload(names)["message"], dict.fromkeys(names, "")
    make_broadcast(contacts=0, message=message, fallbacks=blanks)

    work()

    assert [post.json["message"] for post in fake_firstline.posts] == [
        " ".join(str(at) if at % 2 else "" for at in range(120))
    ]


def test_the_check_counts_taken_names():
    names = [name for name in NAMES if name not in OWN]
    make_contact("小明", attributes=dict.fromkeys(names, "有"))
    make_contact("小華")

    found = spread.over(EVERYONE, payload(names))

    assert found == [Spread(name, "", 1, 0, 1, "", "有") for name in names]


@pytest.mark.parametrize("name", NAMES)
def test_the_check_shows_who_lacks_a_taken_name(name):
    full = make_contact("小明", attributes={name: "有"} if name not in OWN else {})
    make_contact("小華")
    version = make_template(message=payload([name])["message"]).latest

    found = preflight.examples(EVERYONE, version)

    labels = {example.label: example.contact.name for example in found}
    assert labels.get(f"Without {name}") == (None if name in OWN else "小華")
    assert full in [example.contact for example in found]
