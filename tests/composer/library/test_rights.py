"""Who may do what in the library."""

import pytest

from people import rights
from tests.composer.library.shelf import AGENT, MANAGER, address, keep
from tests.makers import make_user

pytestmark = pytest.mark.django_db


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
    ("export", "published"): {"manager"},
    ("export", "own draft"): set(WHO),
    ("import", "published"): {"manager"},
}


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
