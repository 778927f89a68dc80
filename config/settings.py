"""Every setting, read once from the environment (or `.env`) by name."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

from config import environment, startup

BASE_DIR = Path(__file__).resolve().parent.parent

environment.load(BASE_DIR / ".env")

# What we make holds customers' data or keys: the database, uploads, journals, static files too.
os.umask(0o077)


def local_secret(folder: Path) -> str:
    """The key of an installation that only drills: made once, readable by its owner alone."""
    path = folder / "secret_key"
    if not path.exists():
        with NamedTemporaryFile("w", dir=folder) as file:
            file.write(get_random_secret_key())
            file.flush()
            _first(file.name, path)
    return path.read_text()


def _first(made: str, path: Path) -> None:
    """Two processes may start at once: the one that comes second keeps the first one's key."""
    try:
        os.link(made, path)
    except FileExistsError:
        return


DATA_DIR = environment.path("DATA_DIR", BASE_DIR / "var")

# ── FIRST LINE ───────────────────────────────────────────────────────────────────────────────
PORT = environment.whole("PORT", 8000, most=65_534)
DRILL_PORT = PORT + 1
HAS_OWN_DRILL = not environment.is_set("FIRSTLINE_API_BASE")
FIRSTLINE_API_BASE = environment.address("FIRSTLINE_API_BASE", f"http://127.0.0.1:{DRILL_PORT}")
FIRSTLINE_API_TOKEN = environment.tokens("FIRSTLINE_API_TOKEN")
FIRSTLINE_AUTH_SCHEME = environment.scheme("FIRSTLINE_AUTH_SCHEME", "Bearer")
FIRSTLINE_RATE_PER_MINUTE = environment.whole("FIRSTLINE_RATE_PER_MINUTE", 240, most=100_000_000)
FIRSTLINE_CONCURRENCY = environment.whole("FIRSTLINE_CONCURRENCY", 8, most=256)
FIRSTLINE_TIMEOUT = environment.seconds("FIRSTLINE_TIMEOUT", "5,30")
FIRSTLINE_HELD_STATUS = environment.whole("FIRSTLINE_HELD_STATUS", 409, least=400, most=599)
# Seconds that a worker may be silent before others take over, and between two sweeps.
ENGINE_LEASE = environment.whole("ENGINE_LEASE", 30, least=2, most=3_600)
ENGINE_SWEEP = environment.whole("ENGINE_SWEEP", 15, most=3_600)

# When nothing that was scheduled goes out, unless somebody says that it may; in TIME_ZONE.
QUIET_HOURS = environment.hours("QUIET_HOURS", "22:00-08:00")
# What was scheduled and is later than this, because no worker ran, waits for a person.
LATE_AFTER_MINUTES = environment.whole("LATE_AFTER_MINUTES", 30, most=60 * 24 * 365)
# How long what was sent from the page can be taken back before the first post.
TAKE_BACK_SECONDS = environment.whole("TAKE_BACK_SECONDS", 10, least=0, most=600)
# Contacts who were talking with an agent are tried again so often, and for so long.
HELD_AGAIN_MINUTES = environment.whole("HELD_AGAIN_MINUTES", 10, most=60 * 24 * 365)
HELD_FOR_HOURS = environment.whole("HELD_FOR_HOURS", 24, least=0, most=24 * 365)
# After so many days values and bodies of deliveries, old contacts and entries of the record are
# erased; 0 keeps them.
RETENTION_DAYS = environment.whole("RETENTION_DAYS", 0, least=0, most=36_500)

# No real host, no customers: everything that must never reach production hangs on this.
PUBLIC_BASE_URL = environment.address("PUBLIC_BASE_URL", "")
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS")
DRILL = startup.decide_drill(
    FIRSTLINE_API_BASE,
    choice=environment.flag("DRILL") if environment.is_set("DRILL") else None,
    is_own_server=HAS_OWN_DRILL,
    public_base_url=PUBLIC_BASE_URL,
    allowed_hosts=ALLOWED_HOSTS,
    api_token=FIRSTLINE_API_TOKEN,
)
DEMO_PASSWORD = environment.text("DEMO_PASSWORD", "first-line-demo")

