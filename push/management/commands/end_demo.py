"""`manage.py end_demo`: what an installation does before it sends to real customers."""

from typing import Any

from django.contrib.auth.models import User

from people import record
from people.commandline import OneLine
from push import broadcasts
from push.demo import contacts, people
from push.models import Broadcast


class Command(OneLine):
    """May be run again at any time; what was sent stays."""

    help = (
        "Ends the demo: deactivates its users, cancels the broadcasts they left unfinished,"
        " and removes its contacts."
    )

    def handle(self, **options: Any) -> None:
        names = people.deactivate()
        # While demo users can sign in nothing is sent to customers, so these are all practice;
        # once they cannot, an unfinished one may be real.
        unfinished = Broadcast.objects.all() if names else Broadcast.objects.none()
        cancelled = sum(broadcasts.cancel(each, by=None) for each in unfinished)
        deleted, kept = contacts.remove()
        if names or deleted:
            record.note(None, "ended demo", people=names, contacts=deleted)
        self.stdout.write(
            f"users deactivated: {len(names)}, broadcasts cancelled: {cancelled},"
            f" contacts deleted: {deleted},"
            f" kept as do not disturb because something was sent to them: {kept}"
        )
        if not User.objects.filter(is_active=True, is_superuser=True).exists():
            self.stdout.write("No administrator is left: `manage.py createsuperuser` makes one.")
