"""The same people everywhere: makers fill in the rest, never cleverly."""

import itertools

from django.contrib.auth.models import Permission, User

from composer.models import Template, Version
from people.rights import VIEWS
from push.models import Contact, Tag

_numbers = itertools.count(1)


def make_user(name="佩珊", rights=(), *, views=VIEWS):
    """佩珊 is staff; give 志豪 no rights. Both see everything; a new account has no `views`."""
    user = User.objects.create_user(username=name, password="first-line-demo")
    for right in (*views, *rights):
        app, codename = right.split(".")
        user.user_permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    return user


def make_contact(name="小明", channel="line", tags=(), **fields):
    fields.setdefault("contactable_id", f"U{next(_numbers):032x}")
    contact = Contact.objects.create(name=name, channel=channel, **fields)
    contact.tags.set(Tag.objects.get_or_create(name=tag)[0] for tag in tags)
    return contact


def make_template(name="歡迎", message="嗨 {{ name | 貴賓 }}", kind="text", **fields):
    """A published template with one version."""
    fields.setdefault("state", Template.State.PUBLISHED)
    template = Template.objects.create(name=name, kind=kind, **fields)
    make_version(template, message)
    return template


def make_version(template, message="嗨 {{ name | 貴賓 }}", by=None):
    return Version.objects.create(
        template=template,
        number=Version.objects.next_number(template),
        payload={"type": template.kind, "message": message},
        by=by,
    )
