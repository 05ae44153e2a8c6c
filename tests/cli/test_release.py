"""Releases from the command line: listed, shown with what was found, put in force, and taken back."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from daogou.cli.release import app
from daogou.core.errors import InvalidInput, NotFound
from daogou.core.settings import ModelSettings, Settings
from daogou.data.dataset import Dataset
from daogou.learn.canary import read_canary
from daogou.learn.promotion import write_verdict
from daogou.learn.training.release import current_name
from daogou.learn.training.train import train_release

NOW = 1_800_000_000_000_000


@pytest.fixture
def names(tmp_path: Path) -> list[str]:
    """A serving release and a candidate."""
    (tmp_path / "shop.toml").write_text("")
    chosen = Settings().model_copy(update={"models": {"popularity": ModelSettings(recipe="popularity")}})
    dataset = Dataset.of(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 2]))
    root = tmp_path / "files" / "models"
    made = [
        train_release(dataset, chosen, root, now_us=NOW + n * 1_000_000, in_force=not n).name for n in range(2)
    ]  # fmt: skip
    finding = {"check": "overlap", "ruling": "hold", "text": {"en": "Few alike.", "zh": "重合太少。"}}
    write_verdict(root / "candidates" / made[1], {"verdict": "hold", "findings": [finding]})
    return made


def run(folder: Path, *words: str) -> str:
    done = CliRunner().invoke(app, [*words, "--shop", str(folder)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_held_release_is_listed_shown_promoted_and_taken_back(tmp_path: Path, names: list[str]) -> None:
    root = tmp_path / "files" / "models"
    listed = json.loads(run(tmp_path, "list", "--json"))["releases"]
    assert [(one["name"], one["standing"], one["verdict"]) for one in listed] == [
        (names[0], "serving", None), (names[1], "candidate", "hold"),
    ]  # fmt: skip
    assert "Few alike." in run(tmp_path, "show", names[1])
    assert "重合太少" in run(tmp_path, "show", names[1], "--language", "zh")
    run(tmp_path, "promote", names[1])
    assert current_name(root) == names[1]
    assert "promoted" in run(tmp_path, "show", names[1])
    assert json.loads(run(tmp_path, "rollback", "--json")) == {"serving": names[0]}
    assert current_name(root) == names[0]


def test_a_canary_is_begun_with_a_share_and_stopped(tmp_path: Path, names: list[str]) -> None:
    root = tmp_path / "files" / "models"
    with pytest.raises(InvalidInput, match=r"--share 0\.1"):
        run(tmp_path, "canary")
    run(tmp_path, "canary", "--share", "0.2")
    found = read_canary(root)
    assert found is not None
    assert (found.name, found.share) == (names[1], 0.2)
    shown = json.loads(run(tmp_path, "show", names[1], "--json"))
    assert (shown["standing"], shown["canary"]["canary"]["n_lists"]) == ("canary", 0)
    run(tmp_path, "canary", "--stop")
    assert read_canary(root) is None
    with pytest.raises(NotFound, match="No canary"):
        run(tmp_path, "canary", "--stop")
