"""Who may do what: the rights by name, and asking for one before a view."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

WRITE = "composer.write_template"
PUBLISH = "composer.publish_template"
IMPORT = "push.import_contacts"
SEND = "push.send_broadcast"
FORCE = "push.force_broadcast"
RECORD = "people.read_record"

View = Callable[..., HttpResponseBase]

# Administrators add people and put them into groups, in Django's admin.
MANAGE = ["auth.view_user", "auth.add_user", "auth.change_user", "auth.view_group"]

# The groups that `demo` and a fresh installation have, with their rights.
GROUPS = {
    "Agents": [WRITE, IMPORT, SEND],
    "Template managers": [WRITE, PUBLISH, IMPORT],
    "Broadcasters": [SEND],
    "Force": [FORCE],
    "Administrators": [WRITE, PUBLISH, IMPORT, SEND, FORCE, RECORD, *MANAGE],
}


def required(right: str) -> Callable[[View], Any]:
    """Asks for sign-in, then for the right; without it the answer is a page that says so (403)."""

    def decorate(view: View) -> Any:
        @wraps(view)
        def with_right(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.has_perm(right):
                raise PermissionDenied(right)
            return view(request, *args, **kwargs)

        return login_required(with_right)

    return decorate
