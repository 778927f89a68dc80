"""Contacts who lack a value: the check says who, and nobody gets a blank that was not chosen."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from composer.vocabulary import placeholders
from people import rights
from people.models import Entry
from push import broadcasts, contacts, engine, expansion, schedule
from push.audience import Audience
from push.broadcasts import Tally
from push.forms.times import LOCAL
from push.models import Broadcast, Contact, Outcome
from tests.journeys.sending import go, url
from tests.makers import make_contact, make_template, make_user
from tests.push.test_broadcasts import books_balance

pytestmark = pytest.mark.django_db(transaction=True)

EVERYONE = {"channel": "line", "to": "everyone"}
MESSAGE = "嗨 {{ name | 貴賓 }}，{{ coupon }}"


@pytest.fixture(autouse=True)
def quick(settings):
    settings.FIRSTLINE_RATE_PER_MINUTE = 600_000
    settings.TAKE_BACK_SECONDS = 0


@pytest.fixture
def version():
    """小明 has a coupon; 小華 has none, and 阿美's shows nothing."""
    make_contact("小明", attributes={"coupon": "A1"})
    make_contact("小華")
    make_contact("阿美", attributes={"coupon": " \u3000\u200b"})
    return make_template(message=MESSAGE).latest


def texts(fake_firstline):
    return sorted(post.json["message"] for post in fake_firstline.posts)


def left_out(broadcast):
    gone = broadcast.deliveries.filter(outcome=Outcome.CANCELLED, reason="blank_value")
    return sorted(gone.values_list("contact__name", flat=True))


def test_check_says_how_many_and_who(client, peishan, version):
    page = client.get(url("send_check", version, **EVERYONE))
    found = client.get(url("send_spreads", version, **EVERYONE))

    assert "Nothing to say against it" not in page.text
    assert "Looking for contacts without a value" in page.text
    [row] = found.context["rows"]
    assert (row.missing.name, row.missing.count) == ("coupon", 2)
    assert [str(each) for each in row.missing.contacts] == ["小華", "阿美"]
    assert "2 contacts have no value for" in found.text
    assert found.text.count('hx-swap-oob="true"') == 2
    assert "Nothing to say against it" not in found.text


def test_check_names_twenty_and_counts_the_rest(client, peishan):
    for number in range(23):
        make_contact(f"小明{number}")
    version = make_template(message=MESSAGE).latest

    found = client.get(url("send_spreads", version, **EVERYONE))

    assert len(found.context["rows"][0].missing.contacts) == 20
    assert "and 3 more" in found.text


def test_check_is_content_where_nobody_lacks_a_value(client, peishan):
    make_contact("小明", attributes={"coupon": "A1"})
    version = make_template(message=MESSAGE).latest

    found = client.get(url("send_spreads", version, **EVERYONE))

    assert found.context["rows"] == []
    assert "Nothing to say against it" in found.text
    assert go(client, version, count=1).status_code == 302


def test_placeholders_with_defaults_are_not_asked_about(client, peishan):
    """Nor are findings brought to a place that the page does not have."""
    make_contact()
    version = make_template(message="嗨 {{ name | 貴賓 }}").latest

    page = client.get(url("send_check", version, **EVERYONE))
    found = client.get(url("send_spreads", version, **EVERYONE))

    assert 'id="blanks"' in page.text
    assert 'id="blanks"' in found.text
    assert 'id="blank-findings"' not in page.text + found.text


def test_without_a_choice_nothing_is_sent(client, peishan, version):
    refused = [
        go(client, version, count=3),
        go(client, version, count=3, blank_0="forged"),
        go(client, version, count=3, blank_0="fill"),
        go(client, version, count=3, blank_0="fill", blank_0_value=" \u3000 "),
    ]

    assert [answer.status_code for answer in refused] == [422] * 4
    assert "Choose what happens to contacts without a value for {{ coupon }}." in refused[0].text
    assert "Enter a value for {{ coupon }}." in refused[2].text
    assert 'name="blank_0"' in refused[0].text
    assert (Broadcast.objects.count(), Entry.objects.exclude(verb="signed in").count()) == (0, 0)


