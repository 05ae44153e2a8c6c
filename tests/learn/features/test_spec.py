"""One description for every ranker: learned from training rows only, the same ever after."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest

from daogou.core.errors import InvalidField, InvalidInput, UnknownName
from daogou.learn.features import (
    KINDS,
    Buckets,
    Category,
    FeatureSpec,
    FittedFeatures,
    History,
    Moment,
    Number,
    Text,
    Vector,
)
from daogou.learn.features.spec import column_class

TABLE = pl.DataFrame(
    {
        "item": ["mug", "cup", "mug", None],
        "seen": [["cup"], ["mug", "cup", "lamp"], [], None],
        "price": [100.0, 250.0, 40.0, None],
        "stay": [1.0, 2.0, 3.0, 4.0],
        "title": ["Red mug", "红色 杯子", "", None],
        "look": [[1.0, 0.0], [0.0, 1.0], None, [1.0, 1.0]],
        "at": [0, 3_600_000_000, 7_200_000_000, None],
    }
)
SPEC = FeatureSpec.of(
    History("seen", of="item", length=3),
    Category("item", about="item"),
    Buckets("price", buckets=2),
    Number("stay"),
    Text("title", buckets=50, length=4),
    Vector("look", width=2),
    Moment("at", parts=("hour", "weekday")),
)


def test_every_feature_has_its_own_place() -> None:
    fields = {field.name: field for field in SPEC.fit(TABLE).fields}
    assert list(fields) == ["seen", "item", "price", "stay", "title", "look", "at.hour", "at.weekday"]
    assert [fields[name].start for name in ("item", "price", "at.hour", "at.weekday")] == [0, 1, 2, 3]
    assert [fields[name].start for name in ("stay", "look")] == [0, 1]
    assert [fields[name].start for name in ("seen", "title")] == [0, 1]
    own = [field for name, field in fields.items() if field.n_rows and name != "seen"]
    taken = [row for field in own for row in range(field.first_row, field.first_row + field.n_rows)]
    assert sorted(taken) == list(range(1, SPEC.fit(TABLE).n_rows))


def test_a_history_shares_the_rows_of_its_items_and_teaches_it_new_ones() -> None:
    features = SPEC.fit(TABLE)
    fields = {field.name: field for field in features.fields}
    assert fields["seen"].first_row == fields["item"].first_row
    encoded = features.encode(TABLE)
    cup, mug = encoded.ids[1, 0], encoded.ids[0, 0]
    assert encoded.bags[0][0].tolist() == [0, 0, cup]
    assert encoded.bags[0][1, :2].tolist() == [mug, cup]
    assert encoded.bags[0][1, 2] not in (0, cup, mug)  # the lamp, which nobody was shown
    assert (encoded.bags[0][2:] == 0).all()


def test_arrays_have_one_row_per_example_and_are_finite() -> None:
    encoded = SPEC.fit(TABLE).encode(TABLE)
    assert encoded.ids.shape == (4, 4)
    assert encoded.numbers.shape == (4, 3)
    assert [bag.shape for bag in encoded.bags] == [(4, 3), (4, 4)]
    assert encoded.ids.dtype == np.int32
    assert encoded.numbers.dtype == np.float32
    assert np.isfinite(encoded.numbers).all()


def test_only_training_rows_teach() -> None:
    features = SPEC.fit(TABLE)
    later = TABLE.with_columns(pl.lit("vase").alias("item"), pl.lit(1e9).alias("stay"), pl.lit(-5.0).alias("price"))
    encoded = features.encode(later)
    item = next(field for field in features.fields if field.name == "item")
    assert (encoded.ids[:, 0] == item.first_row).all()  # the row of the unknown
    assert encoded.numbers[:, 0].max() < 2  # pulled in to the largest training value
    assert features == SPEC.fit(TABLE)


def test_json_keeps_everything() -> None:
    features = SPEC.fit(TABLE)
    again = FittedFeatures.from_json(json.loads(json.dumps(features.to_json())))
    assert again == features
    assert again.fields == features.fields
    for ours, theirs in zip(
        [features.encode(TABLE).ids, *features.encode(TABLE).bags],
        [again.encode(TABLE).ids, *again.encode(TABLE).bags],
        strict=True,
    ):
        np.testing.assert_array_equal(ours, theirs)


def test_a_visit_beside_candidates_is_what_the_joined_table_gives() -> None:
    features = SPEC.fit(TABLE)
    visit = features.encode(TABLE[1:2], about=("user", "context"))
    catalogue = features.encode(TABLE, about=("item",))
    items = np.array([3, 0, 0, 2])
    joined = features.candidates(visit, catalogue, items)
    theirs = ["item", "price", "title", "look"]
    table = pl.concat([TABLE[1:2].drop(theirs)] * 4).hstack(TABLE[items.tolist()].select(theirs))
    wanted = features.encode(table)
    np.testing.assert_array_equal(joined.ids, wanted.ids)
    np.testing.assert_array_equal(joined.numbers, wanted.numbers)
    np.testing.assert_array_equal(np.broadcast_to(joined.bags[0], (4, 3)), wanted.bags[0])
    assert joined.bags[0].shape == (1, 3)  # the history is kept once
    np.testing.assert_array_equal(joined.bags[1], wanted.bags[1])


def test_only_one_visit_is_ranked_for_at_a_time() -> None:
    features = SPEC.fit(TABLE)
    with pytest.raises(InvalidInput, match="One visit is one row, not 4"):
        features.candidates(features.encode(TABLE), features.encode(TABLE), np.array([0]))


def test_a_missing_column_is_named_with_those_there_are() -> None:
    with pytest.raises(InvalidInput, match=r"no column 'price'. It has: item, seen"):
        SPEC.fit(TABLE.drop("price"))
    with pytest.raises(InvalidInput, match="no column 'stay'"):
        SPEC.fit(TABLE).encode(TABLE.drop("stay"))


def test_a_column_is_described_once() -> None:
    with pytest.raises(InvalidField, match="every column once"):
        FeatureSpec.of(Category("item"), Number("item"))
    with pytest.raises(InvalidInput, match="at least one column"):
        FeatureSpec.of()


def test_a_history_of_something_that_is_no_category_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"history 'seen' is of 'stay', which is no category. Known: none"):
        FeatureSpec.of(History("seen", of="stay"), Number("stay")).fit(TABLE)


def test_an_empty_table_can_be_encoded() -> None:
    encoded = SPEC.fit(TABLE).encode(TABLE[:0])
    assert len(encoded) == 0
    assert encoded.ids.shape == (0, 4)


def test_the_kinds_are_found_by_name() -> None:
    for kind in KINDS:
        assert column_class(kind).kind == kind
    with pytest.raises(UnknownName, match="No kind of column is called 'colour'"):
        column_class("colour")
