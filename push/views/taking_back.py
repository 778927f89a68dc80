"""Taking back what was just sent."""

from django.utils.translation import gettext as _

from composer import drafts
from people import rights
from people.signed_in import SignedIn
from push import broadcasts
from push.models import Broadcast
from push.views.deeds import deed


@deed(rights.SEND)
def take_back(request: SignedIn, broadcast: Broadcast) -> str:
    """Cancels, and says whether anybody has got it."""
    if not broadcasts.cancel(broadcast, by=request.user):
        return _("It had ended already.")
    if broadcast.by == request.user:
        drafts.restore_sent(request.user, broadcast.version)
    tally = broadcasts.tally(broadcast)
    if gone := tally.audience - tally.waiting - tally.cancelled:
        return _("Cancelled. Had left already: %(count)s.") % {"count": gone}
    return _("Taken back. Nobody got it.")
