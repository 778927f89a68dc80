"""Who may do what: the rights by name, and asking for one before a view."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponseBase

WRITE = "composer.write_template"
PUBLISH = "composer.publish_template"
IMPORT = "push.import_contacts"
SEND = "push.send_broadcast"
FORCE = "push.force_broadcast"
RECORD = "people.read_record"

View = Callable[..., HttpResponseBase]

# The groups that `demo` and a fresh installation have, with their rights.
GROUPS = {
    "Agents": [WRITE, IMPORT, SEND],
    "Template managers": [WRITE, PUBLISH, IMPORT],
    "Broadcasters": [SEND],
    "Force": [FORCE],
    "Administrators": [WRITE, PUBLISH, IMPORT, SEND, FORCE, RECORD],
}


def required(right: str) -> Callable[[View], Any]:
    """Asks for sign-in, then for the right; without it the answer is a page that says so (403)."""

    def decorate(view: View) -> Any:
        return login_required(permission_required(right, raise_exception=True)(view))

    return decorate
