"""Importing in the background: large files, workers that die or stop, and what is kept how long."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from people.models import Entry
from push import engine, heartbeat, uploads
from push.models import Contact, Import
from tests.push.test_imports_pages import files, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


@pytest.fixture
def dummy(settings):
    """Nobody works in the background but the test."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def test_no_page_reads_a_file(client, staff, dummy):
    """However small it is: what it costs is the worker's to bear."""
    address = upload(client).url
    assert Import.objects.get().state == "uploaded"
    assert "Waiting for the worker" in client.get(address).content.decode()

    uploads.work(Import.objects.get().pk)
    client.post(f"{address}go/")
    assert Import.objects.get().state == "waiting"

    uploads.work(Import.objects.get().pk)
    assert (Import.objects.get().state, Contact.objects.count()) == ("done", 2)


def test_while_it_waits_the_page_asks_again(client, staff, dummy):
    address = upload(client).url
    uploads.work(Import.objects.get().pk)

    client.post(f"{address}go/")

    fragment = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "Waiting for the worker" in fragment
    assert f'hx-get="{address}"' in fragment
    assert Contact.objects.count() == 0


@pytest.mark.parametrize(
    ("left", "becomes", "said", "contacts"),
    [
        ("running", "done", "The background worker has stopped responding.", 2),
        ("waiting", "done", "The background worker is busy with other files.", 2),
        ("checking", "checked", "The background worker has stopped responding.", 0),
        ("uploaded", "checked", "The background worker is busy with other files.", 0),
    ],
)
def test_what_a_dead_worker_left_goes_on(client, staff, settings, left, becomes, said, contacts):
    address = upload(client).url
    lease = timedelta(seconds=settings.ENGINE_LEASE)
    late = timezone.now() - lease / 2
    Import.objects.update(state=left, touched_at=late, created=0, rejected=0)

    uploads.revive()
    assert Import.objects.get().state == left
    assert "No background worker is running." in client.get(address).content.decode()
    heartbeat.beat()
    assert said in client.get(address).content.decode()

    Import.objects.update(touched_at=late - lease)
    uploads.revive()
    found = Import.objects.get()
    assert (found.state, found.created, Contact.objects.count()) == (
        becomes, 2, contacts,
    )  # fmt: skip


def test_whoever_is_stopped_hands_over(client, staff, dummy):
    address = upload(client).url
    found = Import.objects.get()
    engine.stopping.set()
    uploads.work(found.pk)
    engine.stopping.clear()
    assert Import.objects.get().state == "uploaded"

    uploads.work(found.pk)
    client.post(f"{address}go/")
    uploads.work(found.pk)
    found.refresh_from_db()
    assert (found.state, found.attempt, found.created, found.unchanged, found.rejected) == (
        "done", 3, 2, 0, 1,
    )  # fmt: skip


@pytest.mark.parametrize("state", ["checking", "running"])
def test_whoever_was_taken_for_dead_writes_nothing_more(client, staff, dummy, folder, state):
    address = upload(client).url
    found = Import.objects.get()
    if state == "running":
        uploads.work(found.pk)
        client.post(f"{address}go/")
    frozen = uploads.take(found.pk)
    Import.objects.update(touched_at=timezone.now() - timedelta(minutes=3))
    uploads.revive()

    uploads.perform(frozen)
    assert (Import.objects.get().created, Contact.objects.count()) == (0, 0)
    successor = uploads.take(found.pk)
    uploads.perform(frozen)
    assert (Import.objects.get().state, Contact.objects.count()) == (state, 0)

    uploads.perform(successor)
    uploads.perform(frozen)
    found.refresh_from_db()
    becomes = {"checking": ("checked", 0), "running": ("done", 2)}[state]
    assert (found.state, Contact.objects.count()) == becomes
    assert (found.created, found.updated, found.unchanged, found.rejected) == (2, 0, 0, 1)
    assert Entry.objects.filter(verb="imported contacts").count() == (state == "running")
    assert files(folder) == (["", ".rejected"] if state == "checking" else [".rejected"])


def test_what_is_discarded_while_it_is_read_stays_discarded(client, staff, dummy, folder):
    address = upload(client).url
    attempt = uploads.take(Import.objects.get().pk)

    client.post(f"{address}discard/")
    uploads.perform(attempt)

    assert (Import.objects.get().state, files(folder)) == ("discarded", [])


def test_an_error_of_the_program_is_said_and_does_not_come_again(client, staff, dummy, folder):
    upload(client)
    attempt = uploads.take(Import.objects.get().pk)
    del attempt.patience

    uploads.perform(attempt)

    found = Import.objects.get()
    assert (found.state, files(folder)) == ("failed", [])
    assert "because of an error in the program" in found.problem["text"]


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
