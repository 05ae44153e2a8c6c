"""The pages in docs/models: one per model, every setting with its default, examples that run."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pytest

from daogou.learn.models import RECIPES, recipe_class

PAGES = Path(__file__).parents[3] / "docs" / "models"


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_every_setting_is_on_the_page_with_its_default(name: str) -> None:
    path = PAGES / f"{name}.md"
    if not path.exists():
        pytest.skip(f"{name} has no page yet: write docs/models/{name}.md before it is released")
    page = path.read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `(\w+)` \| `([^`]*)` \|", page, re.MULTILINE))
    made_by = recipe_class(name)
    expected = {field.name: json.dumps(getattr(made_by(), field.name)) for field in dataclasses.fields(made_by)}
    assert listed == expected


def test_every_model_with_a_page_is_in_the_overview() -> None:
    overview = (PAGES / "README.md").read_text(encoding="utf-8")
    described = [name for name in RECIPES if (PAGES / f"{name}.md").exists()]
    assert re.findall(r"^\| \[(\w+)\]\(\1\.md\)", overview, re.MULTILINE) == described


@pytest.mark.parametrize("page", sorted(path.name for path in PAGES.glob("*.md")))
def test_the_examples_run(page: str) -> None:
    text = (PAGES / page).read_text(encoding="utf-8")
    known: dict[str, object] = {}
    for example in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(compile(example, page, "exec"), known)


@pytest.mark.parametrize("page", sorted(path.name for path in PAGES.glob("*.md")))
def test_links_between_pages_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", (PAGES / page).read_text(encoding="utf-8")):
        assert (PAGES / target).exists(), target
