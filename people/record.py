"""Writing down who did what."""

from django.contrib.auth.models import AnonymousUser, User

from people.models import Entry


def note(
    by: User | AnonymousUser | None, verb: str, *, target: object = "", **detail: object
) -> Entry:
    """Keeps one deed, such as `note(user, "sent", target=broadcast, contacts=12)`.

    Details are ids, counts and reasons; never message text, never keys.
    """
    person = by if by is not None and by.is_authenticated else None
    return Entry.objects.create(by=person, verb=verb, target=str(target)[:200], detail=detail)
