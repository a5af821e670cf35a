"""Every test that asks for `backend` runs on both back ends."""

import pytest

from planner.backends import NAMES


@pytest.fixture(params=NAMES)
def backend(request: pytest.FixtureRequest) -> str:
    """Name of a back end."""
    name: str = request.param
    return name
