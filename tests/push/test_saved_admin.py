"""Saved audiences in Django's admin."""

import pytest
from django.contrib.auth.models import User

from people.models import Entry
from push.models import SavedAudience

pytestmark = pytest.mark.django_db
FIELDS = {"name": "貴賓", "channel": "line", "words": "", "tag": "vip", "account": "二店"}


@pytest.fixture(autouse=True)
def admin(client):
    user = User.objects.create_superuser("admin")
    client.force_login(user)
    return user


def verbs():
    verbs = Entry.objects.order_by("pk").values_list("verb", flat=True)
    return [verb for verb in verbs if "audience" in verb]


def test_one_is_made_and_changed_there(client, admin):
    client.post("/admin/push/savedaudience/add/", FIELDS)
    made = SavedAudience.objects.get()
    client.post(f"/admin/push/savedaudience/{made.pk}/change/", FIELDS | {"account": ""})

    made.refresh_from_db()
    assert (made.name, made.tag, made.account, made.by) == ("貴賓", "vip", "", admin)
    assert verbs() == ["saved audience", "saved audience"]


def test_a_name_is_given_once_there_too(client):
    SavedAudience.objects.create(**FIELDS)

    page = client.post("/admin/push/savedaudience/add/", FIELDS)

    assert (page.status_code, SavedAudience.objects.count()) == (200, 1)


def test_they_are_listed_found_and_forgotten(client):
    kept = [SavedAudience.objects.create(**FIELDS | {"name": name}) for name in "甲乙丙"]

    found = client.get("/admin/push/savedaudience/?q=乙").context["cl"].result_list
    client.post(f"/admin/push/savedaudience/{kept[0].pk}/delete/", {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [kept[1].pk], "post": "yes"}
    client.post("/admin/push/savedaudience/", chosen)

    assert [each.name for each in found] == ["乙"]
    assert [each.name for each in SavedAudience.objects.all()] == ["丙"]
    assert verbs() == ["forgot audience", "forgot audience"]
