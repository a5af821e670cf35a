"""Samples are made once for all tests of a run: making one takes seconds."""

from datetime import date

import pytest

from phancong.sample.history import DEFAULT_SEED, Sample, make_sample

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def sample() -> Sample:
    return make_sample(seed=DEFAULT_SEED, until=TODAY)


@pytest.fixture(scope="session")
def sample_of_2013() -> Sample:
    return make_sample(seed=DEFAULT_SEED, until=date(2013, 12, 31))
