"""Settings. Everything that differs between installations comes from the environment (see docs/reference)."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from phancong.config.checks import DEMONSTRATION_KEY

BASE_DIR = Path(__file__).resolve().parents[3]
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
# The demonstration signs in as any sample person without a password, so it never runs outside DEBUG.
DEMO = env.bool("DEMO", default=False)
if DEMO and not DEBUG:
    raise ImproperlyConfigured("DEMO=1 chỉ dùng để chạy thử cùng DEBUG=1. Bỏ DEMO khi cài đặt thật.")
SECRET_KEY = env("SECRET_KEY", default=DEMONSTRATION_KEY if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "Thiếu SECRET_KEY. Đặt một chuỗi ngẫu nhiên dài ít nhất 50 ký tự trong môi trường."
    )
# Seals the lines of the log. It stands outside of the database, or who changes lines could seal them anew.
AUDIT_KEY = env("AUDIT_KEY", default=f"audit:{SECRET_KEY}" if DEBUG else "")
if not AUDIT_KEY:
    raise ImproperlyConfigured(
        "Thiếu AUDIT_KEY. Đặt một chuỗi ngẫu nhiên dài ít nhất 50 ký tự, khác SECRET_KEY, và cất một bản ngoài máy chủ."
    )
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])

DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var")))
DOCUMENTS_DIR = DATA_DIR / "documents"
ANCHORS_DIR = Path(env("ANCHORS_DIR", default=str(DATA_DIR / "anchors")))
ANCHOR_MAIL_TO = env("ANCHOR_MAIL_TO", default="")
EMAIL_HOST = env("EMAIL_HOST", default="localhost")
# The address of the site as people type it; without one no mail with a link to it is sent.
SITE_ADDRESS = env("SITE_ADDRESS", default="").rstrip("/")
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default="phan-cong@localhost")
RULES_DIR = BASE_DIR / "rules"
# Printed on every page: whom to ring when something does not work.
HELP_PHONE = env("HELP_PHONE", default="0269 3 000 000" if DEMO else "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "csp",
    "django_htmx",
    "phancong.common",
    "phancong.audit",
    "phancong.jobs",
    "phancong.organizations",
    "phancong.members",
    "phancong.accounts",
    "phancong.planning",
    "phancong.yearbook",
    "phancong.followups",
    "phancong.meetings",
    "phancong.reviews",
    "phancong.oversight",
    "phancong.transfers",
    "phancong.secondments",
    "phancong.reorganizations",
    "phancong.personal_data",
    "phancong.figures",
    "phancong.reports",
    "phancong.sample",
    "phancong.config",
]
MIDDLEWARE = [
    "phancong.audit.middleware.RequestIdMiddleware",
    # First the ones that put headers on whatever the others answer.
    "phancong.common.middleware.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "phancong.common.middleware.OwnMachineMiddleware",
    "phancong.common.middleware.KnownMethodsMiddleware",
    "phancong.common.middleware.BodySizeMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages shrink to a quarter on slow lines; Django pads them at random against guessing secrets by length.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "phancong.audit.net.middleware.IdentityScopeMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "phancong.accounts.middleware.ActorMiddleware",
    "phancong.audit.net.middleware.ActorScopeMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "phancong.common.middleware.SameAnswerMiddleware",
]
ROOT_URLCONF = "phancong.config.urls"
WSGI_APPLICATION = "phancong.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "phancong.common.context.page",
                "phancong.config.navigation.page",
            ],
        },
    }
]

SQLITE_OPTIONS = {
    # Without IMMEDIATE two writers end in "database is locked" whatever the timeout.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-20000",
}
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'phancong.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["phancong.accounts.backend.UserBackend"]
# Argon2 first; the others only read what an older installation wrote.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# No rules of composition: length, and nothing that everybody tries first.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "phancong.accounts.passwords.LongEnough"},
    {"NAME": "phancong.accounts.passwords.NotCommon"},
    {"NAME": "phancong.accounts.passwords.NotOneself"},
]
# How many proxies of one's own stand before the server; only then is X-Forwarded-For believed.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "home"

# Where a broker is named, jobs run on Celery workers; without one, in a child process of this machine.
CELERY_BROKER_URL = env("BROKER_URL", default="")
JOB_PROCESSES = env.int("JOB_PROCESSES", default=2)

# Lists that jobs wrote stay so long for whoever asked; the next one that is asked for sweeps older ones away.
EXPORT_KEPT_DAYS = env.int("EXPORT_KEPT_DAYS", default=7)

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Doors: what may come in, and what browsers are told about what goes out.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
# A browser takes a `__Host-` cookie only over HTTPS, for this host alone; while trying out there is no HTTPS.
SESSION_COOKIE_NAME = "sessionid" if DEBUG else "__Host-phien"
CSRF_COOKIE_NAME = "csrftoken" if DEBUG else "__Host-csrf"
# Sentences after an act name people: they stay on the server, not in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", default=not DEBUG)
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=0 if DEBUG else 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEBUG
# Only a server in front that sets the header itself may say that a request came over HTTPS.
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
)
# Preloading is asked of browser makers for a public name; the name of an office's machine is not one.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
# A form and the biggest file that an import reads; nothing above is received.
REQUEST_MAX_BYTES = 42_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 9_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 4
