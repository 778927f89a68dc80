"""What people have typed and not saved, kept so that a closed tab loses nothing."""

from django.contrib.auth.models import User

from composer.composing import Shown
from composer.forms.nested import Content
from composer.models import Draft, Template, Version
from composer.preview import Preview, draw
from composer.vocabulary import channels


def keep(
    by: User, kind: str, template: Template | None, content: Content, *, expected: int = 0
) -> Draft:
    kept = {"content": content, "expected": expected}
    draft, _ = Draft.objects.update_or_create(by=by, kind=kind, template=template, defaults=kept)
    return draft


def find(by: User, kind: str, template: Template | None) -> Draft | None:
    return Draft.objects.filter(by=by, kind=kind, template=template).first()


def drop(by: User, kind: str, template: Template | None) -> None:
    Draft.objects.filter(by=by, kind=kind, template=template).delete()


def versus(theirs: Version, mine: Shown) -> tuple[Preview, Preview]:
    """What somebody saved in the meantime and what is on the page, on the chosen channel."""
    channel = next(iter(channels.ALL)) if mine.is_all else mine.channel
    return (
        draw(theirs.payload, channel=channel, values=mine.values),
        draw(mine.payload, channel=channel, values=mine.values),
    )
