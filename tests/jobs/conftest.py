"""Kinds of work for the tests of jobs, and a folder of their own for signs of life."""

import logging
import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kombu import Connection
from kombu.exceptions import OperationalError
from pytest_django import Settings
from redis import Redis

from tests.jobs.outside import Site
from tests.jobs.sample_kinds import kinds


@pytest.fixture(autouse=True)
def _sample_kinds(settings: Settings, tmp_path: Path) -> None:
    kinds.register_all()
    settings.DATA_DIR = tmp_path


@pytest.fixture
def silenced() -> Iterator[Callable[[str], list[logging.LogRecord]]]:
    """Keeps what a logger says from the other tests' watch for errors, and hands it to this one."""
    undo = []

    def silence(name: str) -> list[logging.LogRecord]:
        logger, records = logging.getLogger(name), []

        class Keep(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                records.append(record)

        handler = Keep()
        logger.addHandler(handler)
        logger.propagate = False
        undo.append((logger, handler))
        return records

    yield silence
    for logger, handler in undo:
        logger.removeHandler(handler)
        logger.propagate = True


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A migrated database; tests copy it."""
    site = Site.new(tmp_path_factory.mktemp("site"))
    yield site
    site.close()


@pytest.fixture
def site(empty_site: Site, tmp_path: Path) -> Iterator[Site]:
    """An installation without a broker."""
    site = empty_site.copy(tmp_path)
    yield site
    site.close()


BROKERS = {
    "RabbitMQ": os.environ.get("TEST_RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672//"),
    "Redis": os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0"),
}


@pytest.fixture(params=list(BROKERS))
def broker_site(request: pytest.FixtureRequest, empty_site: Site, tmp_path: Path) -> Iterator[Site]:
    """An installation whose settings name a broker, with a queue of its own there."""
    url, queue = BROKERS[request.param], f"phancong-{uuid.uuid4().hex}"
    connection = Connection(url, connect_timeout=3)
    try:
        connection.ensure_connection(max_retries=1)
    except OperationalError:
        pytest.fail(
            f"{request.param} does not answer at {url}: start it, or leave out these tests by -m 'not broker'."
        )
    site = empty_site.copy(tmp_path, broker=url, queue=queue)
    yield site
    site.close()
    clear(connection, queue)


def clear(connection: Connection, queue: str) -> None:
    """Leave nothing of the test at the broker."""
    with connection:
        connection.SimpleQueue(queue).queue.delete()
    if connection.transport_cls == "redis":
        with Redis.from_url(connection.as_uri(include_password=True)) as redis:
            for key in redis.scan_iter(f"*{queue}*"):
                redis.delete(key)
