"""Who opens the library."""

import pytest

from tests.composer.library.shelf import AGENT, MANAGER
from tests.makers import make_user


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
