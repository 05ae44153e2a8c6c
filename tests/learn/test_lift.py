"""A lift is read as it was written, or refused."""

import json
from pathlib import Path

import numpy as np
import pytest

from daogou.core.errors import ArtifactRefused
from daogou.learn.lift import FACTORS_FILE, LIFT_FILE, Dimension, Lift, load_lift, save_lift
from daogou.learn.tensors import write_tensors

RAIN = Dimension("weather", ("rain",), np.array([[2.0, 1.0]], np.float32), np.array([[2.0, 1.0, 3.0]], np.float32))
LIFT = Lift((RAIN,), ("Home > Umbrellas", ""), ["a", "b", "c"], {"gain_nats": 0.1})


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    save_lift(LIFT, tmp_path / "context")
    found = load_lift(tmp_path / "context")
    assert found is not None
    assert found.is_useful
    assert (found.groups, found.item_ids, found.told) == (LIFT.groups, LIFT.item_ids, LIFT.told)
    assert found.dimensions[0].values == ("rain",)
    np.testing.assert_array_equal(found.dimensions[0].by_item, RAIN.by_item)


def test_a_release_without_one_has_none(tmp_path: Path) -> None:
    assert load_lift(tmp_path / "context") is None


def test_factors_of_one_say_nothing() -> None:
    ones = Dimension("weather", ("rain",), np.ones((1, 2), np.float32), np.ones((1, 3), np.float32))
    assert not Lift((ones,), LIFT.groups, LIFT.item_ids).is_useful


@pytest.mark.parametrize("wrong", [np.zeros((1, 3)), np.full((1, 3), np.nan), np.ones((1, 2)), np.ones((2, 3))])
def test_factors_that_are_none_are_refused(tmp_path: Path, wrong: np.ndarray) -> None:
    save_lift(LIFT, tmp_path / "context")
    write_tensors(tmp_path / "context" / FACTORS_FILE, {"0.groups": RAIN.by_group, "0.items": wrong.astype(np.float32)})
    with pytest.raises(ArtifactRefused, match="context"):
        load_lift(tmp_path / "context")


@pytest.mark.parametrize("text", ["", "[]", "{}", json.dumps({"format": 99})])
def test_what_is_no_lift_is_refused(tmp_path: Path, text: str) -> None:
    save_lift(LIFT, tmp_path / "context")
    (tmp_path / "context" / LIFT_FILE).write_text(text)
    with pytest.raises(ArtifactRefused):
        load_lift(tmp_path / "context")
