"""What the harness's tests share."""

import os

import pytest


@pytest.fixture
def first_core() -> int:
    """A processor that the tests may use."""
    return min(os.sched_getaffinity(0))
