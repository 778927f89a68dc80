"""The library's pages: the wall, a template, its versions, in and out."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from composer import kinds, library
from composer.models import Template
from people import rights
from people.models import Entry
from tests.makers import make_template, make_user

pytestmark = pytest.mark.django_db

AGENT = [rights.WRITE, rights.SEND]
MANAGER = [rights.WRITE, rights.PUBLISH]
HOSTILE = '<script>alert("1")</script>{{ name }}{% now %}'
BODIES = {
    "text": "嗨",
    "button": {"explain_text": "選", "options": [{"label": "好", "value": "好", "type": "text"}]},
    "quickreply": {
        "explain_text": "選",
        "options": [{"label": "好", "value": "好", "type": "text"}],
    },
    "carousel": {"alt_text": "新品", "columns": [{"title": "大衣", "actions": [{"text": "看"}]}]},
    "image_carousel": {"alt_text": "新品", "columns": [{"image_url": "https://e.com/a.png"}]},
}


@pytest.fixture
def agent(client):
    person = make_user("佩珊", AGENT)
    client.force_login(person)
    return person


@pytest.fixture
def manager(client):
    person = make_user("志豪", MANAGER)
    client.force_login(person)
    return person


def keep(name="歡迎", words="嗨", *, by=None, state="published", **more):
    message = kinds.read({"type": "text", "message": words})
    template = library.create(name=name, message=message, by=by, **more).template
    Template.objects.filter(pk=template.pk).update(state=state)
    template.refresh_from_db()
    return template


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


def test_template_shows_its_picture_details_and_versions(client, manager):
    template = keep("歡迎", "一", by=manager, tags=["迎新"], notes="首次")
    message = kinds.read({"type": "text", "message": "二"})
    library.save_version(template, message, by=manager, expected=1, why="更正")

    page = client.get(f"/library/{template.pk}/?channel=viber").content.decode()

    assert 'data-channel="viber"' in page
    assert 'value="迎新"' in page
    assert f'href="/library/{template.pk}/versions/1/"' in page
    assert "更正" in page


def test_template_with_many_versions_has_pages(client, agent):
    template = keep("歡迎", "1")
    for number in range(1, 30):
        message = kinds.read({"type": "text", "message": f"第 {number}"})
        library.save_version(template, message, by=None, expected=number)

    second = client.get(f"/library/{template.pk}/?page=2").content.decode()

    assert re.findall(r"versions/(\d+)/", second) == [str(number) for number in range(10, 0, -1)]


def test_template_out_of_sight_is_not_found(client, agent):
    hidden = keep("別人的草稿", state="draft")
    once = library.once(kinds.read({"type": "text", "message": "嗨"}), by=agent).template

    for pk in (hidden.pk, once.pk, 999_999, 10**30):
        assert client.get(f"/library/{pk}/").status_code == 404


def test_details_are_saved(client, manager):
    template = keep("歡迎")

    response = client.post(
        f"/library/{template.pk}/details/",
        {"name": " 迎賓 ", "tags": "甲，乙、甲", "notes": "注意"},
    )

    assert response.status_code == 302
    template.refresh_from_db()
    assert (template.name, template.tags, template.notes) == ("迎賓", ["甲", "乙"], "注意")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "再見"}, "There is a template of this name already."),
        ({"name": "名" * 121}, "Ensure this value has at most 120 characters"),
        ({"name": "a\0b"}, "Null characters are not allowed."),
        ({"tags": "x" * 41}, "A tag has 40 characters at most."),
    ],
)
def test_details_that_cannot_be_say_why_and_change_nothing(client, manager, fields, said):
    keep("再見")
    template = keep("歡迎")

    response = client.post(f"/library/{template.pk}/details/", {"name": "歡迎", **fields})

    assert response.status_code == 422
    assert said in response.content.decode()
    template.refresh_from_db()
    assert (template.name, template.tags) == ("歡迎", [])


def test_version_stands_beside_the_current_one(client, agent):
    template = keep("歡迎", "打 85 折")
    message = kinds.read({"type": "text", "message": "打 9 折"})
    library.save_version(template, message, by=None, expected=1)

    page = client.get(f"/library/{template.pk}/versions/1/").content.decode()

    assert "<del>85</del>" in page
    assert "<ins>9</ins>" in page
    assert client.get(f"/library/{template.pk}/versions/3/").status_code == 404


def test_version_marks_hostile_text_without_running_it(client, agent):
    template = keep("歡迎", "嗨")
    message = kinds.read({"type": "text", "message": HOSTILE})
    library.save_version(template, message, by=None, expected=1)

    assert "<script>alert" not in client.get(f"/library/{template.pk}/versions/1/").content.decode()


def test_use_again_saves_a_new_version(client, manager):
    template = keep("歡迎", "一")
    message = kinds.read({"type": "text", "message": "二"})
    library.save_version(template, message, by=None, expected=1)

    response = client.post(f"/library/{template.pk}/versions/1/again/", {"expected": "2"})

    assert response.url == f"/library/{template.pk}/"
    assert template.latest.payload == {"type": "text", "message": "一"}
    assert template.latest.number == 3


def test_use_again_of_what_the_api_refuses_changes_nothing(client, manager):
    template = keep("歡迎", "")
    message = kinds.read({"type": "text", "message": "二"})
    library.save_version(template, message, by=None, expected=1)
    library.publish(template, by=None)

    response = client.post(
        f"/library/{template.pk}/versions/1/again/", {"expected": "2"}, follow=True
    )

    assert "Not saved. A text message needs a text." in response.content.decode()
    assert template.latest.number == 2


def test_use_again_behind_somebody_else_changes_nothing(client, manager):
    template = keep("歡迎", "一")
    message = kinds.read({"type": "text", "message": "二"})
    library.save_version(template, message, by=None, expected=1)

    response = client.post(
        f"/library/{template.pk}/versions/1/again/", {"expected": "1"}, follow=True
    )

    assert "Somebody saved in the meantime." in response.content.decode()
    assert template.latest.number == 2


WHO = {
    "nobody": [],
    "agent": AGENT,
    "manager": MANAGER,
    "broadcaster": [rights.SEND],
}
MAY = {
    ("publish", "own draft"): {"manager"},
    ("archive", "own draft"): {"manager"},
    ("unpublish", "published"): {"manager"},
    ("restore", "archived"): {"manager"},
    ("duplicate", "published"): {"agent", "manager"},
    ("details", "own draft"): {"agent", "manager"},
    ("details", "published"): {"manager"},
    ("again", "own draft"): {"agent", "manager"},
    ("again", "published"): {"manager"},
    ("export", "published"): set(WHO),
    ("import", "published"): {"manager"},
}


def address(deed, template):
    if deed in {"publish", "archive", "unpublish", "restore"}:
        return reverse("template_move", args=[template.pk, deed])
    if deed == "again":
        return reverse("version_again", args=[template.pk, 1])
    if deed == "import":
        return reverse("library_import")
    name = {"details": "template_describe"}.get(deed, f"template_{deed}")
    return reverse(name, args=[template.pk])


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(("deed", "which"), MAY, ids=lambda value: value)
def test_rights(client, who, deed, which):
    person = make_user("志豪", WHO[who])
    client.force_login(person)
    state = which.split()[-1]
    template = keep(by=person if "own" in which else None, state=state)

    response = client.post(address(deed, template), {"name": "歡迎", "expected": "1"})

    allowed = {200, 302, 422}
    hidden = {403, 404}
    assert response.status_code in (allowed if who in MAY[deed, which] else hidden)


def test_every_page_asks_for_sign_in(client):
    template = keep()

    for path in ("/library/", f"/library/{template.pk}/", f"/library/{template.pk}/versions/1/"):
        assert client.get(path).url == f"/accounts/login/?next={path}"


def test_get_changes_nothing(client, manager):
    template = keep(state="draft")

    assert client.get(address("publish", template)).status_code == 405
    assert client.post(f"/library/{template.pk}/move/explode/").status_code == 404


def test_states_move_by_button(client, manager):
    template = keep(state="draft")

    said = client.post(address("publish", template), follow=True).content.decode()

    assert "Published: agents now see it." in said
    template.refresh_from_db()
    assert template.state == "published"


def test_publish_of_what_the_api_refuses_says_why(client, manager):
    template = keep(words=" ", state="draft")

    said = client.post(address("publish", template), follow=True).content.decode()

    assert "Not published. A text message needs a text." in said
    template.refresh_from_db()
    assert template.state == "draft"


def test_template_says_what_the_channels_make_of_it(client, agent):
    template = keep(words="字" * 2_001)

    page = client.get(f"/library/{template.pk}/").content.decode()

    assert 'data-notices="facebook"' in page
    assert "data-jump" not in page


def test_duplicate_leads_to_the_copy(client, agent):
    template = keep()

    response = client.post(address("duplicate", template))

    copy = Template.objects.get(name="歡迎 (copy)")
    assert response.url == f"/library/{copy.pk}/"
    assert copy.owner == agent


def test_export_gives_what_the_filter_leaves(client, agent):
    keep("一", "甲文")
    keep("二", "乙文")

    response = client.post("/library/export/?q=甲文")

    assert json.loads(response.content) == [{"name": "一", "type": "text", "message": "甲文"}]
    assert response["Content-Disposition"] == 'attachment; filename="templates.json"'
    assert Entry.objects.get(verb="exported").detail == {"templates": 1}


def test_import_looks_first_and_then_takes(client, manager):
    rows = [{"name": "新的", "type": "text", "message": f"嗨 {HOSTILE}", "tags": ["甲"]}]
    file = SimpleUploadedFile("t.json", json.dumps(rows).encode("utf-16"))

    looked = client.post("/library/import/", {"file": file, "publish": "on"})
    assert Template.objects.count() == 0
    text = looked.context["text"]
    client.post("/library/import/", {"pasted": text, "publish": "on", "take": "1"})

    template = Template.objects.get()
    assert (template.name, template.state, template.owner) == ("新的", "published", manager)
    assert template.latest.payload == {"type": "text", "message": f"嗨 {HOSTILE}"}


def test_import_asks_for_a_file_or_text(client, manager):
    page = client.get("/library/import/").content.decode()

    assert 'type="file" name="file"' in page
    assert 'name="pasted"' in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a file or paste JSON."),
        ({"pasted": "{"}, "This is not JSON: line 1, column 2."),
        ({"pasted": '[{"name": "甲", "type": "text", "message": 1}]'}, "A text is expected here."),
        ({"pasted": "[", "take": "1"}, "This is not JSON"),
        ({"file": SimpleUploadedFile("t.json", b" " * (2 * 2**20 + 1))}, "The page takes 2 MB."),
        ({"file": SimpleUploadedFile("t.json", b"")}, "This is not JSON"),
    ],
    ids=["nothing", "broken", "wrong", "taken at once", "huge", "empty"],
)
def test_import_says_what_is_wrong_and_takes_nothing(client, manager, sent, said):
    response = client.post("/library/import/", sent)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert Template.objects.count() == 0
