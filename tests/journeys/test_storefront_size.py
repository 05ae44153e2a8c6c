"""The page stays light: what a first visit downloads, and all of it."""

from __future__ import annotations

import gzip

import pytest

from .conftest import BUILT_PAGE

FIRST_VISIT_BYTES = 130_000
WHOLE_BYTES = 190_000


def test_the_scripts_stay_within_their_budget() -> None:
    if not BUILT_PAGE.exists():
        pytest.skip("needs the built page: run make web")
    page = BUILT_PAGE.read_text(encoding="utf-8")
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in (BUILT_PAGE.parent / "assets").glob("*.js")}
    at_once = [size for name, size in sizes.items() if name in page]
    assert at_once
    assert sum(at_once) <= FIRST_VISIT_BYTES
    assert sum(sizes.values()) <= WHOLE_BYTES


def test_the_page_loads_nothing_from_elsewhere() -> None:
    if not BUILT_PAGE.exists():
        pytest.skip("needs the built page: run make web")
    styles = "".join(path.read_text(encoding="utf-8") for path in (BUILT_PAGE.parent / "assets").glob("*.css"))
    assert "http" not in BUILT_PAGE.read_text(encoding="utf-8")
    assert "url(http" not in styles
    assert "url(data:" not in styles
