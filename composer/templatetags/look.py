"""Template tags and filters of every page: icons, the rail's places, names, controls."""

from functools import cache
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from composer import looks
from composer.checking import ChannelNotices
from composer.vocabulary import channels
from composer.vocabulary.remembering import remembered

register = template.Library()

VERDICTS = {
    "as-is": ("check-circle", gettext_lazy("Sends as is")),
    "loses": ("exclamation-triangle", gettext_lazy("The customer loses something")),
    "refused": ("x-circle", gettext_lazy("Would be refused")),
    "hint": ("info-circle", gettext_lazy("Sends; not verified")),
}
VERDICT = """<span class="verdict" data-verdict="{}" title="{}">\
{}<span class="visually-hidden">{}</span></span>"""
DRESSES = {"select": "form-select", "nullbooleanselect": "form-select", "checkbox": ""}


@register.simple_tag
@cache
def icon(name: str, size: str = "") -> SafeString:
    """A drawing of `static/icons.txt`; decoration only, the words beside it carry the meaning."""
    return format_html(
        '<i class="icon" data-icon="{}"{} aria-hidden="true"></i>',
        name,
        format_html(' data-size="{}"', size) if size else "",
    )


@register.simple_tag
def verdict(name: str) -> SafeString:
    """What a channel makes of a message, as an icon with its words."""
    return _verdict(name, get_language())


@register.filter
def verdict_words(name: str) -> str:
    return str(VERDICTS[name][1])


@cache
def _verdict(name: str, _language: str | None) -> SafeString:
    drawing, words = VERDICTS[name]
    return format_html(VERDICT, name, words, icon(drawing, size="small"), words)


@register.simple_tag
def noticed(group: ChannelNotices, fix_url: str = "") -> SafeString:
    """What one channel makes of a message, with the presses that mend it where there are any."""
    said = "".join(finding.sentence + finding.fix for finding in group.findings)
    return _noticed(said, group, fix_url, get_language())


# With most keystrokes every channel says what it said before.
@remembered
def _noticed(_said: str, group: ChannelNotices, fix_url: str, _language: str | None) -> SafeString:
    return render_to_string("composer/_notice.html", {"group": group, "fix_url": fix_url})


@register.simple_tag
def looks_url() -> str:
    """Where the channels' looks are; the address changes with them, so it may be kept for ever."""
    return f"{reverse('looks')}?v={looks.version()}"


@register.inclusion_tag("components/_place.html", takes_context=True)
def place(
    context: Context, name: str, icon_name: str, words: str, *args: str, also: str = ""
) -> dict[str, Any]:
    """A link of the rail; `also` names a page whose addresses belong to this place too."""
    url = reverse(name, args=args)
    rooms = {_room(url), _room(reverse(also))} if also else {_room(url)}
    is_here = _room(context["request"].path) in rooms
    return {"url": url, "icon_name": icon_name, "words": words, "is_here": is_here}


def _room(path: str) -> str:
    """The first word of a path: `library` of `/library/12/`."""
    return path.split("/")[1]


@register.filter
def channel_name(slug: str) -> str:
    """The short name of a channel, in the reader's language."""
    channel = channels.ALL.get(slug)
    return _(channel.short_name) if channel else slug


@register.filter
def control(field: BoundField) -> SafeString:
    """The control itself, dressed for its sort."""
    dress = DRESSES.get(field.widget_type, "form-control")
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{dress} {own}".strip()})
