"""The world before the door, made once for each test; every test here is a measurement of trust."""

from pathlib import Path

import pytest

from tests.trust.world import World, make_world


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.trust)


@pytest.fixture
def world(db: None) -> World:
    return make_world()
