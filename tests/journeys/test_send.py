"""The way to a broadcast: message, audience, check, go."""

from uuid import uuid4

import pytest
from django.urls import reverse

from people import rights
from push import audience
from push.models import Broadcast, Contact
from tests.makers import make_contact, make_template, make_user, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def peishan(client):
    user = make_user("佩珊", rights=[rights.SEND])
    client.force_login(user)
    return user


def url(name, version, **query):
    return reverse(name, query={"version": version.pk, **query})


def go(client, version, *, count, query=None, **said):
    query = query or {"channel": "line", "to": "everyone"}
    posted = {"press": uuid4(), "count": count, "force": "", **said}
    return client.post(url("send_go", version, **query), posted)


@pytest.mark.parametrize("many", [1, 3])
def test_first_step_shows_what_may_be_sent(client, peishan, many, django_assert_num_queries):
    mine = make_template("我的草稿", state="draft", owner=peishan)
    names = [make_template(f"範本 <b>{number}").name for number in range(many)]
    make_template("別人的草稿", state="draft", owner=make_user("志豪"))
    make_template("收起來的", state="archived")

    with django_assert_num_queries(6):
        page = client.get(reverse("send"))

    shown = {tile["template"].name for tile in page.context["tiles"]}
    assert shown == {mine.name, *names}
    assert "範本 &lt;b&gt;0" in page.text


def test_first_step_finds_words_of_the_message(client, peishan):
    found = make_template("歡迎", words="新品上架")
    make_template("其他")

    page = client.get(reverse("send", query={"find": "上架", "channel": "viber", "to": "everyone"}))

    assert [tile["template"] for tile in page.context["tiles"]] == [found]
    assert page.context["tiles"][0]["url"].endswith("&channel=viber&to=everyone")


def test_first_step_with_nothing_to_send_teaches_the_next(client, peishan):
    page = client.get(reverse("send"))

    assert "Nothing to send yet" in page.text


def test_audience_goes_on_to_the_check_with_everything_in_the_address(client, peishan):
    version = make_template().latest
    make_contact("王小明", tags=["vip"])
    chosen = {"channel": "line", "to": "some", "search": "小明", "tag": "vip"}

    answer = client.post(url("send", version), chosen)

    assert answer.status_code == 302
    assert answer.url == url("send_check", version, **chosen)


def test_audience_of_nobody_stays_and_says_so(client, peishan):
    page = client.post(url("send", make_template().latest), {"channel": "line", "to": "some"})

    assert "Nobody is chosen yet" in page.text


def test_audience_is_counted_while_it_is_chosen(client, peishan):
    version = make_template().latest
    make_contact("小明")
    make_contact("小明", do_not_disturb=True)

    answer = client.post(
        url("send_count", version), {"channel": "line", "to": "some", "search": "小明"}
    )

    assert answer.context["ledger"].total == 1
    assert answer["HX-Replace-Url"] == url(
        "send", version, channel="line", to="some", search="小明"
    )


def test_ticks_survive_paging_and_searching(client, peishan):
    version = make_template().latest
    first, second, third = (make_contact(name) for name in ("甲", "乙", "丙"))
    chosen = {"channel": "line", "to": "people", "ids": f"{first.pk},{second.pk}", "find": "丙"}

    answer = client.post(
        url("send_people", version),
        chosen | {"shown": [second.pk, third.pk], "ticked": [third.pk]},
    )

    assert answer.context["chosen"] == {first.pk, third.pk}
    assert [contact.name for contact in answer.context["found"]] == ["丙"]


def test_ticking_a_page_and_unticking_everyone(client, peishan):
    version = make_template().latest
    people = [make_contact() for _number in range(3)]
    shown = {"channel": "line", "to": "people", "shown": [each.pk for each in people]}

    ticked = client.post(url("send_people", version), shown | {"act": "page"})
    cleared = client.post(url("send_people", version), shown | {"act": "clear"})

    assert ticked.context["chosen"] == {each.pk for each in people}
    assert cleared.context["chosen"] == set()


