"""Who may do what: the rights by name, and asking for one before a view."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

VIEW_TEMPLATES = "composer.view_template"
VIEW_CONTACTS = "push.view_contact"
VIEW_BROADCASTS = "push.view_broadcast"
WRITE = "composer.write_template"
PUBLISH = "composer.publish_template"
IMPORT = "push.import_contacts"
SEND = "push.send_broadcast"
FORCE = "push.force_broadcast"
ERASE = "push.erase_contact"
RECORD = "people.read_record"
# What belongs to somebody is theirs to rename, delete, cancel or export; these go further.
MANAGE_PICTURES = "composer.manage_others_pictures"
MANAGE_BROADCASTS = "push.manage_others_broadcasts"
MANAGE_AUDIENCES = "push.manage_others_audiences"

View = Callable[..., HttpResponseBase]

# Administrators add people and put them into groups, in Django's admin.
MANAGE = ["auth.view_user", "auth.add_user", "auth.change_user", "auth.view_group"]

VIEWS = [VIEW_TEMPLATES, VIEW_CONTACTS, VIEW_BROADCASTS]
# Whoever has one of these works with the product, and needs to see what it works on.
WORK = [WRITE, PUBLISH, IMPORT, SEND, FORCE, ERASE, RECORD]
MANAGE_OTHERS = [MANAGE_PICTURES, MANAGE_BROADCASTS, MANAGE_AUDIENCES]

# The groups that `demo` and a fresh installation have, with their rights.
GROUPS = {
    "Agents": [*VIEWS, WRITE, IMPORT, SEND],
    "Template managers": [*VIEWS, WRITE, PUBLISH, IMPORT, MANAGE_PICTURES],
    "Broadcasters": [*VIEWS, SEND, MANAGE_BROADCASTS, MANAGE_AUDIENCES],
    "Force": [*VIEWS, FORCE],
    "Administrators": [*VIEWS, *WORK, *MANAGE_OTHERS, *MANAGE],
}


def required(*rights: str) -> Callable[[View], Any]:
    """Asks for sign-in, then for all rights; without one the answer says which it is (403)."""

    def decorate(view: View) -> Any:
        @wraps(view)
        def with_rights(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            for right in rights:
                if not request.user.has_perm(right):
                    raise PermissionDenied(right)
            return view(request, *args, **kwargs)

        return login_required(with_rights)

    return decorate


def can_manage(person: User | AnonymousUser, owner_id: int | None, *, others: str) -> bool:
    """Whether something is this person's own, or `others` lets them act on other people's."""
    is_own = owner_id is not None and owner_id == person.pk
    return is_own or person.has_perm(others)


def ensure_can_manage(person: User | AnonymousUser, owner_id: int | None, *, others: str) -> None:
    """Raises PermissionDenied."""
    if not can_manage(person, owner_id, others=others):
        raise PermissionDenied(others)
