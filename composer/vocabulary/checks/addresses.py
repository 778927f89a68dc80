"""Web addresses: which can be opened, and from where."""

import re
import unicodedata
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address
from socket import inet_aton
from urllib.parse import unquote, urlsplit

from composer.vocabulary.placeholders import PLACEHOLDER, Slot, fill_text, split
from composer.vocabulary.remembering import remembered

_UNWRITABLE = re.compile(r"[\s\x00-\x1f\x7f]")
# What the ending of a picture's address says it is; others may be anything.
FORMATS = {
    **{ending: ending for ending in ("avif", "bmp", "gif", "heic", "png", "svg", "webp")},
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "tif": "tiff",
    "tiff": "tiff",
}
# Written out in a text, wherever in it.
INSECURE = re.compile(r"(?<![A-Za-z0-9])http://(?=[A-Za-z0-9\u0080-\uffff\[{])", re.IGNORECASE)

# What makes an address lead nowhere though a browser would try it: a beginning twice over, a
# name before an @, a host without an ending, marks in the host, and what ended the sentence.
_TWICE = re.compile(r"\Ahttps?:/*(?=https?://)", re.IGNORECASE)
_TRAILING = re.compile(r"(?<![，。、；：！？）」】》])[，。、；：！？）」】》]+\Z")
_BROKEN = (
    _TWICE,
    re.compile(r"(?<=//)[^/?#]*@"),
    re.compile(r"(?<=//)[^./?#:\[\]]+(?=[/?#:]|\Z)"),
    re.compile(r"(?<=//)[^/?#]*(?:\.\.|[，。、；！？（）「」【】])|(?<=//)[.-]"),
    _TRAILING,
)
# What a page in HTML leaves behind where an address or a text is copied out of its source.
ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{1,6}|#x[0-9a-f]{1,5});", re.IGNORECASE)
# A percent sign that begins no encoded byte.
LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# Addresses that are written out in a text.
WRITTEN_OUT = re.compile(r"https?://\S+", re.IGNORECASE)
_NUMERIC = re.compile(r"(?:0x[0-9a-f]+|[0-9]+)(?:\.(?:0x[0-9a-f]+|[0-9]+)){0,3}")
STOPS = str.maketrans("。｡", "..")
# As good as any host, and as any part of a path.
_ANY = "x.x"
_HOST = re.compile(r"[^\W_]")
_HERE = ("localhost", "local", "internal", "test", "home", "lan")


def standing(raw: str, values: Mapping[str, str]) -> str:
    """The address for this contact: a blank stays one. Of no contact, with stand-ins."""
    stand_in = None if values else lambda _name: "0"
    return fill_text(raw, values, is_address=True, stand_in=stand_in)


def is_allowed(raw: str, values: Mapping[str, str]) -> bool:
    """Of the web; or made of what each contact has, or empty for this contact."""
    address = standing(raw, values)
    return is_web(address) or (not address.strip() if values else bool(opening(raw)))


def opening(raw: str) -> str:
    """The placeholder without a default that the address begins with, and its scheme comes from."""
    first = split(raw.lstrip(), True)[0]
    return first.use.name if isinstance(first, Slot) and not first.use.default else ""


@remembered
def scheme(address: str) -> str:
    """`https`, `http`, `javascript`; empty where there is none or the address is broken."""
    try:
        return urlsplit(address).scheme.lower()
    except ValueError:
        return ""


@remembered
def is_web(address: str) -> bool:
    """Begins with http(s) and names a host, without spaces or control characters."""
    if _UNWRITABLE.search(address) or scheme(address) not in {"http", "https"}:
        return False
    return bool(_HOST.search(host(address)))


@remembered
def is_local(address: str) -> bool:
    """Only this machine, or this office, can open it."""
    host = plain_host(address).rstrip(".")
    try:
        return not _ip_address(host).is_global
    except ValueError:
        return "." not in host or host.rsplit(".", 1)[-1] in _HERE


@remembered
def plain_host(address: str) -> str:
    """The host as browsers read it: `192.168.1.4` for the same in full-width digits."""
    return unicodedata.normalize("NFKC", host(address)).translate(STOPS).lower()


def _ip_address(name: str) -> IPv4Address | IPv6Address:
    """Also of `127.1`, `0x7f.0.0.1` and `2130706433`, as browsers take them."""
    try:
        return ip_address(name)
    except ValueError:
        if not _NUMERIC.fullmatch(name):
            raise
    try:
        return IPv4Address(inet_aton(name))
    except OSError as error:
        raise ValueError(name) from error


@remembered
def broken_at(raw: str) -> str:
    """The part that makes a link lead nowhere; empty where there is none, or no link at all."""
    address = PLACEHOLDER.sub(_ANY, raw)
    found = (form.search(address) for form in _BROKEN if is_web(address))
    return next((each[0] for each in found if each), "")


def straightened(raw: str) -> str:
    """Without a beginning twice over and without what ended the sentence."""
    return _TRAILING.sub("", _TWICE.sub("", raw))


@remembered
def picture_format(address: str) -> str:
    """`jpeg`, `webp`; empty where the address does not tell."""
    return FORMATS.get(ending(address), "")


@remembered
def ending(address: str) -> str:
    """`jpg`, `apk`: what the path of an address ends with; empty where it has no dot."""
    try:
        path = unquote(urlsplit(address.strip()).path)
    except ValueError:
        return ""
    return path.rpartition(".")[2].lower() if "." in path else ""


@remembered
def host(address: str) -> str:
    """As it is written, in small letters; empty where there is none."""
    try:
        parts = urlsplit(address)
        _port = parts.port  # a port that is no number raises here
        return parts.hostname or ""
    except ValueError:
        return ""
