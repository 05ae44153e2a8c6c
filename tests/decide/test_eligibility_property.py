"""No list ever holds an item that may not be shown, whatever the shop, the shopper and the request.

The full run is `python benchmarks/eligibility.py`; its judge is written without the code it judges.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from daogou.decide import eligibility

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "eligibility.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("eligibility_benchmark", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_nothing_that_is_barred_is_shown_in_any_of_many_random_lists(script: ModuleType) -> None:
    found = script.measure(48_000, seed=7, n_lists=60)
    assert found.wrong == []
    assert found.cases >= 48_000
    assert len(found.barred) == 12, "every reason to bar an item was met"
    assert sum(found.shown.values()) > 1_000


@pytest.mark.parametrize("gate", sorted(eligibility.GATES))
def test_the_judge_notices_when_a_gate_stands_open(
    script: ModuleType, gate: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bit, codes = eligibility.GATES[gate], eligibility.codes
    monkeypatch.setattr(eligibility, "codes", lambda *asked: codes(*asked) & ~np.uint16(bit))
    assert script.measure(8_000, seed=7, n_lists=40).wrong
