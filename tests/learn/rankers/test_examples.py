"""What rankers learn from is checked once, here."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from daogou.core.errors import InvalidField, InvalidInput
from daogou.learn.features import Category, FeatureSpec
from daogou.learn.rankers import Examples

SPEC = FeatureSpec.of(Category("item", about="item"))


def table(*labels: object) -> pl.DataFrame:
    return pl.DataFrame({"item": list("abcabcabc")[: len(labels)], "label": list(labels)})


def test_labels_are_0_and_1_however_they_are_written() -> None:
    for labels in ((0, 1, 1), (False, True, True), (0.0, 1.0, 1.0), ("0", "1", "1")):
        assert Examples.of(table(*labels), SPEC).labels.tolist() == [0.0, 1.0, 1.0]
    assert "label" not in Examples.of(table(0, 1), SPEC).table.columns


@pytest.mark.parametrize("wrong", [2, None, -1])
def test_any_other_label_is_refused_with_its_row(wrong: object) -> None:
    with pytest.raises(InvalidField, match=r"label\[1\]: .* is not allowed. Use 0 or 1"):
        Examples.of(table(0, wrong, 1), SPEC)


def test_no_rows_and_no_label_are_refused() -> None:
    with pytest.raises(InvalidInput, match="There are no examples"):
        Examples.of(table(0)[:0], SPEC)
    with pytest.raises(InvalidInput, match=r"no column 'clicked'. It has: item, label"):
        Examples.of(table(0), SPEC, label="clicked")


def test_repeated_rows_are_left_out_only_where_asked() -> None:
    rows = pl.DataFrame({"item": ["a", "a", "a", "b"], "label": [1, 1, 0, 0]})
    assert len(Examples.of(rows, SPEC)) == 4
    once = Examples.of(rows, SPEC, repeats=False)
    assert once.table["item"].to_list() == ["a", "a", "b"]
    assert once.labels.tolist() == [1.0, 0.0, 0.0]


def test_a_split_keeps_the_share_of_labels_and_every_row_once() -> None:
    labels = np.arange(1000) % 5 == 0
    examples = Examples.of(pl.DataFrame({"item": np.arange(1000), "label": labels}), SPEC)
    rest, held = examples.split(0.2, seed=3)
    assert (len(rest), len(held), held.labels.sum()) == (800, 200, 40)
    assert sorted([*rest.table["item"], *held.table["item"]]) == list(range(1000))
    assert rest.table.equals(examples.split(0.2, seed=3)[0].table)
    assert not rest.table.equals(examples.split(0.2, seed=4)[0].table)
