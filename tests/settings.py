"""Settings of a test run: a temporary folder of its own, and no way out of the machine."""

import atexit
import os
import shutil
import tempfile

HOME = tempfile.mkdtemp(prefix="composer-tests-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

OURS = (
    "FIRSTLINE_",
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "PUBLIC_BASE_URL",
    "DRILL",
    "DEBUG",
    "EMAIL_URL",
    "MFA_REQUIRED_FOR",
    "SESSION_",
    "HSTS_",
)
for name in [name for name in os.environ if name.startswith(OURS)]:
    del os.environ[name]
os.environ |= {
    "DATA_DIR": HOME,
    "ENV_FILE": "",
    "PORT": "8000",
    # Playwright keeps an event loop in the thread that also asks the database.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}
if "TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

from config.settings import *  # noqa: E402, F403

# The tests run at any hour; those of quiet hours set their own.
QUIET_HOURS = None
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