def test_left_out_they_are_not_in_the_audience(client, peishan, version, fake_firstline):
    here = url("send_check", version, **EVERYONE, blank_0="skip")
    ledger = client.get(here).context["ledger"]

    go(client, version, count=1, blank_0="skip")
    engine.turn()

    broadcast = Broadcast.objects.get()
    assert (ledger.matching, ledger.lacking, ledger.total) == (3, 2, 1)
    assert broadcast.audience == {"channel": "line", "everyone": True, "required": ["coupon"]}
    assert texts(fake_firstline) == ["嗨 小明，A1"]
    assert broadcasts.tally(broadcast) == Tally(1, sent=1)
    assert "No value for coupon" in client.get(here).text


def test_leaving_out_changes_the_number_that_is_confirmed(client, peishan, version):
    answer = go(client, version, count=3, blank_0="skip")

    assert (answer.status_code, Broadcast.objects.count()) == (422, 0)
    assert answer.context["ledger"].total == 1
    assert "The audience has changed" in answer.text


def test_a_value_for_this_send_is_sent_and_kept(client, peishan, version, fake_firstline):
    value = '<b>{x} }}{{</b> "%s" \\u0000 🙂'

    go(client, version, count=3, blank_0="fill", blank_0_value=value)
    engine.turn()

    broadcast = Broadcast.objects.get()
    assert broadcast.fallback_values == {"coupon": value}
    assert texts(fake_firstline) == sorted(
        ["嗨 小明，A1", f"嗨 小華，{value}", f"嗨 阿美，{value}"]
    )
    kept = broadcast.deliveries.get(contact__name="小華").values
    assert kept == {"name": "小華", "coupon": value}
    assert Contact.objects.get(name="小華").attributes == {}
    assert Entry.objects.get(verb="sent").detail["fallbacks"] == [f"coupon: {value}"]


def test_blanks_are_sent_by_name(client, peishan, version, fake_firstline):
    go(client, version, count=3, blank_0="send")
    engine.turn()

    assert Broadcast.objects.get().fallback_values == {"coupon": ""}
    assert texts(fake_firstline) == ["嗨 小明，A1", "嗨 小華，", "嗨 阿美，"]


def test_each_placeholder_has_its_own_choice(client, peishan, fake_firstline):
    make_contact("小明", attributes={"coupon": "A1", "store": "信義"})
    make_contact("小華", attributes={"store": "新竹"})
    make_contact("阿美", attributes={"coupon": "A2"})
    version = make_template(message="{{ coupon }} {{ store }} {{ name }}").latest

    one_is_missing = go(client, version, count=2, blank_0="skip")
    go(client, version, count=2, blank_0="skip", blank_1="fill", blank_1_value="門市")
    engine.turn()

    assert one_is_missing.status_code == 422
    assert sorted(one_is_missing.context["blanks"].errors) == ["blank_1"]
    assert texts(fake_firstline) == ["A1 信義 小明", "A2 門市 阿美"]


def test_a_value_is_judged_by_the_same_checks(client, peishan):
    message = {"alt_text": "看看", "columns": [{"title": "{{ coupon }}", "text": "好"}]}
    said = message["columns"][0] | {
        "image_url": "https://img.nuanri.tw/coat.jpg",
        "actions": [{"text": "看", "type": "url", "url": "{{ link }}"}],
    }
    version = make_template(kind="carousel", message=message | {"columns": [said]}).latest
    make_contact()

    answer = go(
        client,
        version,
        count=1,
        blank_0="fill",
        blank_0_value="字" * 41,
        blank_1="fill",
        blank_1_value="not an address",
    )

    errors = answer.context["blanks"].errors
    assert (answer.status_code, Broadcast.objects.count()) == (422, 0)
    assert sorted(errors) == ["blank_0_value", "blank_1_value"]
    assert "40 characters" in str(errors["blank_0_value"])


