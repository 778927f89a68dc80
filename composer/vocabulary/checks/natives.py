"""What becomes of a kind of message on a channel, beyond its figures."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from composer.vocabulary.channels import Channel, Limit, Native, Scheme
from composer.vocabulary.words import gettext_noop as _

from . import addresses
from .notice import API_DOCUMENT, Notice, of_channel
from .reading import Reading

Check = Callable[[Reading], Iterator[Notice]]

NO_KIND = {
    "carousel": _("%(channel)s has no carousel: the customer gets the alternative text."),
    "image_carousel": _(
        "%(channel)s has no image carousel: the customer gets the alternative text."
    ),
}
NO_SUCH_KIND = _("%(channel)s has nothing like this: the customer gets the alternative text.")


def checks(channel: Channel, kind: str, native: Native) -> Iterator[Check]:
    """What there is no figure for: no such thing, asked of every card, alike on all, not shown."""
    limits = native.limits
    if native.fit == "none":
        yield _unfit(channel, kind)
    if "title" in native.needs:
        yield _needed_title(channel, replace(limits["title_max"], value=1, unit="count"))
    if "action" in native.needs:
        yield _needed_press(channel, limits["action_types"])
    alike = limits.get("actions_equal_count")
    if alike and alike.value:
        yield _equal_counts(channel, alike)
        yield _alike(channel, alike)
    yield from _dropped(channel, native)
    if native.fit != "none":
        yield from _schemes(channel)


def _unfit(channel: Channel, kind: str) -> Check:
    text = NO_KIND.get(kind, NO_SUCH_KIND)

    def check(_reading: Reading) -> Iterator[Notice]:
        yield of_channel(
            channel, "type", "fit", text, Limit(None, "list", API_DOCUMENT), actual=kind
        )

    return check


def _needed_title(channel: Channel, limit: Limit) -> Check:
    text = _("%(channel)s needs a title on every card; this one has none.")

    def check(reading: Reading) -> Iterator[Notice]:
        for leaf in reading.texts.get("columns[].title", ()):
            if not leaf.text.strip():
                yield of_channel(channel, leaf.path, "title_required", text, limit, actual=0)

    return check


def _needed_press(channel: Channel, limit: Limit) -> Check:
    text = _("%(channel)s wants every picture to do something when pressed; this one does not.")

    def check(reading: Reading) -> Iterator[Notice]:
        for node in reading.nodes.get("columns[].action", ()):
            if not node.part.type:
                yield of_channel(channel, f"{node.path}.type", "action_types", text, limit)

    return check


def _equal_counts(channel: Channel, limit: Limit) -> Check:
    text = _(
        "%(channel)s wants the same number of buttons on every card;"
        " the first has %(first)s, this one %(actual)s."
    )

    def check(reading: Reading) -> Iterator[Notice]:
        rows = reading.rows.get("columns[].actions", [])
        for row in rows[1:]:
            if row.length != (first := rows[0].length):
                yield of_channel(
                    channel,
                    row.path,
                    "actions_equal_count",
                    text,
                    limit,
                    actual=row.length,
                    first=first,
                )

    return check


def _alike(channel: Channel, limit: Limit) -> Check:
    texts = {
        "title": _("%(channel)s wants a title on every card or on none; this one has none."),
        "image_url": _("%(channel)s wants a picture on every card or on none; this one has none."),
    }

    def check(reading: Reading) -> Iterator[Notice]:
        cards = reading.nodes.get("columns[]", ())
        for name, text in texts.items():
            without = [card for card in cards if not getattr(card.part, name, None)]
            for card in without if len(without) < len(cards) else ():
                yield of_channel(channel, f"{card.path}.{name}", "columns_alike", text, limit)

    return check


def _dropped(channel: Channel, native: Native) -> Iterator[Check]:
    """What the message may say and the platform cannot show, by what was found out of it."""
    limit = native.limits.get("badge_text_max", Limit(None, "char", is_documented=False))
    hint = replace(limit, is_documented=False)
    if "badge" in native.drops:
        text = _("%(channel)s has no badges on pictures: the customer may not see them.")
        yield _first(channel, "columns[].badge", "badge_text_max", text, hint)
    if "colors" in native.drops:
        text = _("%(channel)s draws a picture's button in its own colours, not in these.")
        yield _first(channel, "columns[].button", "colors", text, hint)


def _schemes(channel: Channel) -> Iterator[Check]:
    """Of links that are not https some channels say nothing."""
    http = channel.link_schemes.get("http", Scheme(is_documented=False))
    if http.is_documented:
        return
    known = [name for name, scheme in channel.link_schemes.items() if scheme.is_documented]
    limit = Limit(tuple(known), "list", http.source, is_documented=False)
    text = _("Nobody has documented that %(channel)s opens links that are not https.")

    def check(reading: Reading) -> Iterator[Notice]:
        for leaf in reading.roles.get("link", ()):
            if addresses.scheme(leaf.text) == "http":
                yield of_channel(channel, leaf.path, "link_schemes", text, limit, actual="http")

    yield check


def _first(channel: Channel, pattern: str, rule: str, text: str, limit: Limit) -> Check:
    """Said once, of the first."""

    def check(reading: Reading) -> Iterator[Notice]:
        for node in reading.nodes.get(pattern, [])[:1]:
            yield of_channel(channel, f"{node.path}.text", rule, text, limit)

    return check
