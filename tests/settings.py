"""Settings of the tests: those of a real installation, with a quick database and no outside."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "tests-only-" * 6)
os.environ.setdefault("AUDIT_KEY", "tests-only-audit-" * 4)
os.environ.setdefault("SSL_REDIRECT", "0")
os.environ["DEBUG"] = "0"
os.environ["HELP_PHONE"] = "0269 3 000 000"
os.environ.pop("DEMO", None)
os.environ.setdefault("DATABASE_URL", os.environ.get("TEST_DATABASE_URL", "sqlite://:memory:"))

from phancong.config.settings import *  # noqa: F403
from phancong.config.settings import DATABASES, PASSWORD_HASHERS, SQLITE_OPTIONS, STORAGES

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in a real installation: a database in memory is one connection for the test and all threads of the
    # browser's server, and their transactions get mixed. Named, it is used again by a later run (`--reuse-db`).
    own_file = str(Path(tempfile.gettempdir()) / f"phan-cong-tests-{os.getpid()}.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_DATABASE_FILE", own_file)}
    if DATABASES["default"]["NAME"] == ":memory:":
        # The server of the browser may be made before the database is, and looks at this name.
        DATABASES["default"]["NAME"] = DATABASES["default"]["TEST"]["NAME"]
    # What a loss of power would take is nothing that a test keeps.
    DATABASES["default"]["OPTIONS"] = {
        **SQLITE_OPTIONS,
        "init_command": str(SQLITE_OPTIONS["init_command"]).replace("synchronous=FULL", "synchronous=OFF"),
    }
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Quick, so that tests of other things do not wait for a slow hash; tests of signing in name the real one.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
# Static files come from the source, not from a folder that a build must fill first.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