@pytest.mark.parametrize(
    ("text", "refused"), [("{{ coupon }}", True), ("{{ coupon }} {{ store }}", False)], ids=str
)
def test_a_blank_that_leaves_nothing_of_a_part_is_refused(client, peishan, manage, text, refused):
    make_contact()
    version = make_template(message=text).latest
    said = {"blank_0": "send"} | ({} if refused else {"blank_1": "fill", "blank_1_value": "信義"})
    words = ["--blank", "send"] + ([] if refused else ["--value", "store=信義"])

    code, _out, err = manage(*COMMAND, *words)
    sent_by_command = Broadcast.objects.count()
    answer = go(client, version, count=1, again="on", **said)

    assert (code, sent_by_command) == ((2, 0) if refused else (0, 1))
    assert ("Nothing is left of this" in err) == refused
    assert answer.status_code == (422 if refused else 302)
    assert ("blank_0" in answer.context["blanks"].errors) if refused else True


def test_who_lost_the_value_since_gets_what_was_chosen(client, peishan, version, fake_firstline):
    go(client, version, count=3, blank_0="fill", blank_0_value="B1")
    Contact.objects.update(attributes={})

    engine.turn()

    assert texts(fake_firstline) == ["嗨 小明，B1", "嗨 小華，B1", "嗨 阿美，B1"]


def test_who_lost_the_value_when_nothing_was_asked_is_left_out_visibly(
    client, peishan, fake_firstline
):
    make_contact("小明", attributes={"coupon": "A1"})
    make_contact("小華", attributes={"coupon": "A2"})
    answer = go(client, make_template(message=MESSAGE).latest, count=2)
    Contact.objects.filter(name="小華").update(attributes={"coupon": "  "})

    engine.turn()

    broadcast = Broadcast.objects.get()
    assert texts(fake_firstline) == ["嗨 小明，A1"]
    assert broadcasts.tally(broadcast) == Tally(2, sent=1, cancelled=1)
    assert (left_out(broadcast), broadcast.state) == (["小華"], "done")
    assert books_balance(broadcast)
    assert "has no value for a placeholder without a default" in client.get(answer.url).text


def test_a_scheduled_broadcast_leaves_out_who_lacks_it_then(client, peishan, version):
    at = timezone.localtime() + timedelta(days=1)
    moment = f"{at.replace(hour=12):{LOCAL}}"
    answer = go(client, version, count=1, blank_0="skip", when="at", at=moment, disturb="on")
    make_contact("新來", attributes={"coupon": "A3"})
    plan = client.get(answer.url)

    Broadcast.objects.update(start_at=timezone.now() - timedelta(seconds=2))
    schedule.start_due()
    while expansion.step(Broadcast.objects.get().pk):
        pass

    names = Broadcast.objects.get().deliveries.values_list("contact__name", flat=True)
    assert plan.context["ledger"].lacking == 2
    assert sorted(names) == ["小明", "新來"]


@pytest.mark.parametrize("first", [{"blank_0": "skip"}, {"blank_0": "send"}], ids=str)
def test_who_is_left_out_does_not_hide_a_repetition(client, peishan, version, first):
    go(client, version, count=1 if first["blank_0"] == "skip" else 3, **first)

    again = go(client, version, count=3, blank_0="fill", blank_0_value="B1")

    assert (again.status_code, Broadcast.objects.count()) == (422, 1)
    assert "again" in again.context["form"].errors


def test_the_default_of_one_use_does_not_cover_another(client, peishan, fake_firstline):
    make_contact("小明")
    version = make_template(message="{{ coupon | 無 }}／{{ coupon }}").latest

    refused = go(client, version, count=1)
    go(client, version, count=1, blank_0="send")
    engine.turn()

    assert refused.status_code == 422
    assert texts(fake_firstline) == ["無／"]


def test_a_default_is_used_for_what_shows_nothing(client, peishan, fake_firstline):
    make_contact("\u3000")

    go(client, make_template(message="嗨 {{ name | 貴賓 }}").latest, count=1)
    engine.turn()

    assert texts(fake_firstline) == ["嗨 貴賓"]


def test_examples_show_what_missing_values_become(client, peishan, version):
    query = EVERYONE | {"blank_0": "fill", "blank_0_value": "B1"}

    filled = client.get(url("send_examples", version, **query))
    skipped = client.get(url("send_examples", version, **EVERYONE, blank_0="skip"))

    assert filled.text.count("B1") == 2
    assert [str(each.contact) for each in skipped.context["examples"]] == ["小明"]


def test_choices_wait_until_the_counting_is_done(client, peishan, version):
    page = client.get(url("send_check", version, **EVERYONE, blank_0="skip"))

    assert '<input type="hidden" name="blank_0" value="skip">' in page.text


