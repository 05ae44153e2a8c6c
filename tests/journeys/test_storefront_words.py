"""The page's words for the demo catalogues are those of the catalogues."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

STOREFRONT = Path(__file__).parents[2] / "web" / "apps" / "storefront"


def test_the_page_has_every_word_of_the_demo_catalogues() -> None:
    script = STOREFRONT / "dev" / "catalogue_words.py"
    if not script.exists():
        pytest.skip("needs the source of the page: web/apps/storefront")
    spec = importlib.util.spec_from_file_location("catalogue_words", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = json.loads((STOREFRONT / "src/shared/words/catalogue-words.json").read_text(encoding="utf-8"))
    assert written == module.catalogue_words(), "run web/apps/storefront/dev/catalogue_words.py again"
