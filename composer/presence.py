"""Who else has the same template open: each open page says every few seconds that it is there."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q
from django.utils import timezone

from composer.models import Presence, Template, Version

# Pages call every five seconds; one missed call is not yet an absence.
LASTS = timedelta(seconds=12)


def latest_for(person: User | AnonymousUser, pk: int) -> Version | None:
    """The latest version of a template that this person may see."""
    visible = Template.objects.visible_to(person)
    versions = Version.objects.filter(template=pk, template__in=visible)
    return versions.select_related("by").order_by("-number").first()


def meet(person: User, template: int) -> list[User]:
    """Notes that this person is at the template; gives who else is, and forgets who left."""
    now = timezone.now()
    Presence.objects.bulk_create(
        [Presence(template_id=template, person=person, seen_at=now)],
        update_conflicts=True,
        unique_fields=["template", "person"],
        update_fields=["seen_at"],
    )
    gone = Q(seen_at__lt=now - LASTS)
    found = list(Presence.objects.filter(Q(template=template) | gone).select_related("person"))
    here = [each.person for each in found if each.seen_at >= now - LASTS]
    if len(here) < len(found):
        Presence.objects.filter(gone).delete()
    return [other for other in here if other != person]
