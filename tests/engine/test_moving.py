"""Moving to a larger home in the middle of a broadcast, by the commands of docs/scale.md."""

import pytest

from tests.engine.works import Works
from tests.homes import Home

pytestmark = [pytest.mark.engine, pytest.mark.homes]

LEFT_OUT = ["contenttypes", "auth.permission", "sessions", "django_tasks_database"]
# A digest of every table's rows. PostgreSQL keeps the keys of a JSON object in its own order; the
# file has thousandths of a second, and none of them where there are none.
DIGESTS = """
import hashlib, json
from django.apps import apps
from django.core import serializers
for model in apps.get_models():
    if model._meta.app_label in ("auth", "composer", "people", "push"):
        rows = json.loads(serializers.serialize("json", model.objects.order_by("pk")))
        text = json.dumps(rows, sort_keys=True).replace(".000Z", "Z").encode()
        print(model._meta.label, len(rows), hashlib.sha256(text).hexdigest())
"""


def test_a_broadcast_goes_on_where_it_was_after_moving(api, request, tmp_path):
    file = tmp_path / "data.jsonl"
    leave_out = [f"--exclude={name}" for name in LEFT_OUT]
    with (
        Home.on("sqlite", None) as old,
        Home.on("redis", request.getfixturevalue) as new,
    ):
        before, after = Works(old, api), Works(new, api)
        before.home.manage("demo")
        api.latency = 0.1
        worker = before.worker()
        before.send_to(300)
        before.wait_for_posts(50)
        assert worker.stop() == 0

        old.manage(
            "dumpdata", "--format=jsonl", "--natural-foreign", *leave_out, f"--output={file}"
        )
        new.manage("loaddata", file)

        assert digests(new) == digests(old)
        successor = after.worker()
        after.wait()
        after.count = before.books()["audience"]
        after.assert_proven()
        assert successor.stop() == 0


def digests(home):
    """But those that `migrate` itself makes, whose keys differ."""
    lines = home.python(DIGESTS).splitlines()
    return [line for line in lines if not line.startswith("auth.Permission")]