def test_pasted_ids_are_added_and_unknown_ones_reported(client, peishan):
    version, ming = make_template().latest, make_contact(contactable_id="1001")
    pasted = {"channel": "line", "to": "people", "pasted": "1001, <b>no\n", "act": "paste"}

    answer = client.post(url("send_people", version), pasted)

    assert (answer.context["chosen"], answer.context["unknown"]) == ({ming.pk}, ("<b>no",))
    assert "&lt;b&gt;no" in answer.text


def test_a_long_list_of_people_is_kept_behind_a_short_address(client, peishan):
    version = make_template().latest
    Contact.objects.bulk_create(
        Contact(channel="line", contactable_id=str(number)) for number in range(500)
    )
    pasted = {"channel": "line", "to": "people", "pasted": " ".join(map(str, range(500)))}

    answer = client.post(url("send", version), pasted)

    assert len(answer.url) < 200
    assert client.get(answer.url).context["ledger"].total == 500


def test_walking_back_from_the_check_loses_nothing(client, peishan):
    version, ming = make_template().latest, make_contact()
    query = {"channel": "line", "to": "people", "ids": ming.pk}

    check = client.get(url("send_check", version, **query))
    audience = client.get(check.context["steps"][1].url)
    message = client.get(check.context["steps"][0].url)

    assert audience.context["chosen"] == {ming.pk}
    assert message.context["tiles"][0]["url"] == url("send", version, **query)


def test_check_shows_the_account_and_real_people(client, peishan):
    version = make_template(message="嗨 {{ name }}，{{ coupon | 沒有 }}").latest
    make_contact("短", attributes={"coupon": "A1"})
    make_contact("亞歷珊卓拉・維多利亞", attributes={"coupon": "A2"})
    make_contact("缺", attributes={})
    make_contact("別吵", do_not_disturb=True)

    page = client.get(url("send_check", version, channel="line", to="everyone"))

    pictures = client.get(url("send_examples", version, channel="line", to="everyone"))

    ledger = page.context["ledger"]
    assert (ledger.matching, ledger.do_not_disturb, ledger.total) == (4, 1, 3)
    assert [(each.label, str(each.contact)) for each in pictures.context["examples"]] == [
        ("Longest name", "亞歷珊卓拉・維多利亞"),
        ("Without coupon", "缺"),
        ("First", "短"),
    ]
    assert "LINE quota" in page.text


def test_check_counts_every_placeholder(client, peishan):
    make_contact("小明")
    version = make_template(message="{{ name }} {{ coupon | <i> }}").latest

    fragment = client.get(url("send_spreads", version, channel="line", to="everyone"))

    assert [(row.name, row.blank) for row in fragment.context["spreads"]] == [
        ("name", 0),
        ("coupon", 0),
    ]
    assert "coupon | &lt;i&gt;" in fragment.text


def test_go_sends_once_however_often_it_is_pressed(client, peishan):
    version, press = make_template().latest, uuid4()
    make_contact()

    first = go(client, version, count=1, press=press)
    again = go(client, version, count=1, press=press)

    broadcast = Broadcast.objects.get()
    assert first.url == again.url == reverse("broadcast", args=[broadcast.pk])
    assert (broadcast.by, broadcast.audience) == (peishan, {"channel": "line", "everyone": True})


def test_go_with_a_changed_audience_shows_it_again(client, peishan):
    version = make_template().latest
    make_contact()

    page = go(client, version, count=2)

    assert (page.status_code, Broadcast.objects.count()) == (422, 0)
    assert "The audience has changed since you looked" in page.text


def test_go_to_the_same_audience_within_a_day_asks_first(client, peishan):
    version = make_template().latest
    make_contact()
    go(client, version, count=1)

    asked = go(client, version, count=1)
    confirmed = go(client, version, count=1, again="on")

    assert "Tick this if they should really get it once more" in asked.text
    assert (confirmed.status_code, Broadcast.objects.count()) == (302, 2)


