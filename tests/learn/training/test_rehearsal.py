from __future__ import annotations

from pathlib import Path

from daogou.learn.training.rehearsal import rehearse
from daogou.learn.training.release import current_name, load_release


def test_a_rehearsal_trains_every_shipped_model_and_learns_a_mix(tmp_path: Path) -> None:
    rehearse(tmp_path)
    models = tmp_path / "files" / "models"
    assert current_name(models) is not None
    release = load_release(models)
    assert {"ease", "item_knn", "content", "bought_together"} <= set(release.models)
    assert not release.info["notes"], "a step was skipped, so its loops were not compiled"
