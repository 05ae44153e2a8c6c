"""The trainer: it learns, stops, resumes, refuses, and gives the same on two processes as on one."""

from __future__ import annotations

import errno
import itertools
import math
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="networks need the extra `deep`")

from daogou.core.errors import InvalidField, InvalidInput, StorageFull  # noqa: E402
from daogou.learn.deep import Trained, Training, seeded, train  # noqa: E402

RANDOM = np.random.default_rng(7)
INPUTS = RANDOM.standard_normal((64, 3)).astype(np.float32)
ANSWERS = (INPUTS @ np.array([1.0, -2.0, 0.5], np.float32) + 0.3).astype(np.float32)


class Line(torch.nn.Module):
    """One linear layer behind dropout, so that what is drawn while training shows."""

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__()
        self.dropout = torch.nn.Dropout(dropout)
        self.linear = torch.nn.Linear(3, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.linear(self.dropout(x))[:, 0]


def line(dropout: float = 0.0) -> Line:
    with seeded(1):
        return Line(dropout)


def squared(network: torch.nn.Module, batch: Mapping[str, torch.Tensor]) -> tuple[torch.Tensor, float]:
    return ((network(batch["x"]) - batch["y"]) ** 2).sum(), len(batch["x"])


def batches(epoch: int) -> list[dict[str, Any]]:
    order = np.random.default_rng(epoch).permutation(64)
    return [{"x": INPUTS[rows], "y": ANSWERS[rows]} for rows in np.array_split(order, 5)]


def closeness(network: torch.nn.Module) -> float:
    return -float(((network(torch.from_numpy(INPUTS)) - torch.from_numpy(ANSWERS)) ** 2).mean())


def run(network: Line, epochs: int = 6, folder: Path | None = None, **others: Any) -> Trained:
    how = Training(epochs=epochs, learning_rate=0.05, patience=others.pop("patience", 100), **others.pop("how", {}))
    given = {"loss": squared, "batches": batches, "validate": closeness, **others}
    return train(network, training=how, checkpoint=folder, **given)


def weights(network: Line) -> np.ndarray:
    return np.append(network.linear.weight.detach().numpy().ravel(), network.linear.bias.detach().numpy())


def test_it_finds_the_line_behind_the_points() -> None:
    network = line()
    trained = run(network, epochs=60)
    np.testing.assert_allclose(weights(network), [1.0, -2.0, 0.5, 0.3], atol=0.02)
    assert trained.losses[0] > 10 * trained.losses[-1]
    assert not network.training


def test_the_same_seed_gives_the_same_weights_and_leaves_the_callers_random_numbers_alone() -> None:
    one, two = line(0.3), line(0.3)
    torch.manual_seed(99)
    before = torch.random.get_rng_state()
    run(one)
    assert torch.equal(before, torch.random.get_rng_state())
    run(two)
    np.testing.assert_array_equal(weights(one), weights(two))
    other = line(0.3)
    run(other, how={"seed": 5})
    assert (weights(one) != weights(other)).any()


def test_it_stops_when_validation_no_longer_improves_and_keeps_the_best_weights() -> None:
    figures = iter([0.1, 0.5, 0.4, 0.3, 0.9])
    seen = []

    def worse_and_worse(network: Line) -> float:
        seen.append(weights(network))
        return next(figures)

    network = line()
    trained = run(network, epochs=50, patience=2, validate=worse_and_worse)
    assert (trained.epochs, trained.best_epoch, trained.best) == (4, 2, 0.5)
    np.testing.assert_array_equal(weights(network), seen[1])


def test_without_validation_the_last_weights_are_kept() -> None:
    trained = run(line(), validate=None)
    assert (trained.epochs, trained.best_epoch) == (6, 6)
    assert math.isnan(trained.best)


class Interrupted(Exception):
    pass


def interrupted_after(epochs: int) -> Any:
    def some(epoch: int) -> Iterator[dict[str, Any]]:
        for number, batch in enumerate(batches(epoch)):
            if epoch == epochs and number == 2:
                raise Interrupted
            yield batch

    return some


@pytest.mark.parametrize(("optimizer", "decay"), [("adam", "cosine"), ("adagrad", "cosine"), ("adam", "plateau")])
def test_interrupted_and_resumed_it_ends_exactly_where_an_uninterrupted_run_ends(
    optimizer: str, decay: str, tmp_path: Path
) -> None:
    how = {"optimizer": optimizer, "decay": decay}
    whole, first, second = line(0.3), line(0.3), line(0.3)
    expected = run(whole, how=how)
    with pytest.raises(Interrupted):
        run(first, folder=tmp_path, batches=interrupted_after(3), how=how)
    resumed = run(second, folder=tmp_path, how=how)
    np.testing.assert_array_equal(weights(second), weights(whole))
    assert resumed.losses == expected.losses
    assert resumed.figures == expected.figures


def test_steps_shrink_to_a_tenth_after_each_epoch_without_gain() -> None:
    seen = []

    def never_better(network: torch.nn.Module) -> float:
        seen.append(weights(network))
        return 0.0

    run(line(), 4, validate=never_better, how={"decay": "plateau"})
    steps = [float(np.abs(after - before).max()) for before, after in itertools.pairwise(seen)]
    assert steps[1] < 0.2 * steps[0]
    assert steps[2] < 0.2 * steps[1]


def test_a_finished_training_resumed_returns_at_once_with_the_best_weights(tmp_path: Path) -> None:
    one, two = line(), line()
    run(one, folder=tmp_path)
    run(two, folder=tmp_path, batches=interrupted_after(0))
    np.testing.assert_array_equal(weights(one), weights(two))


def test_a_checkpoint_of_another_training_is_refused(tmp_path: Path) -> None:
    run(line(), folder=tmp_path, identity="red")
    with pytest.raises(InvalidInput, match="was made by another training"):
        run(line(), folder=tmp_path, identity="blue")


def test_a_file_that_is_no_checkpoint_is_refused(tmp_path: Path) -> None:
    (tmp_path / "checkpoint.safetensors").write_bytes(b"not a checkpoint at all")
    with pytest.raises(InvalidInput, match="Delete it to start anew"):
        run(line(), folder=tmp_path)


def test_a_full_disk_at_a_checkpoint_is_told_and_the_one_before_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync, calls = os.fsync, [0]

    def full_at_the_third(descriptor: int) -> None:
        calls[0] += 1
        if calls[0] == 5:  # two for each checkpoint: the file, then its folder
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", full_at_the_third)
    with pytest.raises(StorageFull, match="The one before it is whole"):
        run(line(0.3), folder=tmp_path)
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint.safetensors"]
    whole, resumed = line(0.3), line(0.3)
    run(whole)
    begun = []
    run(resumed, folder=tmp_path, batches=lambda epoch: begun.append(epoch) or batches(epoch))
    assert begun == [2, 3, 4, 5]
    np.testing.assert_array_equal(weights(resumed), weights(whole))


def test_a_loss_that_is_no_number_is_told_with_the_next_step() -> None:
    spoiled = [{"x": INPUTS, "y": np.full(64, np.nan, np.float32)}]
    with pytest.raises(InvalidInput, match=r"The loss became nan in epoch 1\. Lower learning_rate \(0\.05\)"):
        run(line(), batches=lambda _: spoiled)


def test_the_time_budget_ends_training_with_the_best_so_far() -> None:
    network = line()
    trained = run(network, epochs=10_000, how={"minutes": 0.2 / 60})
    assert 0 < trained.epochs < 10_000
    assert trained.seconds < 10


def test_progress_tells_the_epoch_the_loss_and_the_time_left() -> None:
    told: list[tuple[int, int | None, str]] = []
    run(line(), epochs=2, progress=lambda *one: told.append(one), what="fitting a line")
    assert [done for done, _, _ in told] == list(range(1, 11))
    assert {total for _, total, _ in told} == {10}
    assert told[-1][2].startswith("fitting a line: epoch 2 of 2, loss ")
    assert ", best -" in told[-1][2]
    assert told[-1][2].endswith(" min left")


def test_a_batch_may_be_of_any_size_without_changing_what_a_row_weighs() -> None:
    """Full-batch descent equals itself whether rows come as 64 or as 64 with padding rows of weight 0."""
    padded = {"x": np.vstack([INPUTS, INPUTS]), "y": np.append(ANSWERS, ANSWERS), "w": np.repeat([1.0, 0.0], 64)}

    def weighted(network: torch.nn.Module, batch: Mapping[str, torch.Tensor]) -> tuple[torch.Tensor, float]:
        return ((network(batch["x"]) - batch["y"]) ** 2 * batch["w"]).sum(), float(batch["w"].sum())

    one, two = line(), line()
    run(one, batches=lambda _: [{"x": INPUTS, "y": ANSWERS}])
    run(two, batches=lambda _: [padded], loss=weighted)
    np.testing.assert_allclose(weights(one), weights(two), rtol=1e-5)


@pytest.mark.parametrize("wrong", [{"epochs": 0}, {"learning_rate": 0.0}, {"optimizer": "luck"}, {"minutes": 0.0}])
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidField):
        Training(**wrong)


SCRIPT = """
import os, sys, numpy as np
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from test_trainer import line, run, uneven, weights
network = line()
trained = run(network, batches=uneven, folder=Path(sys.argv[2]))
if os.environ["RANK"] == "0":
    np.save(sys.argv[3], np.append(weights(network), trained.losses))
"""


def uneven(epoch: int) -> list[dict[str, Any]]:
    """Batches of an odd number of rows, so that the processes' shares differ."""
    return [{name: rows[: 11 + number % 2] for name, rows in one.items()} for number, one in enumerate(batches(epoch))]


def test_two_processes_give_the_same_result_as_one(tmp_path: Path) -> None:
    alone = line()
    trained = run(alone, batches=uneven)
    script, into = tmp_path / "together.py", tmp_path / "weights.npy"
    script.write_text(SCRIPT)
    launcher = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    command = [*launcher, str(script), str(Path(__file__).parent), str(tmp_path / "checkpoint"), str(into)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "GLOO_SOCKET_IFNAME": "lo"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, env=environment)
    assert done.returncode == 0, done.stderr[-3000:]
    np.testing.assert_allclose(np.load(into), np.append(weights(alone), trained.losses), rtol=1e-4, atol=1e-6)