def test_names_that_are_taken_are_names_like_others(client, peishan, fake_firstline):
    make_contact("小明")
    version = make_template(message="{{ self }} {{ items }} {{ pk__in }}").latest
    said = {f"blank_{number}": "fill" for number in range(3)}
    said |= {f"blank_{number}_value": text for number, text in enumerate("甲乙丙")}

    go(client, version, count=1, **said)
    engine.turn()

    assert texts(fake_firstline) == ["甲 乙 丙"]


def test_a_test_send_goes_with_a_blank(client, peishan, version, fake_firstline):
    contact = Contact.objects.get(name="小華")

    client.post(
        url("send_test", version, channel="line"), {"press": uuid4(), "contact": contact.pk}
    )
    engine.turn()

    assert texts(fake_firstline) == ["嗨 小華，"]


def test_what_is_tried_again_keeps_the_choice(client, peishan, version, fake_firstline):
    go(client, version, count=3, blank_0="fill", blank_0_value="B1")
    for _number in range(3):
        fake_firstline.answer(422)
    engine.turn()
    before = len(fake_firstline.posts)

    broadcasts.retry_failed(Broadcast.objects.get(), by=None)
    engine.turn()

    again = sorted(post.json["message"] for post in fake_firstline.posts[before:])
    assert again == ["嗨 小明，A1", "嗨 小華，B1", "嗨 阿美，B1"]


def test_who_is_both_silent_and_blank_is_left_out_once(fake_firstline):
    make_contact("小明", attributes={"coupon": "A1"})
    version = make_template(message=MESSAGE).latest
    everyone = Audience("line", everyone=True)
    broadcast = broadcasts.start(version, audience=everyone, by=None, press=uuid4())
    while expansion.step(broadcast.pk):
        pass
    broadcast.deliveries.update(values={"name": "小明", "coupon": None})
    contacts.disturb(Contact.objects.get(), allowed=False, by=make_user())

    engine.turn()

    assert broadcasts.tally(broadcast) == Tally(1, cancelled=1)
    assert broadcast.deliveries.get().reason == "do_not_disturb"


COMMAND = ("send_broadcast", "歡迎", "--channel", "line", "--all")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--blank", "skip"], ["嗨 小明，A1"]),
        (["--blank", "send"], ["嗨 小明，A1", "嗨 小華，", "嗨 阿美，"]),
        (["--value", "coupon=B=1"], ["嗨 小明，A1", "嗨 小華，B=1", "嗨 阿美，B=1"]),
        (
            ["--blank", "skip", "--value", "coupon=B1"],
            ["嗨 小明，A1", "嗨 小華，B1", "嗨 阿美，B1"],
        ),
    ],
    ids=" ".join,
)
def test_send_broadcast_does_as_it_is_told(manage, version, fake_firstline, words, expected):
    code, *_said = manage(*COMMAND, *words)
    engine.turn()

    assert (code, texts(fake_firstline)) == (0, expected)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ([], "{{ coupon }}: 2 of 3"),
        ([], "--blank skip, --blank send or --value NAME=TEXT"),
        (["--blank", "maybe"], "invalid choice"),
        (["--value", "coupon"], "is not NAME=TEXT"),
        (["--value", "coupon= "], "is not NAME=TEXT"),
        (["--value", "coupon={{ name }}"], "everybody would read {{ name }}"),
        (["--value", "nothing=B1"], "no placeholder “nothing”"),
        (["--value", "name=B1"], "no placeholder “name” without a default"),
    ],
)
def test_send_broadcast_asks_too(manage, version, words, complaint):
    code, out, err = manage(*COMMAND, *words)

    assert (code, out, err.count("\n"), Broadcast.objects.count()) == (2, "", 1, 0)
    assert complaint in err


def test_send_broadcast_skips_nobody_into_an_empty_audience(manage):
    make_contact("小華")
    make_template(message=MESSAGE)

    code, _out, err = manage(*COMMAND, "--blank", "skip")

    assert (code, Broadcast.objects.count()) == (2, 0)
    assert "every contact lacks a value" in err


