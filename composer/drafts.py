"""What people have typed and not saved, kept so that a closed tab loses nothing."""

from django.contrib.auth.models import User

from composer.forms.nested import Content
from composer.models import Draft, Template


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
