"""What the engine promises while all is well: watermark first, one pace, exit codes that tell."""

import json
from statistics import median

import pytest

pytestmark = pytest.mark.engine

HOMES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.homes)]
CLAIMED = """
SELECT chunk.claimed_to >= delivery.id FROM push_delivery AS delivery
JOIN push_contact AS contact ON contact.id = delivery.contact_id
JOIN push_chunk AS chunk ON delivery.id BETWEEN chunk.first AND chunk.last
WHERE contact.contactable_id = '%s'
"""


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_the_claim_is_on_disk_before_the_post_arrives(works):
    claimed = []
    works.api.look = lambda contact: claimed.append(bool(works.ask(CLAIMED % contact)[0][0]))
    worker = works.worker()

    works.send_to(60)
    works.wait()

    assert claimed == [True] * 60
    assert worker.stop() == 0


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_two_processes_keep_one_pace(works):
    worker = works.worker("--processes", "2", FIRSTLINE_RATE_PER_MINUTE="1200")

    works.send_to(120)
    works.wait()

    # A busy machine is late now and then, also at the first post: the usual span is what counts.
    moments = sorted(works.api.moments)
    spans = [after - before for before, after in zip(moments, moments[60:], strict=False)]
    # A machine that is busy throughout is slower, and never faster; two paces would be 2,400, and
    # half of one 600.
    assert 800 < 60 / median(spans) * 60 < 1_200 * 1.02
    assert worker.stop() == 0


@pytest.mark.parametrize("home", ["sqlite"], indirect=True)
def test_send_and_wait_tells_by_its_exit_code(works):
    worker = works.worker()
    works.send_to(30)

    good = works.home.manage("send_broadcast", "歡迎", "--channel=line", "--all", "--wait")
    works.api.refused = {"U3"}
    words = ("send_broadcast", "歡迎", "--channel=line", "--all", "--wait", "--rate=6000")
    bad = works.home.manage(*words, check=False)

    sent = {"audience": 30, "waiting": 0, "sent": 30, "held": 0, "failed": 0}
    rest = {"uncertain": 0, "cancelled": 0}
    assert good.stdout.splitlines() == ["2", json.dumps({"broadcast": 2, **sent, **rest})]
    assert "30/30" in good.stderr
    refused = {"broadcast": 3, **sent, "sent": 29, "failed": 1, **rest}
    assert bad.stdout.splitlines() == ["3", json.dumps(refused)]
    assert bad.returncode == 3
    assert worker.stop() == 0
