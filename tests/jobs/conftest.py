"""Kinds of work for the tests of jobs, and a folder of their own for signs of life."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

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
