"""Releases are put in force, left and tried, and every step can be read afterwards."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from daogou.core.errors import ArtifactRefused
from daogou.core.settings import ModelSettings, Settings
from daogou.data.dataset import Dataset
from daogou.learn.canary import read_canary
from daogou.learn.promotion import promote, roll_back, standings, start_canary, stop_canary, write_verdict
from daogou.learn.release_log import happenings
from daogou.learn.training.release import current_name
from daogou.learn.training.train import train_release

NOW = 1_800_000_000_000_000
SETTINGS = Settings().model_copy(update={"models": {"popularity": ModelSettings(recipe="popularity")}})


def trained(root: Path, number: int, *, in_force: bool) -> str:
    dataset = Dataset.of(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 2]))
    now_us = NOW + number * 1_000_000
    return train_release(dataset, SETTINGS, root, now_us=now_us, in_force=in_force).name


def test_a_candidate_serves_only_after_it_was_promoted_and_the_way_back_stays_open(tmp_path: Path) -> None:
    first, second = trained(tmp_path, 0, in_force=True), trained(tmp_path, 1, in_force=False)
    assert current_name(tmp_path) == first
    assert [(one.name, one.standing) for one in standings(tmp_path)] == [(first, "serving"), (second, "candidate")]
    promote(tmp_path, second, keep=3, now_us=NOW, by="ann")
    assert [(one.name, one.standing) for one in standings(tmp_path)] == [(second, "serving"), (first, "previous")]
    roll_back(tmp_path, keep=3, now_us=NOW, by="ann")
    assert current_name(tmp_path) == first
    assert [(one.what, one.release, one.by) for one in happenings(tmp_path)] == [
        ("promoted", second, "ann"), ("rolled_back", second, "ann"),
    ]  # fmt: skip


def test_a_release_whose_checksum_fails_is_not_put_in_force(tmp_path: Path) -> None:
    first, second = trained(tmp_path, 0, in_force=True), trained(tmp_path, 1, in_force=False)
    weights = next((tmp_path / "candidates" / second).rglob("weights.safetensors"))
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    with pytest.raises(ArtifactRefused):
        promote(tmp_path, second, keep=3, now_us=NOW, by="ann")
    assert current_name(tmp_path) == first
    assert happenings(tmp_path) == []


def test_a_canary_ends_when_it_is_promoted_and_is_told_in_the_list(tmp_path: Path) -> None:
    trained(tmp_path, 0, in_force=True)
    second = trained(tmp_path, 1, in_force=False)
    start_canary(tmp_path, second, 0.1, now_us=NOW, by="ann")
    assert standings(tmp_path)[1].standing == "canary"
    promote(tmp_path, second, keep=3, now_us=NOW, by="ann")
    assert read_canary(tmp_path) is None
    assert not stop_canary(tmp_path, second, now_us=NOW, by="ann", outcome="stopped")


def test_a_verdict_lies_beside_the_release_and_moves_with_it(tmp_path: Path) -> None:
    trained(tmp_path, 0, in_force=True)
    second = trained(tmp_path, 1, in_force=False)
    write_verdict(tmp_path / "candidates" / second, {"verdict": "hold", "findings": []})
    promote(tmp_path, second, keep=3, now_us=NOW, by="ann")
    assert standings(tmp_path)[0].verdict == "hold"
