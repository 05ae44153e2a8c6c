"""docs/models/rankers.md: every setting of every ranker with its default. That its examples run is tested elsewhere."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pytest

from daogou.learn.rankers import RANKER_RECIPES, ranker_class

PAGE = (Path(__file__).parents[3] / "docs" / "models" / "rankers.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(RANKER_RECIPES))
def test_every_setting_is_on_the_page_with_its_default(name: str) -> None:
    _, _, after = PAGE.partition(f"\n## {name}\n")
    if not after:
        pytest.skip(f"{name} is not described yet: give it a section in docs/models/rankers.md before it is released")
    section = after.split("\n## ")[0]
    listed = dict(re.findall(r"^\| `(\w+)` \| `([^`]*)` \|", section, re.MULTILINE))
    made_by = ranker_class(name)
    assert listed == {field.name: json.dumps(getattr(made_by(), field.name)) for field in dataclasses.fields(made_by)}


def test_the_overview_lists_the_shelf() -> None:
    overview = PAGE.split("\n## ")[0]
    described = [name for name in RANKER_RECIPES if f"\n## {name}\n" in PAGE]
    assert re.findall(r"^\| `(\w+)` \|", overview, re.MULTILINE) == described
