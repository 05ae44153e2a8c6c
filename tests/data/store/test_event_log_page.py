"""docs/event-log.md: its examples run, in the order they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[3] / "docs" / "event-log.md"


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examples = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) == 3
    monkeypatch.chdir(tmp_path)
    for example in examples:
        exec(compile(example, str(PAGE), "exec"), {})


def test_every_column_of_the_log_is_explained() -> None:
    from daogou.data.store.schema import events

    page = PAGE.read_text(encoding="utf-8")
    assert [column.name for column in events.columns if f"`{column.name}`" not in page] == []
