"""Who sits at the screen."""

import pytest

from people import rights
from tests.makers import make_user


@pytest.fixture
def peishan(client):
    """佩珊 may send, and is signed in."""
    user = make_user("佩珊", rights=[rights.SEND, rights.MANAGE_BROADCASTS])
    client.force_login(user)
    return user
