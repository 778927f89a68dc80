"""The inbox as 佩珊 gets it, and the words of its parts."""

import re

from django.urls import reverse

TEXT = re.compile(r"<[^>]+>")


def get(page, address: str = "", name: str = "drill") -> str:
    response = page.get(reverse(name) + address)
    assert response.status_code == 200
    return response.content.decode()


def part(html: str, id: str) -> str:
    """The words of one section."""
    found = re.search(rf'<section[^>]* id="{id}".*?</section>', html, re.DOTALL)
    return " ".join(TEXT.sub(" ", found[0]).split())
