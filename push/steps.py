"""The four steps to a broadcast, each walked back to by its address."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

MESSAGE, AUDIENCE, CHECK, GO = range(4)


@dataclass(frozen=True)
class Step:
    """One step: done ones have an address, the present one has `is_here`."""

    number: int
    label: str
    url: str = ""
    is_here: bool = False


def steps(here: int, *, query: str = "", version: int | None = None) -> list[Step]:
    with_version = f"version={version}&{query}"
    urls = [
        f"{reverse('send')}?{query}",
        f"{reverse('send')}?{with_version}",
        f"{reverse('send_check')}?{with_version}",
        "",
    ]
    labels = [_("Message"), pgettext("step", "Audience"), _("Check"), _("Send")]
    return [
        Step(number + 1, label, url=url if number < here else "", is_here=number == here)
        for number, (label, url) in enumerate(zip(labels, urls, strict=True))
    ]
