"""The page about pages: every code stands on it, and its examples run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from daogou.core.settings import read_settings
from daogou.decide.page.words import WORDS

PAGE = (Path(__file__).parents[3] / "docs/pages.md").read_text("utf-8")
(TOML,), (CALL,), (PYTHON,) = (
    re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL) for kind in ("toml", "sh", "python")
)


def test_the_example_runs_in_python_and_over_http(shop: Any, capsys: pytest.CaptureFixture[str]) -> None:
    exec(PYTHON, {"shop": shop.client.app.state.service.shop})
    told = capsys.readouterr().out
    assert told.startswith("home_for_you ['p")
    assert "Placed by the shop" in told
    words = shlex.split(CALL)
    headers = {"Content-Type": "application/json"}
    answer = shop.call("POST", "/v1/pages", shop.publishable, content=words[words.index("-d") + 1], headers=headers)
    assert answer.status_code == 200
    assert [row["position"] for row in answer.json()["rows"]] == [0, 1]


def test_every_code_has_two_languages_and_stands_on_the_page() -> None:
    assert all(f"| `{code}` |" in PAGE and set(texts) == {"en", "zh"} for code, texts in WORDS.items())


def test_the_settings_are_settings_and_a_row_must_be_a_placement(tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_text(TOML, encoding="utf-8")
    assert read_settings(tmp_path).pages["home"].most_rows == 6
    (tmp_path / "shop.toml").write_text('[pages.home]\nrows = ["attic"]\n', encoding="utf-8")
    with pytest.raises(Exception, match=r"\[pages.home\] rows: no placement is called 'attic'"):
        read_settings(tmp_path)
