"""The shops, servers and browsers of the other tests, for those that attack them."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

TESTS = Path(__file__).parents[1]


def _conftest_of(folder: str) -> ModuleType:
    found = importlib.util.spec_from_file_location(f"{folder}_fixtures", TESTS / folder / "conftest.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[module.__name__] = module  # dataclasses look their own module up
    found.loader.exec_module(module)
    return module


_serve = _conftest_of("serve")
empty_shop, kept_shop, shop, open_with = _serve.empty_shop, _serve.kept_shop, _serve.shop, _serve.open_with

_journeys = _conftest_of("journeys")
browser = _journeys.browser
