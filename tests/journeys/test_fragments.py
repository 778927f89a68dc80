"""Addresses that give a page, and to htmx a part of it."""

import pytest

from people import rights
from push.models import Import
from tests.makers import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses(client):
    user = make_user(rights=[rights.WRITE, rights.IMPORT])
    client.force_login(user)
    read = Import.objects.create(owner=user, file_name="a.csv", state="discarded")
    pages = ["broadcasts", "contacts", "library", "pictures", f"contacts/import/{read.key}"]
    return [f"/{page}/" for page in pages]


def test_htmx_gets_the_part_and_the_back_button_the_whole_page(client, addresses):
    asked = {"HX-Request": "true"}
    back = asked | {"HX-History-Restore-Request": "true"}

    for address in addresses:
        answers = [client.get(address, headers=headers) for headers in ({}, asked, back)]

        assert ["<html" in answer.text for answer in answers] == [True, False, True], address
        for answer in answers:
            assert {"HX-Request", "HX-History-Restore-Request"} <= {
                name.strip() for name in answer["Vary"].split(",")
            }
            assert answer["Cache-Control"] == "no-store"
