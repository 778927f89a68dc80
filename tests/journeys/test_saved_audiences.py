"""A filter with a name: saved among the contacts, used on the way to a broadcast."""

import pytest
from django.urls import reverse

from people.models import Entry
from push.models import SavedAudience
from tests.makers import make_contact, make_template

pytestmark = pytest.mark.django_db
VIP = {"channel": "line", "q": "王 小明", "tag": "vip"}


def save(client, name="貴賓 <b>", **said):
    return client.post(reverse("audience_save"), VIP | {"name": name} | said, follow=True)


def test_a_filter_is_saved_and_found_anew(client, peishan):
    make_contact("王小明", tags=["vip"])

    page = save(client)
    make_contact("王小明二", tags=["vip"])
    again = client.get(reverse("contacts"), VIP)

    [offer] = again.context["saved"]
    assert "Saved as “貴賓 &lt;b&gt;”." in page.text
    assert 'aria-current="true">貴賓 &lt;b&gt;</a>' in again.text
    assert (offer.saved.by, again.context["found"]) == (peishan, 2)
    assert Entry.objects.first().verb == "saved audience"


def test_it_is_offered_on_the_way_to_a_broadcast(client, peishan):
    make_contact("王小明", tags=["vip"])
    save(client)
    version = make_template().latest

    page = client.get(reverse("send", query={"version": version.pk}))
    [offer] = page.context["saved"]
    chosen = client.get(f"{reverse('send')}?version={version.pk}&{offer.send_query}")

    assert offer.send_query.replace("&", "&amp;") not in page.text.split('class="saved"')[0]
    assert chosen.context["audience"].describe() == "LINE, search “王 小明”, tag “vip”"
    assert chosen.context["ledger"].total == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": " "}, "Give the audience a name."),
        ({"name": "\0"}, "Give the audience a name."),
    ],
)
def test_what_cannot_be_saved_says_why(client, peishan, said, words):
    page = save(client, **said)

    assert words in page.text
    assert not SavedAudience.objects.exists()


def test_a_channel_account_is_part_of_it(client, peishan):
    make_contact("王小明", account="二店", tags=["vip"])
    make_contact("王小明", account="一店", tags=["vip"])
    save(client, account="二店")
    version = make_template().latest

    [offer] = client.get(reverse("contacts"), VIP | {"account": "二店"}).context["saved"]
    chosen = client.get(f"{reverse('send')}?version={version.pk}&{offer.send_query}")

    assert offer.saved.account == "二店"
    assert chosen.context["audience"].describe().endswith("account “二店”")
    assert chosen.context["ledger"].total == 1
    assert "<option selected>二店</option>" in chosen.text


def test_a_name_is_given_once(client, peishan):
    save(client, "貴賓")

    page = save(client, "貴賓", q="別人")

    assert "There is a saved audience of this name already." in page.text
    assert SavedAudience.objects.get().words == "王 小明"


def test_a_long_name_and_a_strange_channel_are_cut_to_size(client, peishan):
    save(client, "長" * 5_000, channel="<b>", tag="標" * 200)

    kept = SavedAudience.objects.get()
    assert (len(kept.name), kept.channel, len(kept.tag)) == (80, "line", 64)


def test_it_is_forgotten_and_its_contacts_stay(client, peishan):
    contact = make_contact("王小明", tags=["vip"])
    save(client, "貴賓")
    kept = SavedAudience.objects.get()

    page = client.post(reverse("audience_forget", args=[kept.pk]), follow=True)

    contact.refresh_from_db()
    assert "“貴賓” is forgotten." in page.text
    assert not SavedAudience.objects.exists()
    assert client.post(reverse("audience_forget", args=[kept.pk])).status_code == 404
