"""What a preview costs the server, against a view that does nothing, at the same concurrency."""

import http.client
import re
import statistics
import threading
import time
import urllib.parse
from typing import Any

from tests.homes import PASSWORD

CONCURRENCY = 4
ROUNDS = 4
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
TYPED = {"message": "嗨 {{ name | 貴賓 }}，雙十一全館八折，只到週日。", "channel": "line"}
FORM = {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}


def preview_against_nothing(product: Any, *, seconds: float) -> list[tuple[str, float, str, str]]:
    """In turns, so that a slow moment of the machine slows both."""
    cookie = sign_in(product.port)
    ratios, previews = [], []
    for _round in range(ROUNDS):
        empty = rate(product.port, "GET", "/bench/empty/", cookie, {}, seconds=seconds)
        full = rate(product.port, "POST", "/compose/text/preview/", cookie, TYPED, seconds=seconds)
        ratios.append(empty / full)
        previews.append(full)
    return [
        (
            "preview of a text",
            statistics.median(ratios),
            "×",
            "an empty view behind the same sign-in; at most 3",
        ),
        ("previews of a text", statistics.median(previews), "/s", f"{CONCURRENCY} at once"),
    ]


def sign_in(port: int) -> dict[str, str]:
    """The cookies of a signed-in agent."""
    cookies: dict[str, str] = {}
    token = TOKEN.search(ask(port, "GET", "/accounts/login/", cookies))
    assert token, "the sign-in page has no form"
    fields = {"login": "agent", "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
    ask(port, "POST", "/accounts/login/", cookies, fields)
    assert "sessionid" in cookies, "the agent could not sign in"
    return cookies


def ask(
    port: int, method: str, path: str, cookies: dict[str, str], fields: dict[str, str] | None = None
) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    body = urllib.parse.urlencode(fields or {})
    connection.request(method, path, body if fields else None, headers(cookies))
    response = connection.getresponse()
    for line in response.headers.get_all("Set-Cookie") or []:
        name, _, rest = line.partition("=")
        cookies[name] = rest.partition(";")[0]
    return response.read().decode()


def headers(cookies: dict[str, str]) -> dict[str, str]:
    pairs = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return FORM | {"Cookie": pairs, "X-CSRFToken": cookies.get("csrftoken", "")}


def rate(
    port: int,
    method: str,
    path: str,
    cookies: dict[str, str],
    fields: dict[str, str],
    *,
    seconds: float,
) -> float:
    """Answers a second, over connections that stay open."""
    end = time.monotonic() + seconds
    counts: list[int] = []
    body = urllib.parse.urlencode(fields) if fields else None

    def visit() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        done = 0
        while time.monotonic() < end:
            connection.request(method, path, body, headers(cookies))
            response = connection.getresponse()
            assert response.status == 200, f"{path} gave {response.status}"
            response.read()
            done += 1
        counts.append(done)

    threads = [threading.Thread(target=visit) for _number in range(CONCURRENCY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(counts) == CONCURRENCY, f"{path} failed under load"
    return sum(counts) / seconds
