"""Who looks at the pages of contacts, where the files lie that they upload, and a quick engine."""

import pytest

from people import rights
from push import patience
from tests.makers import make_user


@pytest.fixture(autouse=True)
def settled(monkeypatch):
    """A database that was lost in one test is not remembered in the next one."""
    monkeypatch.setattr(patience, "_lost_at", patience._lost_at)


@pytest.fixture
def staff(client):
    user = make_user("佩珊", rights=[rights.IMPORT, rights.SEND, rights.MANAGE_BROADCASTS])
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


@pytest.fixture
def quick(settings):
    """A pace that no test waits for, and a server that is given up on soon."""
    settings.FIRSTLINE_RATE_PER_MINUTE = 600_000
    settings.FIRSTLINE_TIMEOUT = (1.0, 1.0)
    settings.FIRSTLINE_CONCURRENCY = 4
