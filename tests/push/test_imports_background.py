"""Importing in the background: large files, workers that die or stop, and what is kept how long."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from push import engine, importing, uploads
from push.models import Contact, Import
from tests.push.test_imports_pages import files, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


def test_a_large_file_is_read_and_imported_in_the_background(client, staff, monkeypatch):
    monkeypatch.setattr(uploads, "SMALL_FILE", 1)
    monkeypatch.setattr(uploads, "SMALL", 1)

    address = upload(client).url
    assert Import.objects.get().state == "checked"
    client.post(f"{address}go/")

    assert (Import.objects.get().state, Contact.objects.count()) == ("done", 2)


def test_while_it_waits_the_page_asks_again(client, staff, settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    monkeypatch.setattr(uploads, "SMALL", 1)
    address = upload(client).url

    client.post(f"{address}go/")

    fragment = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "Waiting for the worker" in fragment
    assert f'hx-get="{address}"' in fragment
    assert Contact.objects.count() == 0


@pytest.mark.parametrize(
    ("left", "becomes", "contacts"),
    [("running", "done", 2), ("waiting", "done", 2), ("checking", "checked", 0)],
)
def test_what_a_dead_worker_left_goes_on(client, staff, left, becomes, contacts):
    address = upload(client).url
    now = timezone.now()
    Import.objects.update(state=left, touched_at=now - timedelta(minutes=3), created=0, rejected=0)

    uploads.revive(now - timedelta(minutes=2))
    assert Import.objects.get().state == left
    assert "It goes on by itself" in client.get(address).content.decode()

    uploads.revive(now)
    found = Import.objects.get()
    assert (found.state, found.created, Contact.objects.count()) == (
        becomes, 2, contacts,
    )  # fmt: skip


def test_a_stopped_import_is_handed_over_and_counts_on(client, staff, settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    monkeypatch.setattr(importing, "BATCH", 1)
    address = upload(client).url
    engine.stopping.set()

    client.post(f"{address}go/")
    engine.stopping.clear()
    found = Import.objects.get()
    assert (found.state, found.created, Contact.objects.count()) == ("waiting", 1, 1)

    uploads.perform(found)
    found.refresh_from_db()
    assert (found.state, found.created, found.unchanged, found.rejected) == ("done", 2, 0, 1)


def test_a_disk_that_keeps_nothing_is_said(client, staff, folder):
    folder.write_text("a file where the folder should be")

    page = upload(client).content.decode()

    assert "The file could not be kept: " in page
    assert Import.objects.count() == 0


def test_files_are_deleted_after_a_day(client, staff, folder):
    address = upload(client).url
    yesterday = timezone.now() - timedelta(hours=25)
    Import.objects.update(created_at=yesterday)
    (folder / "broken-off").touch()
    os.utime(folder / "broken-off", (yesterday.timestamp(), yesterday.timestamp()))

    uploads.tidy(timezone.now())

    assert files(folder) == []
    assert "The file was deleted after a day." in client.get(address).content.decode()
    client.post(f"{address}go/")
    assert (Import.objects.get().state, Contact.objects.count()) == ("checked", 0)


def test_files_lie_where_only_the_product_reads(client, staff, folder):
    upload(client, name="../../<b>evil.csv")

    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.parent for path in folder.glob("*")} == {folder}
