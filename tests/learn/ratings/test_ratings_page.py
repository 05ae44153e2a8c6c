"""docs/models/ratings.md: every setting of every rating model with its default."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pytest

from daogou.learn.ratings import RATING_RECIPES, rating_recipe_class

PAGE = Path(__file__).parents[3] / "docs" / "models" / "ratings.md"


@pytest.mark.parametrize("name", sorted(RATING_RECIPES))
def test_every_setting_is_on_the_page_with_its_default(name: str) -> None:
    _, _, after = PAGE.read_text(encoding="utf-8").partition(f"\n## {name}\n")
    if not after:
        pytest.skip(f"{name} is not described yet: give it a section in docs/models/ratings.md before it is released")
    section = after.split("\n## ")[0]
    listed = dict(re.findall(r"^\| `(\w+)` \| `([^`]*)` \|", section, re.MULTILINE))
    made_by = rating_recipe_class(name)
    assert listed == {field.name: json.dumps(getattr(made_by(), field.name)) for field in dataclasses.fields(made_by)}
