"""Who looks at the pages of contacts, and where the files lie that they upload."""

import pytest

from people import rights
from tests.makers import make_user


@pytest.fixture
def staff(client):
    user = make_user("佩珊", rights=[rights.IMPORT, rights.SEND])
    client.force_login(user)
    return user


@pytest.fixture
def bystander(client):
    user = make_user("志豪")
    client.force_login(user)
    return user


@pytest.fixture
def folder(settings, tmp_path):
    """Uploads in a folder of its own, background work done at once."""
    settings.DATA_DIR = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    return tmp_path / "uploads"