@pytest.mark.parametrize("value", ["{{ name }}", "{{coupon}}", "券 {{ a.b | 無 }}"])
def test_value_for_this_send_has_no_placeholder(client, peishan, version, value):
    page = go(client, version, count=3, blank_0="fill", blank_0_value=value)

    assert (page.status_code, Broadcast.objects.count()) == (422, 0)
    assert "Nothing is filled in here" in page.text


def make_link(url):
    options = [{"label": "看", "type": "url", "url": url}]
    message = {"explain_text": "看看", "options": options}
    return make_template(f"連結{url}", kind="button", message=message).latest


def make_call(number):
    options = [{"label": "打", "type": "phonenumber", "number": number}]
    message = {"explain_text": "打來", "options": options}
    return make_template(f"電話{number}", kind="button", message=message).latest


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("{{ base }}/?c={{ coupon }}", "B1"),
        ("https://{{ base }}/{{ coupon }}", "B1"),
        ("https://{{ coupon }}/{{ base }}", "a.tw"),
        ("{{ coupon }}/{{ base }}", "https://a.tw"),
    ],
)
def test_value_is_judged_beside_others_that_fit(client, peishan, url, value):
    make_contact(attributes={"base": "https://a.tw"})
    version = make_link(url)

    assert go(client, version, count=1, **fill("coupon", value, version)).status_code == 302


def test_value_of_a_number_is_judged_beside_another(client, peishan):
    make_contact(attributes={"area": "02"})
    version = make_call("{{ area }}{{ coupon }}")

    assert go(client, version, count=1, **fill("coupon", "words", version)).status_code == 422
    assert go(client, version, count=1, **fill("coupon", "27201188", version)).status_code == 302


@pytest.mark.parametrize("url", ["https://{{ coupon }}/", "{{ coupon }}/x", "{{ coupon }}"])
def test_no_blank_is_sent_where_an_address_is_lost(client, peishan, url):
    make_contact()

    assert go(client, make_link(url), count=1, blank_0="send").status_code == 422
    assert Broadcast.objects.count() == 0


def fill(name, value, version):
    number = placeholders.required(version.payload).index(name)
    return {f"blank_{number}": "fill", f"blank_{number}_value": value}


# Tags, of which U+E0041 is one, are too many for the database to look for.
UNSEEN = ["\x01\x02", "\x85", "\u206a", "\ufe01", "\ufff9"]
TAG = "\U000e0041"


@pytest.mark.parametrize("unseen", UNSEEN)
def test_whatever_shows_nothing_counts_as_missing(client, peishan, fake_firstline, unseen):
    make_contact("小明", attributes={"coupon": unseen})
    version = make_template(message=MESSAGE).latest

    found = client.get(url("send_spreads", version, **EVERYONE))
    page = go(client, version, count=1, blank_0="fill", blank_0_value="B1")
    engine.turn()

    assert [row.missing.count for row in found.context["rows"]] == [1]
    assert page.status_code == 302
    assert texts(fake_firstline) == ["嗨 小明，B1"]


@pytest.mark.parametrize("said", [{}, {"blank_0": "fill", "blank_0_value": "B1"}])
def test_nobody_gets_a_blank_that_the_database_cannot_see(client, peishan, fake_firstline, said):
    make_contact("小明", attributes={"coupon": "A1"})
    make_contact("小華", attributes={"coupon": TAG})
    version = make_template(message=MESSAGE).latest

    assert go(client, version, count=2, **said).status_code == 302
    engine.turn()

    assert texts(fake_firstline) == ["嗨 小明，A1"]
    assert left_out(Broadcast.objects.get()) == ["小華"]


@pytest.mark.parametrize("default", ["\u200b", "\u2800", "\u3164\u200d", "\u2028", "\ufeff"])
def test_default_that_shows_nothing_is_none(client, peishan, default):
    make_contact("小明")
    version = make_template(message=f"嗨，{{{{ coupon | {default} }}}}").latest

    assert go(client, version, count=1).status_code == 422
    assert Broadcast.objects.count() == 0


def test_who_may_not_send_sees_nothing(client, version):
    client.force_login(make_user("志豪", rights=[rights.WRITE]))

    assert go(client, version, count=3, blank_0="send").status_code == 403
    assert client.get(url("send_spreads", version, **EVERYONE)).status_code == 403
