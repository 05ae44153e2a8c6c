"""The examples on the page about variety run, and its figures are the measured ones."""

from __future__ import annotations

import re
from pathlib import Path

from daogou.core.settings import DiversitySettings, NewItemSettings, read_settings

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "diversity.md").read_text(encoding="utf-8")
MEASURED = (ROOT / "benchmarks" / "results" / "diversity.md").read_text(encoding="utf-8")


def test_the_python_on_the_page_runs() -> None:
    for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        exec(compile(block, "docs/diversity.md", "exec"), {})


def test_the_settings_on_the_page_are_read_as_they_stand(tmp_path: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "shop.toml").write_text("\n".join(blocks), encoding="utf-8")
    settings = read_settings(tmp_path)
    home = settings.placements["home_for_you"]
    assert (home.max_per_brand, home.rotation, home.margin, home.stock) == (2, 0.3, 0.2, 5)
    assert home.diversity == DiversitySettings(method="mmr", strength=0.2)
    assert home.new_items == NewItemSettings(share=0.1, days=14)
    assert settings.objective.add_to_cart == 5


def test_every_row_of_the_table_was_measured() -> None:
    rows = re.findall(r"^\| (.+?) \| ([\d.]+) \| ([+-][\d.]+) .*?\| ([\d.]+) \| ([\d,]+) \| ([\d.]+%) \|$", PAGE, re.M)
    assert len(rows) >= 8
    for name, *figures in rows:
        (line,) = [one for one in MEASURED.splitlines() if one.startswith(f"| {name} |")]
        assert all(f" {figure} " in line for figure in figures), name
