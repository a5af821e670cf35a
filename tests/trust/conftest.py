"""The world before the door, made once for each test."""

import pytest

from tests.trust.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()