# ── Django ───────────────────────────────────────────────────────────────────────────────────
DEBUG = environment.flag("DEBUG")
# Keys that were in use before: what they signed or encrypted stays readable.
SECRET_KEY_FALLBACKS = environment.listed("SECRET_KEY_FALLBACKS")
if DRILL:
    # Without one it is made, below.
    SECRET_KEY = environment.text("SECRET_KEY")
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]
    PUBLIC_BASE_URL = PUBLIC_BASE_URL or f"http://127.0.0.1:{PORT}"
else:
    SECRET_KEY = environment.needed("SECRET_KEY", example="fifty-characters-by-chance")
    environment.needed("ALLOWED_HOSTS", example="composer.your-host")
    startup.refuse_first(
        startup.find_unsafe_settings(
            debug=DEBUG,
            allowed_hosts=ALLOWED_HOSTS,
            secret_keys=[SECRET_KEY, *SECRET_KEY_FALLBACKS],
            api_base=FIRSTLINE_API_BASE,
            api_token=FIRSTLINE_API_TOKEN,
        )
    )
# Under that name customers' phones and the channels ask for pictures.
ALLOWED_HOSTS += filter(None, [urlsplit(PUBLIC_BASE_URL).hostname])
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS")
CSRF_FAILURE_VIEW = "people.views.denied.form_out_of_date"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_NAME = _("Message Composer")
# On the phones of the preview; the demo's contacts and pictures are of this shop.
SHOP_NAME = environment.text("SHOP_NAME", "暖日選物" * DRILL)

INSTALLED_APPS = [
    "people.apps.OurAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "people",
    "composer",
    "push",
]
MIDDLEWARE = [
    "config.request_id.RequestId",
    "config.health.Health",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "people.middleware.ProtectPages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.signed_out.SignedOut",
    "people.middleware.EndOldSessions",
    "people.middleware.RequireSecondFactor",
    "config.failures.StorageFailures",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.product",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "composer.templatetags.look",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_TEMPLATE_PACK = CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
# The largest carousel has about 300 fields; a pasted list of ids is one field.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
# The largest body of a request: without a session, of a form, and where files are taken. Those are
# a little larger than the files may be, which then say so themselves.
LARGEST_BODY_SIGNED_OUT = 64 * 2**10
LARGEST_BODY = DATA_UPLOAD_MAX_MEMORY_SIZE + 2**20
LARGEST_UPLOADS = {
    "/contacts/import/": 201 * 2**20,
    "/library/import/": 31 * 2**20,
    "/pictures/": 31 * 2**20,
}

# ── Data ─────────────────────────────────────────────────────────────────────────────────────
DATABASES = {
    "default": environment.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'composer.sqlite3'}")
}
# Opening SQLite anew for every request costs as much as a preview's queries together.
DATABASES["default"]["CONN_MAX_AGE"] = 60
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # FULL, because NORMAL may move the watermark back after a power cut; IMMEDIATE, because a
    # read that turns into a write cannot wait for the lock.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A process that freezes, or a machine that is cut off, in the middle of a transaction must
    # not hold its locks for longer than its lease.
    # A server that is cut off in turn is noticed within half a minute, and not by the kernel
    # after a quarter of an hour.
    DATABASES["default"]["OPTIONS"] = {
        "options": f"-c idle_in_transaction_session_timeout={ENGINE_LEASE}s",
        "connect_timeout": 10,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 30_000,
        # What the address itself says, such as ?sslmode=require.
        **DATABASES["default"].get("OPTIONS", {}),
    }

