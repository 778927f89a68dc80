"""The way to a broadcast as the test client walks it."""

from uuid import uuid4

from django.urls import reverse


def url(name, version, **query):
    return reverse(name, query={"version": version.pk, **query})


def go(client, version, *, count, query=None, **said):
    query = query or {"channel": "line", "to": "everyone"}
    posted = {"press": uuid4(), "count": count, "force": "", **said}
    return client.post(url("send_go", version, **query), posted)
