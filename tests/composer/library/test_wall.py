"""The wall of templates: what is on it, found, filtered and sorted."""

import re

import pytest
from django.urls import reverse

from composer import kinds, library
from composer.models import Template
from tests.composer.library.shelf import HOSTILE, keep
from tests.composer.messages import BODIES
from tests.makers import make_template

pytestmark = pytest.mark.django_db


def names(response):
    page = response.content.decode()
    return re.findall(r'<h3><a href="/library/\d+/">(.*?)</a>', page)


def counts(response):
    return {
        facet.name: {choice.value: choice.count for choice in facet.choices}
        for facet in response.context["facets"]
    }


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_wall_draws_every_kind(client, agent, kind):
    make_template(name="樣本", kind=kind, message=BODIES[kind])

    response = client.get("/library/")

    assert names(response) == ["樣本"]
    assert 'class="phone template-shot" data-channel="line"' in response.content.decode()


def test_wall_escapes_what_people_wrote(client, agent):
    keep(HOSTILE, HOSTILE, tags=[HOSTILE], notes=HOSTILE)

    page = client.get("/library/").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(" in page


def test_wall_shows_agents_what_is_published_and_their_own_drafts(client, agent):
    keep("公開")
    keep("自己的草稿", by=agent, state="draft")
    keep("別人的草稿", state="draft")
    keep("封存", by=agent, state="archived")

    assert set(names(client.get("/library/"))) == {"公開", "自己的草稿"}
    assert names(client.get("/library/?state=archived")) == []


def test_wall_shows_managers_the_archive_when_asked(client, manager):
    keep("公開")
    keep("封存", state="archived")

    assert names(client.get("/library/")) == ["公開"]
    assert names(client.get("/library/?state=archived")) == ["封存"]


@pytest.mark.parametrize("query", ["退款", "退款 運費", "訂單", "refund", "備註", "%20退款%20"])
def test_wall_searches_names_words_and_notes(client, agent, query):
    keep("退款說明", "您的訂單已退款，Refund done", notes="備註：含運費")
    keep("歡迎", "嗨")

    assert names(client.get(f"/library/?q={query}")) == ["退款說明"]


def test_wall_finds_the_words_of_the_latest_version_only(client, agent):
    template = keep("歡迎", "舊的")
    message = kinds.read({"type": "text", "message": "新的"})
    library.save_version(template, message, by=None, expected=1)

    assert names(client.get("/library/?q=新的")) == ["歡迎"]
    assert names(client.get("/library/?q=舊的")) == []


def test_facets_filter_and_count_beside_each_other(client, manager):
    keep("一", tags=["甲", "乙"])
    keep("二", tags=["甲"], by=manager)
    keep("三", state="draft", by=manager)
    make_template(name="四", kind="button", message=BODIES["button"])

    everything = counts(client.get("/library/"))
    response = client.get("/library/", {"tag": "甲"})

    me = str(manager.pk)
    assert everything == {
        "state": {"published": 3, "draft": 1},
        "kind": {"text": 3, "button": 1},
        "tag": {"乙": 1, "甲": 2},
        "owner": {me: 2, "": 2},
    }
    assert set(names(response)) == {"一", "二"}
    assert counts(response) == {
        "state": {"published": 2, "draft": 0},
        "kind": {"text": 2, "button": 0},
        "tag": {"乙": 1, "甲": 2},
        "owner": {me: 1, "": 1},
    }
    assert names(client.get("/library/", {"tag": "甲", "owner": me})) == ["二"]


def test_wall_sorts_by_name_use_and_last_saved(client, agent):
    for name, uses in [("乙", 1), ("丙", 5), ("甲", 3)]:
        template = keep(name)
        Template.objects.filter(pk=template.pk).update(uses=uses)

    assert names(client.get("/library/?sort=saved")) == ["甲", "丙", "乙"]
    assert names(client.get("/library/?sort=used")) == ["丙", "甲", "乙"]
    assert names(client.get("/library/?sort=name")) == sorted(["乙", "丙", "甲"])


def test_wall_has_pages_and_a_steady_number_of_queries(client, manager, django_assert_num_queries):
    for number in range(30):
        keep(f"範本 {number:02}", by=manager)
    client.get("/library/")

    with django_assert_num_queries(6):
        first = client.get("/library/?sort=name")
    second = client.get("/library/?sort=name&page=2")

    assert (len(names(first)), len(names(second))) == (24, 6)
    assert 'href="?sort=name&amp;page=2"' in first.content.decode()
    assert len(names(client.get("/library/?page=junk"))) == 24


def test_wall_is_a_list_too(client, agent):
    keep("歡迎", tags=["迎新"])

    page = client.get("/library/?as=list").content.decode()

    assert '<th scope="row"><a href="/library/' in page
    assert "迎新" in page


def test_wall_draws_on_the_chosen_channel(client, agent):
    keep()

    page = client.get("/library/?channel=telegram").content.decode()

    assert 'class="phone template-shot" data-channel="telegram"' in page


def test_wall_answers_htmx_with_the_fragment_alone(client, agent):
    keep()

    asked = {"HX-Request": "true"}
    page = client.get("/library/", headers=asked).content.decode()
    back = client.get("/library/", headers=asked | {"HX-History-Restore-Request": "true"})

    assert "<html" not in page
    assert 'id="filters"' in page
    assert "<html" in back.content.decode()


@pytest.mark.parametrize(
    "query", ["state=x", "sort=x", "channel=x", "kind=x", "owner=x", "page=-1", "q=%00", "tag=%00"]
)
def test_wall_stands_junk_in_the_address(client, agent, query):
    keep()

    assert client.get(f"/library/?{query}").status_code == 200


def test_an_empty_library_teaches_the_next_step(client, agent):
    page = client.get("/library/").content.decode()

    assert "No templates yet" in page
    assert reverse("compose", args=["text"]) in page


def test_no_match_offers_the_way_back(client, agent):
    keep()

    assert "No template matches" in client.get("/library/?q=nothing").content.decode()
