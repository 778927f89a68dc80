"""A disk that is full, a database that is gone: words, and nothing lost."""

import json

import pytest
from django.db import connection
from django.urls import reverse

from composer import forms
from composer.models import Template
from people import rights
from tests.makers import make_user


@pytest.fixture
def full_disk(db):
    """SQLite may not grow any further; PostgreSQL may not write at all."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")


@pytest.mark.django_db(transaction=True)
def test_full_disk_is_said_and_nothing_is_changed(client, request):
    if connection.vendor != "sqlite":
        return
    client.force_login(make_user(rights=[rights.WRITE]))
    request.getfixturevalue("full_disk")
    posted = forms.flat({"message": "字" * 9_000}) | {"name": "長"}

    response = client.post(reverse("compose_save", args=["text"]), posted)

    assert response.status_code == 503
    assert "The disk is full" in response.content.decode()
    assert not Template.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_command_says_in_one_line_that_the_disk_is_full(manage, request, tmp_path):
    if connection.vendor != "sqlite":
        return
    request.getfixturevalue("full_disk")
    file = tmp_path / "long.json"
    file.write_text(json.dumps({"type": "text", "message": "字" * 4_900}))

    for _ in range(9):
        code, out, error = manage("import_templates", file)

    said = "CommandError: The database cannot be used: database or disk is full\n"
    assert (code, out, error) == (1, "", said)
