"""The WSGI application that granian serves."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config import startup
from config.concurrency import ConcurrencyLimit

# More threads that compute make Django slower.
COMPUTING = 2
# How many of the web server's threads (`scripts.web`) may wait for the bodies of requests.
BODIES = 256

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

with startup.exit_when_refused():
    startup.check_database(serves=True)
    django = get_wsgi_application()
application = ConcurrencyLimit(
    django,
    limit=COMPUTING,
    bodies=BODIES,
    largest=settings.LARGEST_BODY,
    apart=["/healthz", "/readyz"],
)
# What is loaded by now stays: looking through it for garbage would hold up a keystroke in twenty.
gc.freeze()
