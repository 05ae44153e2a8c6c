"""What all tests share: where public data lies, when it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# Tests run side by side on few cores, and train tiny networks: threads would only wait for each other.
os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.fixture(scope="session")
def public_data() -> Path:
    """The folder of public data sets named by DAOGOU_DATA; tests that need it skip without it."""
    named = os.environ.get("DAOGOU_DATA")
    if not named or not Path(named).is_dir():
        pytest.skip("needs public data sets: set DAOGOU_DATA to the folder that holds them")
    return Path(named)


def pytest_addoption(parser: pytest.Parser) -> None:
    """How long the searches for bad calls go on."""
    parser.addoption("--fuzz-examples", type=int, default=8, help="Invented calls per operation, with and without keys")


@pytest.fixture(scope="session")
def fuzz_examples(request: pytest.FixtureRequest) -> int:
    """Invented calls per operation."""
    return int(request.config.getoption("--fuzz-examples"))