@pytest.mark.parametrize(("typed", "sent"), [("", 0), ("1000", 0), ("1001", 1), ("1,001", 1)])
def test_go_above_a_thousand_wants_the_number(client, peishan, typed, sent):
    version = make_template().latest
    Contact.objects.bulk_create(
        Contact(channel="line", contactable_id=str(number)) for number in range(1_001)
    )

    go(client, version, count=1001, typed=typed)

    assert Broadcast.objects.count() == sent


def test_go_by_force_needs_the_right_and_a_reason(client, peishan):
    version = make_template().latest
    make_contact()

    refused = go(client, version, count=1, force="1", reason="停電")
    client.force_login(make_user("小美", rights=[rights.SEND, rights.FORCE]))
    unexplained = go(client, version, count=1, force="1", reason=" ")
    forced = go(client, version, count=1, force="1", reason="停電")

    assert "You do not have the right to force" in refused.text
    assert "Say why this cannot wait" in unexplained.text
    assert forced.status_code == 302
    assert [(each.is_forced, each.force_reason) for each in Broadcast.objects.all()] == [
        (True, "停電")
    ]


def test_go_to_nobody_is_not_possible(client, peishan):
    page = go(client, make_template().latest, count=0, query={"channel": "line", "to": "some"})

    assert (page.status_code, Broadcast.objects.count()) == (422, 0)
    assert "Nobody is left to send to" in page.text


def test_go_with_a_message_that_breaks_the_document_is_not_possible(client, peishan):
    version = make_template(kind="button", message={"explain_text": "", "options": []}).latest
    make_contact()

    page = go(client, version, count=1)

    assert (page.status_code, Broadcast.objects.count()) == (422, 0)
    assert "FIRST LINE would refuse this message" in page.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "draft"}, "somebody else&#x27;s draft"),
        ({"is_listed": False, "state": "draft"}, "somebody else&#x27;s draft"),
        ({"state": "archived"}, "This template is archived"),
    ],
    ids=["draft", "at hand", "archived"],
)
def test_go_with_what_is_not_ours_to_send_says_why(client, peishan, fields, words):
    version = make_template(owner=make_user("志豪"), **fields).latest
    make_contact()

    page = go(client, version, count=1)

    assert (page.status_code, Broadcast.objects.count()) == (422, 0)
    assert words in page.text


def test_go_with_ones_own_draft_is_fine(client, peishan):
    version = make_template(state="draft", owner=peishan).latest
    make_contact()

    assert go(client, version, count=1).status_code == 302


def test_check_of_an_older_version_offers_the_newer(client, peishan):
    template = make_template()
    older, newer = template.latest, make_version(template, "新的")
    make_contact()

    page = client.get(url("send_check", older, channel="line", to="everyone"))

    assert page.context["newer"] == newer


@pytest.mark.parametrize("key", ["0", "999999", "x", "9" * 30, "１", "-1", ""])
def test_an_unknown_version_is_not_found(client, peishan, key):
    for name in ("send", "send_check", "send_spreads", "send_test"):
        assert client.get(f"{reverse(name)}?version={key}").status_code == 404


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"channel": "fax", "to": "everyone"}, "There is no such channel"),
        ({"channel": "line", "to": "people", "ids": "1,x"}, "This list of people cannot be read"),
        ({"channel": "line", "to": "people", "ids": "9" * 30}, "This list of people cannot be"),
        ({"channel": "line", "to": "people", "ids": "9" * 18}, "0"),
        ({"channel": "line", "to": "people", "kept": "<script>"}, "0"),
        ({"channel": "line", "to": "some", "search": "王" * 5_000}, "at most 200 characters"),
        ({"channel": "line", "to": "some", "search": "a\0b"}, "Null characters are not allowed"),
        ({"channel": "line", "to": "some", "tag": "<b>nobody's"}, "0"),
        ({"channel": "line", "to": "mars"}, "0"),
    ],
)
def test_a_forged_address_chooses_nobody_and_says_so(client, peishan, query, words):
    version = make_template().latest
    make_contact()

    audience = client.get(url("send", version, **query))
    counted = client.post(url("send_count", version), query)
    check = client.get(url("send_check", version, **query))
    page = go(client, version, count=0, query=query)

    assert [each.context["ledger"].total for each in (audience, counted, check, page)] == [0] * 4
    assert words in counted.text
    assert Broadcast.objects.count() == 0


