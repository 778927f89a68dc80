"""`manage.py demo`: what a drill begins with."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User

from people.commandline import OneLine, misused
from push.demo import contacts, people, pictures, starters


class Command(OneLine):
    """For drills alone: refused where a real host is set."""

    help = "Loads demo people, starter templates and contacts; may be run again at any time."

    def handle(self, **options: Any) -> None:
        if not settings.DRILL:
            raise misused("Demo data is for drills only: FIRSTLINE_API_BASE is a real host.")
        changed_people = people.load()
        manager = User.objects.get(username="manager")
        pictures.load(by=manager)
        changed = changed_people, starters.load(by=manager), contacts.load()
        if options["verbosity"]:
            self.stdout.write(
                "people: {}, templates: {}, contacts: {} made or changed".format(*changed)
            )
