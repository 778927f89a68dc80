"""What people have typed and not saved, kept so that a closed tab loses nothing."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from composer import forms, kinds
from composer.composing import Shown
from composer.forms.nested import Content
from composer.models import Draft, Template, Version
from composer.preview import Preview, draw
from composer.vocabulary import channels, message


def keep(
    by: User,
    kind: str,
    template: Template | None,
    content: Content,
    *,
    expected: int = 0,
    name: str = "",
) -> Draft:
    kept = {"content": content, "expected": expected, "name": name}
    draft, _ = Draft.objects.update_or_create(by=by, kind=kind, template=template, defaults=kept)
    return draft


def find(by: User, kind: str, template: Template | None) -> Draft | None:
    return Draft.objects.filter(by=by, kind=kind, template=template).first()


def has_aside(by: User, kind: str, template: Template | None) -> bool:
    """Something was written as another kind, and waits beside it."""
    found = find(by, kind, template)
    aside = found.aside.items() if found else ()
    return any(content != forms.blank(kind).content() for kind, content in aside)


def last(by: User) -> Draft | None:
    """What was written last and can be opened still."""
    visible = Template.objects.visible_to(by)
    open_still = Q(template=None) | Q(template__in=visible)
    return Draft.objects.filter(open_still, by=by, kind__in=kinds.NAMES).first()


def switch(draft: Draft, *, to: str, content: Content) -> Draft:
    """The same writing as another kind; what it was waits beside it."""
    aside = draft.aside | {draft.kind: draft.content}
    aside.pop(to, None)
    moved = {
        "content": content,
        "expected": draft.expected,
        "name": draft.name,
        "aside": aside,
    }
    with transaction.atomic():
        drop(draft.by, draft.kind, draft.template)
        switched, _ = Draft.objects.update_or_create(
            by=draft.by, kind=to, template=draft.template, defaults=moved
        )
    return switched


def drop(by: User, kind: str, template: Template | None) -> None:
    Draft.objects.filter(by=by, kind=kind, template=template).delete()


def drop_sent(by: User, version: Version) -> list[Draft]:
    """Delete the drafts that say what was sent, and give them; what was changed since stays."""
    drafts = Draft.objects.filter(by=by, kind=version.kind)
    sent = [draft for draft in drafts if _payload(draft) == version.payload]
    drafts.filter(pk__in=[draft.pk for draft in sent]).delete()
    return sent


def restore_sent(by: User, version: Version) -> None:
    """The draft of a message that was taken back, unless another one has been begun."""
    if not version.template.is_listed and find(by, version.kind, None) is None:
        keep(by, version.kind, None, version.message.content())


def _payload(draft: Draft) -> dict[str, Any]:
    return message.payload(kinds.MESSAGES[draft.kind].build(draft.content))


def versus(theirs: Version, mine: Shown) -> tuple[Preview, Preview]:
    """What somebody saved in the meantime and what is on the page, on the chosen channel."""
    channel = next(iter(channels.ALL)) if mine.is_all else mine.channel
    return (
        draw(theirs.payload, channel=channel, values=mine.values),
        draw(mine.payload, channel=channel, values=mine.values),
    )
