"""docs/features.md: its example runs, and every kind with every setting is on it."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pytest

from daogou.learn.features import KINDS
from daogou.learn.features.spec import column_class

PAGE = (Path(__file__).parents[3] / "docs" / "features.md").read_text(encoding="utf-8")


def test_the_example_runs() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(example, "docs/features.md", "exec"), {})


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_setting_is_on_the_page_with_its_default(kind: str) -> None:
    made = column_class(kind)
    section = PAGE.split("## Settings")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (?:`(\w+)`)? ?\| `(\w+)` \| (.*?) \|", section, re.MULTILINE)
    owner, listed = "", {}
    for name, setting, default in rows:
        owner = name or owner
        if owner == made.__name__:
            listed[setting] = default.strip("`")
    wanted = {field.name: field.default for field in dataclasses.fields(made) if field.name not in ("name", "about")}
    assert set(listed) == set(wanted)
    for setting, default in wanted.items():
        if isinstance(default, tuple):
            assert listed[setting] == ", ".join(default)
        elif default is dataclasses.MISSING:
            assert listed[setting] == "-"
        else:
            assert listed[setting] == json.dumps(default)
