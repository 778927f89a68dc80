"""What a page brings along: compressed, before any picture, and from nowhere else."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from bench.browser import CARDS, card
from composer import looks
from people import rights
from tests.makers import make_template, make_user

pytestmark = pytest.mark.django_db

BOUND = 250_000


@pytest.fixture
def page(client):
    """The compose page of the largest carousel, as it comes over the wire."""
    message = {"alt_text": "雙十一優惠", "columns": [card(number) for number in range(CARDS)]}
    template = make_template(kind="carousel", message=message)
    client.force_login(make_user(rights=[rights.WRITE]))
    answer = client.get(
        f"/compose/carousel/?template={template.pk}", headers={"accept-encoding": "gzip"}
    )
    assert answer["Content-Encoding"] == "gzip"
    return answer.content


def files(html):
    """The styles, scripts and icons that it names; the icons are one file."""
    addresses = set(re.findall(r"""(?:href|src)="/static/([^"#?]+)""", html))
    return {name for name in addresses if not name.startswith("demo/")}


def test_compose_page_is_light_before_pictures(page):
    named = files(gzip.decompress(page).decode())

    weights = {name: len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in named}

    assert {"vendor/icons.css", "css/tokens.css"} <= named
    assert len(page) + sum(weights.values()) + len(gzip.compress(looks.sheet().encode())) < BOUND


def test_compose_page_loads_nothing_from_elsewhere(page):
    html = gzip.decompress(page).decode()

    loaded = re.findall(r"<(?:link|script|img|source|iframe)\b[^>]*(?:href|src)=\"([^\"]+)", html)

    assert loaded
    assert [address for address in loaded if not re.match(r"/(?!/)", address)] == []


def test_style_sheets_load_nothing_from_elsewhere():
    sheets = sorted((settings.BASE_DIR / "static" / "css").glob("*.css"))

    named = [address for sheet in sheets for address in imported(sheet)]

    assert sheets
    assert named == []
    assert "url(" not in looks.sheet()


def imported(sheet):
    return re.findall(r"url\([\"']?([^\"')]+)", sheet.read_text(encoding="utf-8"))
