"""The WSGI application that granian serves."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config import startup
from config.concurrency import BodyLimits, ConcurrencyLimit

# More threads that compute make Django slower.
COMPUTING = 2
# How many of the web server's threads (`scripts.web`) may wait for the bodies of requests.
BODIES = 256
# How many large files may be on their way to a process at the same time.
UPLOADS = 4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

with startup.exit_when_refused():
    startup.check_database(serves=True)
    django = get_wsgi_application()
application = ConcurrencyLimit(
    django,
    limit=COMPUTING,
    bodies=BODIES,
    uploads=UPLOADS,
    sizes=BodyLimits(
        signed_out=settings.LARGEST_BODY_SIGNED_OUT,
        ordinary=settings.LARGEST_BODY,
        uploads=settings.LARGEST_UPLOADS,
        session_cookie=settings.SESSION_COOKIE_NAME,
    ),
    apart=["/healthz", "/readyz"],
)
# What is loaded by now stays: looking through it for garbage would hold up a keystroke in twenty.
gc.freeze()