CACHES = {
    # Failed sign-ins and used codes count together, whichever process or machine they came to.
    # Rarely asked, and there wherever the product is: Redis may be away at any moment.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_cache",
        # Beyond it entries go before their time, and a guesser could see to that.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    # What is asked at every key, and may be a minute old.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

REDIS_URL = environment.redis("REDIS_URL")
if REDIS_URL:
    INSTALLED_APPS += ["django_rq"]
    # No task is killed for its length: those that are long give way, or say how far they are.
    # A hint is no more than that: whoever gives one does not wait long for Redis.
    in_time = environment.in_time(REDIS_URL, socket_connect_timeout=2, socket_timeout=5)
    RQ_QUEUES = {"default": {"URL": in_time, "DEFAULT_TIMEOUT": -1}}
    TASKS = {"default": {"BACKEND": "django_tasks_rq.RQBackend", "QUEUES": ["default"]}}
else:
    TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# ── Files ────────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Uploaded pictures; another storage (S3, say) is another BACKEND with its OPTIONS.
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# The product serves its files itself.
FILE_UPLOAD_PERMISSIONS = 0o600
STORAGES = {
    "default": {
        "BACKEND": environment.text(
            "PICTURE_STORAGE", "django.core.files.storage.FileSystemStorage"
        ),
        "OPTIONS": environment.mapping("PICTURE_STORAGE_OPTIONS"),
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# ── Languages and time ───────────────────────────────────────────────────────────────────────
LANGUAGES = [("en", _("English")), ("zh-hant", _("Traditional Chinese"))]
LANGUAGE_CODE = environment.one_of("LANGUAGE_CODE", "en", dict(LANGUAGES))
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = environment.time_zone("TIME_ZONE", "Asia/Taipei")
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["config.formats"]

# ── Sign-in ──────────────────────────────────────────────────────────────────────────────────
AUTHENTICATION_BACKENDS = [
    "people.backend.Backend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "people.adapter.Closed"
ACCOUNT_FORMS = {"reset_password": "people.forms.RequestPasswordResetForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# No mail to strangers, whose address somebody typed.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
# Sessions end by the two settings below; nobody chooses at sign-in.
ACCOUNT_SESSION_REMEMBER = True
SESSION_COOKIE_AGE = environment.whole("SESSION_HOURS", 12, most=24 * 365) * 60 * 60
SESSION_IDLE_MINUTES = environment.whole("SESSION_IDLE_MINUTES", 120, most=60 * 24 * 365)
MFA_ADAPTER = "people.second_factor.Adapter"
# "all", or the names of groups whose members cannot work without a second factor.
MFA_REQUIRED_FOR = environment.listed("MFA_REQUIRED_FOR")
# Who sets a new password by mail signs in with it, and with the second factor.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 60 * 60
ACCOUNT_RATE_LIMITS = {
    # A whole office begins its shift behind one address.
    "login": "120/m/ip",
    # The key is a name together with a browser or an address; see `people.adapter`.
    "login_failed": "30/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/h/key",
}
# Whose address a sign-in comes from is what the last of so many proxies of ours says.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.whole(
    "TRUSTED_PROXIES", 0 if DRILL else 1, least=0, most=10
)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

# ── Mail ─────────────────────────────────────────────────────────────────────────────────────
HAS_MAIL = environment.is_set("EMAIL_URL")
mail = environment.mail("EMAIL_URL")
EMAIL_BACKEND = mail["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = mail["EMAIL_HOST"], mail["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = mail["EMAIL_USE_TLS"], mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.sender(
    "DEFAULT_FROM_EMAIL", f"composer@{ALLOWED_HOSTS[0].strip('.[]')}"
)

# ── Safety ───────────────────────────────────────────────────────────────────────────────────
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not DRILL
# Short: a browser that has read it accepts no other certificate for so long. The rest binds hosts
# that are not ours to decide on, so the two checks that ask for it are silenced.
SECURE_HSTS_SECONDS = 0 if DRILL else environment.whole("HSTS_SECONDS", 3_600, least=0, most=10**9)
SECURE_HSTS_INCLUDE_SUBDOMAINS = environment.flag("HSTS_SUBDOMAINS")
SECURE_HSTS_PRELOAD = environment.flag("HSTS_PRELOAD")
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # Customers' pictures may live anywhere; nothing else comes from outside.
        "img-src": [SELF, "data:", "blob:", "https:"],
        # `--accent` and `--share` are style attributes.
        "style-src-attr": ["'unsafe-inline'"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.logs.Formatter",
            "format": "{asctime} {levelname} {name} [{id}]: {message}",
            "style": "{",
        }
    },
    "filters": {"once": {"()": "config.logs.Once"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["once"]}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"push": {"level": "INFO"}, "composer": {"level": "INFO"}},
}

# ── What is made, once every setting has been read ───────────────────────────────────────────
environment.make_folder("DATA_DIR", DATA_DIR)
SECRET_KEY = SECRET_KEY or local_secret(DATA_DIR)