def test_go_without_a_press_sends_nothing(client, peishan):
    make_contact()

    page = go(client, make_template().latest, count=1, press="x")

    assert (page.status_code, Broadcast.objects.count()) == (422, 0)


def test_sending_asks_for_the_right(client):
    version = make_template().latest
    client.force_login(make_user("志豪"))

    codes = [client.get(url(name, version)).status_code for name in ("send", "send_check")]
    codes += [client.post(url(name, version)).status_code for name in ("send_go", "send_test")]

    assert codes == [403] * 4


def test_sending_asks_to_sign_in(client):
    answer = client.get(reverse("send"))

    assert answer.url.startswith(reverse("account_login"))


def test_test_send_goes_to_one_contact_and_says_that_it_is_a_test(client, peishan):
    version, press = make_template().latest, uuid4()
    ming, _hua = make_contact("小明"), make_contact("小華")
    posted = {"contact": ming.pk, "press": press}

    first = client.post(url("send_test", version, channel="line"), posted)
    again = client.post(url("send_test", version, channel="line"), posted)

    broadcast = Broadcast.objects.get()
    assert first.url == again.url == reverse("broadcast", args=[broadcast.pk])
    assert broadcast.is_test
    assert broadcast.audience == {"channel": "line", "ids": [ming.pk]}
    page = client.get(url("send_test", version, channel="line"))
    assert page.context["contact"] == ming


@pytest.mark.parametrize("contact", ["", "x", "0", "9" * 30])
def test_test_send_to_nobody_sends_nothing(client, peishan, contact):
    make_contact()

    page = client.post(
        url("send_test", make_template().latest), {"contact": contact, "press": uuid4()}
    )

    assert (page.status_code, Broadcast.objects.count()) == (200, 0)


def test_test_send_to_who_is_not_to_be_disturbed_says_why(client, peishan):
    version, quiet = make_template().latest, make_contact(do_not_disturb=True)

    page = client.post(
        url("send_test", version, channel="line"),
        {"contact": quiet.pk, "press": uuid4()},
        follow=True,
    )

    assert "Nobody is left to send to" in page.text


def test_people_ticked_among_the_contacts_stay_ticked_here(client, peishan):
    version = make_template().latest
    ming, hua = make_contact("小明"), make_contact("小華")
    query = {"channel": "line", "to": "people", "ticked": [ming.pk, hua.pk]}

    message = client.get(reverse("send", query=query))
    audience = client.get(message.context["tiles"][0]["url"])

    assert message.text.count('name="ticked"') == 2
    assert f"version={version.pk}" in message.context["tiles"][0]["url"]
    assert audience.context["chosen"] == {ming.pk, hua.pk}
    assert audience.context["kept_people"] == {"ids": f"{ming.pk},{hua.pk}"}


def test_too_many_people_to_choose_one_by_one_is_said(client, peishan):
    ids = ",".join(map(str, range(1, audience.MAX_IDS + 2)))

    page = client.post(
        url("send_count", make_template().latest), {"channel": "line", "to": "people", "ids": ids}
    )

    assert page.context["ledger"].total == 0
    assert "That is too many to choose one by one" in page.text


def test_what_the_engine_cannot_do_is_said(client, peishan):
    version = make_template(message=" ".join(f"{{{{ a{n} | x }}}}" for n in range(51))).latest
    ming = make_contact()

    page = go(client, version, count=1)
    test = client.post(
        url("send_test", version, channel="line"),
        {"contact": ming.pk, "press": uuid4()},
        follow=True,
    )

    assert ["at most 50 placeholders" in each.text for each in (page, test)] == [True, True]
    assert Broadcast.objects.count() == 0


def test_test_send_without_a_press_sends_nothing(client, peishan):
    version, ming = make_template().latest, make_contact()

    posted = {"contact": ming.pk, "press": "x"}
    page = client.post(url("send_test", version, channel="line"), posted, follow=True)

    assert "This page was out of date" in page.text
    assert Broadcast.objects.count() == 0
