"""SASRec: it reads order and time, answers without PyTorch as its network does, and bears odd input."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch", reason="networks need the extra `deep`")

import torch

from daogou.core.errors import InvalidField
from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.artifact import load_artifact, save_artifact
from daogou.learn.deep.export import largest_constant
from daogou.learn.models import settings_of
from daogou.learn.models.sasrec import Sasrec
from daogou.learn.next_item import NextItemModel

N_ITEMS, HOUR_US = 12, 3_600_000_000
SMALL: dict[str, Any] = {
    "factors": 16,
    "blocks": 1,
    "max_length": 12,
    "dropout": 0.0,
    "epochs": 25,
    "learning_rate": 0.02,
    "batch_size": 8,
    "averaging": 0.9,
    "patience": 25,
    "held_out": 20,
}


def rounds(n_users: int = 60) -> Dataset:
    """Every shopper goes round the twelve items from a start of their own: the next is always one further on."""
    starts = np.random.default_rng(0).integers(0, N_ITEMS, n_users)
    item = (starts[:, None] + np.arange(10)) % N_ITEMS
    user = np.repeat(np.arange(n_users, dtype=np.int32), 10)
    return Dataset.of(user, item.ravel().astype(np.int32), n_items=N_ITEMS)


@pytest.fixture(scope="module")
def model() -> NextItemModel:
    return Sasrec(**SMALL).fit(rounds())


def history(*items: int) -> Query:
    return Query(np.array(items, np.int32))


def test_it_learns_what_comes_next(model: NextItemModel) -> None:
    for start in range(N_ITEMS):
        asked = history(*((start + np.arange(5)) % N_ITEMS))
        assert model.score_all(asked).argmax() == (start + 5) % N_ITEMS


def test_the_same_items_in_another_order_are_another_question(model: NextItemModel) -> None:
    assert (model.score_all(history(3, 4, 5)) != model.score_all(history(5, 4, 3))).any()


@pytest.mark.parametrize("settings", [{"loss": "sampled", "negatives": 40}, {"shared": False, "heads": 2}])
def test_drawn_items_and_separate_tables_learn_the_same(settings: dict[str, Any]) -> None:
    model = Sasrec(**{**SMALL, **settings}).fit(rounds())
    assert model.score_all(history(3, 4, 5, 6)).argmax() == 7


def test_a_longer_history_than_it_reads_is_cut_to_its_end(model: NextItemModel) -> None:
    long = np.arange(10_000) % N_ITEMS
    np.testing.assert_allclose(
        model.score_all(Query(long.astype(np.int32))), model.score_all(Query(long[-12:].astype(np.int32))), rtol=1e-5
    )


def test_the_clock_is_read_where_asked() -> None:
    """After an hour item 1 follows item 0, after a month item 2 does: only the time of asking tells."""
    random = np.random.default_rng(1)
    late = random.random(300) < 0.5
    item = np.stack([np.zeros(300, np.int64), np.where(late, 2, 1)], 1).ravel()
    gap = np.where(late, 30 * 24, 1) * HOUR_US
    begin = 10**15 + random.integers(0, 365 * 24, 300) * HOUR_US
    at_us = np.stack([begin, begin + gap], 1).ravel()
    user = np.repeat(np.arange(300, dtype=np.int32), 2)
    model = Sasrec(**{**SMALL, "timed": True, "epochs": 15, "batch_size": 60}).fit(
        Dataset.of(user, item.astype(np.int32), at_us=at_us)
    )
    asked = np.array([0], np.int32), np.empty(0, np.float32), np.array([10**15])
    assert model.score_all(Query(*asked, now_us=10**15 + HOUR_US)).argmax() == 1
    assert model.score_all(Query(*asked, now_us=10**15 + 30 * 24 * HOUR_US)).argmax() == 2
    assert np.isfinite(model.score_all(Query(asked[0]))).all()


def test_the_graph_bears_whole_number_arithmetic_and_does_not_grow_with_the_catalogue(model: NextItemModel) -> None:
    assert largest_constant(model.graph) <= 1e3
    wide = Dataset.of(np.zeros(3, np.int32), np.array([0, 5_000, 9_999], np.int32), n_items=10_000)
    other = Sasrec(**{**SMALL, "epochs": 1}).fit(wide)
    assert abs(len(other.graph.onnx) - len(model.graph.onnx)) < 200


def test_a_loaded_model_answers_the_same_where_torch_is_not_installed(model: NextItemModel, tmp_path: Path) -> None:
    folder = tmp_path / "sasrec"
    save_artifact(
        folder,
        model,
        recipe={"name": "sasrec", "settings": settings_of(Sasrec(**SMALL))},
        dataset_fingerprint="0",
        item_ids=[str(one) for one in range(N_ITEMS)],
        metrics={},
    )
    assert sorted(path.name for path in folder.iterdir()) == [
        "graph.onnx", "item_ids.json", "manifest.json", "weights.safetensors"
    ]  # fmt: skip
    program = (
        "import sys; sys.modules['torch'] = None\n"
        "import numpy as np; from pathlib import Path\n"
        "from daogou.core.types import Query; from daogou.learn.artifact import load_artifact\n"
        "model = load_artifact(Path(sys.argv[1])).model\n"
        "print(*model.score_all(Query(np.array([3, 4, 5], np.int32))).tolist())\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=True)
    np.testing.assert_allclose(
        [float(one) for one in done.stdout.split()], model.score_all(history(3, 4, 5)), rtol=1e-6
    )
    assert load_artifact(folder).model.graph.onnx == model.graph.onnx  # type: ignore[attr-defined]


class Stopped(Exception):
    pass


def test_interrupted_it_goes_on_from_its_checkpoint_to_the_same_model(model: NextItemModel, tmp_path: Path) -> None:
    def stop(done: int, total: int | None, what: str) -> None:
        if "epoch 4 " in what:
            raise Stopped

    with pytest.raises(Stopped):
        Sasrec(**SMALL).fit(rounds(), checkpoint=tmp_path, progress=stop)
    resumed = Sasrec(**SMALL).fit(rounds(), checkpoint=tmp_path)
    np.testing.assert_array_equal(resumed.inputs, model.inputs)


def test_an_item_nobody_took_and_more_factors_than_items_are_no_trouble() -> None:
    sparse = Dataset.of(np.array([0, 0, 1, 1], np.int32), np.array([0, 1, 1, 0], np.int32), n_items=3)
    model = Sasrec(**{**SMALL, "factors": 64, "epochs": 2}).fit(sparse)
    assert np.isfinite(model.score_all(history(0))).all()


@pytest.mark.parametrize(
    ("setting", "value"), [("heads", 3), ("dropout", 1.0), ("loss", "hinge"), ("epochs", 0), ("averaging", 1.0)]
)
def test_settings_that_make_no_sense_are_refused(setting: str, value: Any) -> None:
    with pytest.raises(InvalidField, match=setting):
        Sasrec(**{setting: value})


def test_the_caller_keeps_torchs_random_numbers() -> None:
    torch.manual_seed(3)
    before = torch.random.get_rng_state()
    Sasrec(**{**SMALL, "epochs": 1}).fit(rounds(5))
    assert torch.equal(before, torch.random.get_rng_state())
