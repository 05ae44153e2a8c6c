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
