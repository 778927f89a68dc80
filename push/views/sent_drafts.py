"""The draft of a message that was sent is gone, on the server and in the browser."""

from composer import drafts
from composer.models import Version
from people.signed_in import SignedIn

KEY = "sent_drafts"


def drop(request: SignedIn, version: Version) -> None:
    """Delete it, and remember which templates the next page has to forget in the browser."""
    if sent := drafts.drop_sent(request.user, version):
        request.session[KEY] = [str(draft.template_id or "") for draft in sent]


def take(request: SignedIn) -> list[str]:
    """Templates whose typed text the browser forgets, once; empty for a new message."""
    forget: list[str] = request.session.pop(KEY, [])
    return forget
