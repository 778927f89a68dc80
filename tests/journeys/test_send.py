"""The way to a broadcast, first half: which message, and to whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people import rights
from push import audience
from push.models import Broadcast, Contact
from tests.journeys.sending import go, url
from tests.makers import make_contact, make_template, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("many", [1, 3])
def test_first_step_shows_what_may_be_sent(client, peishan, many, django_assert_num_queries):
    mine = make_template("我的草稿", state="draft", owner=peishan)
    names = [make_template(f"範本 <b>{number}").name for number in range(many)]
    make_template("別人的草稿", state="draft", owner=make_user("志豪"))
    make_template("收起來的", state="archived")

    with django_assert_num_queries(5):
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


def test_accounts_are_those_of_the_channel_and_follow_it(client, peishan):
    version = make_template().latest
    make_contact("小明", account="二店")
    make_contact("小華", channel="facebook", account="粉絲團")
    said = {"to": "some", "account": "二店", "accounts_of": "line"}

    page = client.get(url("send", version, channel="line"))
    same = client.post(url("send_count", version), said | {"channel": "line"})
    other = client.post(url("send_count", version), said | {"channel": "facebook"})

    assert "<option>二店</option>" in page.text
    assert "粉絲團" not in page.text
    assert (same.context["ledger"].total, 'id="account"' in same.text) == (1, False)
    assert "account=" in same["HX-Replace-Url"]
    assert (other.context["ledger"].total, "<option>粉絲團</option>" in other.text) == (0, True)
    assert "account=" not in other["HX-Replace-Url"]


def test_contacts_are_counted_by_channel_only_where_none_is_said(client, peishan):
    version = make_template().latest
    for channel in ("line", "facebook", "facebook"):
        make_contact(channel=channel)

    unsaid = client.post(url("send_count", version), {})
    with CaptureQueriesContext(connection) as asked:
        said = client.post(url("send_count", version), {"channel": "line"})

    assert [page.context["channel"].slug for page in (said, unsaid)] == ["line", "facebook"]
    assert [query["sql"] for query in asked if "GROUP BY" in query["sql"]] == []


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


def test_sending_asks_for_the_right(client):
    version = make_template().latest
    client.force_login(make_user("志豪"))

    codes = [client.get(url(name, version)).status_code for name in ("send", "send_check")]
    codes += [client.post(url(name, version)).status_code for name in ("send_go", "send_test")]

    assert codes == [403] * 4


def test_sending_asks_to_sign_in(client):
    answer = client.get(reverse("send"))

    assert answer.url.startswith(reverse("account_login"))


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


@pytest.mark.parametrize("listed", [True, False], ids=["a draft", "written to be sent once"])
def test_what_others_have_not_published_is_not_found(client, peishan, listed):
    zhihao = make_user("志豪", rights=[rights.SEND])
    version = make_template("秘密", state="draft", owner=zhihao, is_listed=listed).latest
    names = ("send", "send_check", "send_spreads", "send_examples", "send_test")

    strangers = {client.get(url(name, version)).status_code for name in names}
    client.force_login(zhihao)
    own = {client.get(url(name, version)).status_code for name in names}

    assert (strangers, own) == ({404}, {200})


def test_an_archived_template_is_found_by_those_whom_the_library_shows_it(client, peishan):
    version = make_template("收起來的", state="archived", owner=peishan).latest
    addresses = [
        url("send", version),
        url("send_check", version),
        url("send_test", version),
        reverse("template", args=[version.template_id]),
        f"{reverse('compose', args=['text'])}?template={version.template_id}",
    ]

    def answers():
        return {client.get(address).status_code for address in addresses}

    client.force_login(make_user("志豪", rights=[rights.SEND, rights.WRITE]))
    agent = answers()
    client.force_login(make_user("阿強", rights=[rights.SEND, rights.WRITE, rights.PUBLISH]))

    assert (agent, answers()) == ({404}, {200})
