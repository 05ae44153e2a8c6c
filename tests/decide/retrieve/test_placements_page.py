"""The page about placements knows them all, and its example runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from daogou.core.settings import DEFAULT_PLACEMENTS
from daogou.decide.retrieve import RETRIEVERS

PAGE = (Path(__file__).parents[3] / "docs" / "placements.md").read_text(encoding="utf-8")


def test_every_placement_and_every_retriever_stands_on_the_page() -> None:
    assert [name for name in DEFAULT_PLACEMENTS if f"| `{name}` |" not in PAGE] == []
    assert [name for name in RETRIEVERS if f"`{name}`" not in PAGE] == []


def test_every_link_within_the_page_leads_somewhere() -> None:
    titles = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
    headings = {re.sub(r"[^a-z0-9 ]", "", one.lower()).replace(" ", "-") for one in titles}
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= headings


def test_the_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, "placements.md", "exec"), {})
