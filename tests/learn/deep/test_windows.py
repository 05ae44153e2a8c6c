from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="networks need the extra `deep`")

from daogou.data.dataset import Dataset
from daogou.learn.deep.windows import IGNORED, Windows
from daogou.learn.sequences import Sequences


def sequences(lengths: list[int]) -> Sequences:
    """Items count upwards through all sequences, so every target is its input plus one."""
    user = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    return Sequences.of(Dataset.of(user, np.arange(len(user), dtype=np.int32), n_users=len(lengths)))


def test_long_sequences_are_cut_into_windows_that_ask_for_every_item_once() -> None:
    windows = Windows.of(sequences([10, 1, 2, 0, 5]), max_length=4)
    asked = sorted(
        place for start, end in zip(windows.starts, windows.ends, strict=True) for place in range(start + 1, end)
    )
    assert asked == [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 14, 15, 16, 17]
    assert windows.n_targets == 14
    assert (windows.ends - windows.starts - 1).max() == 4
    last = Windows.of(sequences([10]), max_length=4, recent_only=True)
    assert (list(last.starts), list(last.ends)) == ([5], [10])


def test_an_epoch_asks_for_every_target_once_and_pads_little() -> None:
    random = np.random.default_rng(0)
    windows = Windows.of(sequences(random.integers(2, 60, 400).tolist()), max_length=30)
    batches = list(windows.batches(32, np.random.default_rng(1)))
    asked = np.concatenate([batch["targets"][batch["targets"] != IGNORED] for batch in batches])
    assert len(asked) == len(np.unique(asked)) == windows.n_targets
    for batch in batches:
        is_real = batch["targets"] != IGNORED
        np.testing.assert_array_equal(batch["items"][is_real] + 1, batch["targets"][is_real])
        assert (np.diff(is_real.astype(int), axis=1) <= 0).all()  # padding stands on the right
    places = sum(batch["targets"].size for batch in batches)
    assert windows.n_targets / places > 0.93
    sizes = [batch["targets"].size for batch in batches]
    assert max(sizes) <= 32 * windows.n_targets / len(windows)


def test_the_same_random_numbers_lay_the_same_batches() -> None:
    windows = Windows.of(sequences([5, 9, 3, 7, 7, 7]), max_length=8)
    one, two = (list(windows.batches(2, np.random.default_rng(3))) for _ in range(2))
    for left, right in zip(one, two, strict=True):
        np.testing.assert_array_equal(left["items"], right["items"])


def test_each_batch_may_carry_drawn_items_and_the_clock() -> None:
    windows = Windows.of(sequences([5, 9]), max_length=8)
    batches = windows.batches(
        2, np.random.default_rng(3), with_clock=True, drawn=lambda random: random.integers(0, 14, 6)
    )
    for batch in batches:
        assert batch["drawn"].shape == (6,)
        assert batch["gaps"].shape == batch["hours"].shape == batch["days"].shape == batch["items"].shape
