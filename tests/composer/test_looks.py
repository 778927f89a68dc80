"""The channels' looks as a style sheet."""

from dataclasses import replace

import pytest

from composer import looks
from composer.vocabulary import channels


def test_sheet_has_a_block_for_every_channel():
    sheet = looks.sheet()

    assert [slug for slug in channels.ALL if f'[data-channel="{slug}"] {{' in sheet] == list(
        channels.ALL
    )
    assert "  --dot-color: #06c755;\n" in sheet


@pytest.mark.parametrize(
    "value",
    ["red}", "red;color:red", "</style>", "url(//x.tw)", "a\nb", "/* a", "@import", "\\7d"],
)
def test_look_cannot_break_out_of_its_declaration(monkeypatch, value):
    line = channels.ALL["line"]
    monkeypatch.setitem(channels.ALL, "line", replace(line, look={"head": value}))

    with pytest.raises(ValueError, match="a channel's look cannot say"):
        looks.sheet.__wrapped__()


def test_eighth_channel_is_one_more_block(monkeypatch):
    pigeon = replace(channels.ALL["line"], slug="pigeon", look={"dot-color": "#808080"})
    monkeypatch.setitem(channels.ALL, "pigeon", pigeon)

    assert '[data-channel="pigeon"] {\n  --dot-color: #808080;\n}\n' in looks.sheet.__wrapped__()


def test_sheet_may_be_kept_for_ever_under_its_version(client):
    kept = client.get("/looks.css", {"v": looks.version()})
    stale = client.get("/looks.css", {"v": "older"})

    assert kept["Content-Type"] == "text/css; charset=utf-8"
    assert kept["Cache-Control"] == "public, max-age=31536000, immutable"
    assert stale["Cache-Control"] == "no-cache"
    assert kept.content == stale.content
