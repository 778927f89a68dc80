"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from config import startup

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

with startup.exit_when_refused():
    startup.check_database()
    application = get_wsgi_application()
# What is loaded by now stays: looking through it for garbage would hold up a keystroke in twenty.
gc.freeze()
