"""What the pages with pictures load of scripts."""

import re

import pytest

from people import rights
from tests.makers import make_user


@pytest.mark.django_db
def test_the_pages_load_the_scripts_that_they_need_and_no_more(client):
    client.force_login(make_user(rights=[rights.WRITE]))
    pages = [client.get(address).content.decode() for address in ("/pictures/", "/compose/text/")]
    here, there = ({*re.findall(r'js/([a-z-]+)(?:\.\w+)?\.js"', page)} for page in pages)

    assert {name for name in here if name.startswith("picture-")} == {
        name for name in there if name.startswith("picture-")
    }
    assert not {name for name in here if name.startswith("compose-")}
    assert "copying" in here & there
    assert all(page.count("idiomorph") == 1 for page in pages)
