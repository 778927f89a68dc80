"""Template filters that draw a message: filled-in words, presses, pictures, colours."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from composer import preview
from composer.preview import Preview
from composer.templatetags.unseen import unseen
from composer.vocabulary.remembering import remembered

register = template.Library()

BLANK = '<span class="phone-blank" role="img" aria-label="{}"></span>'
PICTURE = '<img src="{}" alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer">'
PRESS = '<button class="{}" type="button"{}>{}</button>'
PLATE = {"plate": "background_color", "plate-line": "border_color", "plate-ink": "color"}


@register.filter
def shown(text: object) -> SafeString:
    """Words of a message: escaped, each filled-in value underlined."""
    escaped = escape("" if text is None else text)
    if not preview.is_marked(escaped):
        return escaped
    marked = preview.MARKED.sub(r'<span class="filled">\1</span>', escaped)
    return SafeString(preview.plain(preview.UNSEEN.sub(lambda each: unseen(each[1]), marked)))


@register.filter
def drawn(text: object) -> SafeString:
    """Words that a message cannot do without: a bar stands where they are still missing."""
    return shown(text) or format_html(BLANK, _("Nothing written yet"))


@register.filter
def plain(text: object) -> str:
    """Words of a message without the marks, for where no underline can be."""
    return preview.plain(str(text or ""))


@register.filter
def offered(parts: Sequence[Mapping[str, Any]] | None, phone: Preview) -> Sequence[Any]:
    """The buttons that the phone's channel draws."""
    return phone.offered(parts)


@register.simple_tag
def presses(parts: Sequence[Mapping[str, Any]], dress: str) -> SafeString:
    """Buttons under one another or side by side, inert."""
    language = get_language()
    return SafeString("".join(_press(frozenset(part.items()), dress, language) for part in parts))


# A keystroke changes at most one of thirty: a template, or even escaping, for each costs more.
@lru_cache(maxsize=2_000)
def _press(fields: frozenset[tuple[str, str]], dress: str, _language: str) -> SafeString:
    part = dict(fields)
    return format_html(PRESS, dress, deed(part), drawn(_wording(part)))


@register.simple_tag
def card(column: Mapping[str, Any], phone: Preview) -> SafeString:
    """One card of several, as the phone's channel draws it."""
    drawn_of = {"column": column, "actions": phone.offered(column.get("actions"))}
    return _card(json.dumps(drawn_of, ensure_ascii=False), get_language())


# A keystroke changes one of ten.
@remembered
def _card(drawn_of: str, _language: str | None) -> SafeString:
    return render_to_string("composer/preview/_card.html", json.loads(drawn_of))


def _wording(part: Mapping[str, Any]) -> str:
    """What is written on a button: a card's button calls it text, an option calls it label."""
    return part.get("text") or part.get("label") or ""


@register.filter
def or_blank(parts: Sequence[Mapping[str, Any]] | None) -> Sequence[Any]:
    """The parts, or an empty one, so that a message just begun already shows its shape."""
    return parts or [{}]


@register.filter
def deed(part: Mapping[str, Any] | None) -> SafeString:
    """The attribute that says what a press does; the page shows it and never does it."""
    name, what = preview.deed(part or {})
    return format_html(' data-{}="{}"', name, what) if name else SafeString()


@register.filter
def picture(url: object) -> SafeString:
    """A picture over its placeholder, which shows where there is none or it does not load."""
    address = preview.picture(str(url or ""))
    image = format_html(PICTURE, address) if address else ""
    return format_html('<span class="phone-picture">{}</span>', image)


@register.filter
def plate(part: Mapping[str, Any]) -> SafeString:
    """The colours of a button or badge on a picture, as custom properties."""
    colours = {name: preview.colour(part.get(key)) for name, key in PLATE.items()}
    style = "".join(f"--{name}:{value};" for name, value in colours.items() if value)
    return format_html(' style="{}"', style) if style else SafeString()
