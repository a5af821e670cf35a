"""Settings of the tests: those of a real installation, with a quick database and no outside."""

import os

os.environ.setdefault("SECRET_KEY", "tests-only-" * 6)
os.environ.setdefault("AUDIT_KEY", "tests-only-audit-" * 4)
os.environ.setdefault("SSL_REDIRECT", "0")
os.environ["DEBUG"] = "0"
os.environ["HELP_PHONE"] = "0269 3 000 000"
os.environ.pop("DEMO", None)
os.environ.setdefault("DATABASE_URL", os.environ.get("TEST_DATABASE_URL", "sqlite://:memory:"))

from phancong.config.settings import *  # noqa: F403
from phancong.config.settings import DATABASES, PASSWORD_HASHERS, STORAGES

# A test database that is used again by a later run (`--reuse-db`); without it each run makes its own in memory.
if "TEST_DATABASE_FILE" in os.environ:
    DATABASES["default"]["TEST"] = {"NAME": os.environ["TEST_DATABASE_FILE"]}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Quick, so that tests of other things do not wait for a slow hash; tests of signing in name the real one.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
# Static files come from the source, not from a folder that a build must fill first.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
