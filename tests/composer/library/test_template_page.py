"""A template's page: its details, its versions, and the buttons that move it."""

import re

import pytest

from composer import kinds, library
from composer.models import Template
from tests.composer.library.shelf import HOSTILE, address, keep

pytestmark = pytest.mark.django_db


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
