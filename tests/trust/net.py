"""The second net as it hangs in a real installation: the connection takes the role of the product."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from phancong.audit.net.hanging import hang_net
from phancong.audit.net.scope import NOTHING, seeing

# Roles belong to the whole server, so each process of the tests has one of its own.
ROLE = f"phancong_app_of_tests_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


@contextmanager
def as_the_product() -> Iterator[None]:
    """Inside, what the database shows follows whoever acts."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # tables with waiting checks cannot be altered
        hang_net(role=ROLE)
        cursor.execute(f"SET ROLE {ROLE}")
        connection.has_row_net = True  # type: ignore[attr-defined]
        try:
            with seeing(NOTHING):
                yield
        finally:
            connection.has_row_net = False  # type: ignore[attr-defined]
            if not connection.needs_rollback:
                cursor.execute("RESET ROLE")
