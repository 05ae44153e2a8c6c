from __future__ import annotations

import numpy as np
import pytest

from daogou.core.types import Item
from daogou.learn import ngrams as module
from daogou.learn.ngrams import DESCRIPTION_WEIGHT, item_features


def features(title: str = "", **rest: object) -> set[int]:
    return set(item_features([Item(id="i", title={"en": title} if title else {}, **rest)]).hashed.tolist())  # type: ignore[arg-type]


def likeness(one: str, other: str) -> float:
    a, b = features(one), features(other)
    return len(a & b) / len(a | b)


def test_runs_of_three_to_five_letters_are_counted_inside_words() -> None:
    # " mug " gives " mu", "mug", "ug ", " mug", "mug ", " mug "
    assert len(features("mug")) == 6


def test_no_run_spans_two_words() -> None:
    assert features("red mug") == features("mug red") == features("red") | features("mug")


def test_runs_of_one_to_three_ideographs_are_counted() -> None:
    assert len(features("马克杯")) == 6  # 马 克 杯 马克 克杯 马克杯


def test_case_width_and_punctuation_do_not_matter() -> None:
    assert features("Red-MUG!") == features("red mug")
    assert features("ＭＵＧ") == features("mug")


def test_a_typo_stays_near() -> None:
    assert likeness("lavender candle", "lavander candle") > 0.4 > likeness("lavender candle", "steel spade")


def test_facts_are_whole_and_know_their_name() -> None:
    assert features(attributes={"colour": ("red",)}) != features(attributes={"finish": ("red",)})
    assert len(features(brand="Acme", tags=("new",))) == 2
    deep, shallow = features(categories=(("Kitchen", "Mugs"),)), features(categories=(("Kitchen",),))
    assert shallow < deep


def test_a_description_counts_less_than_a_title() -> None:
    found = item_features([Item(id="i", title={}, description={"en": "mug"})])
    np.testing.assert_allclose(found.weight, DESCRIPTION_WEIGHT)


def test_features_come_ascending_and_each_once() -> None:
    found = item_features([Item(id="i", title={"en": "mug mug mug"})])
    assert (np.diff(found.hashed.astype(object)) > 0).all()
    assert found.weight.max() == 3


@pytest.mark.parametrize("title", ["", " ", "!!!", "\ud800", "😀"])
def test_odd_texts_are_taken_as_they_come(title: str) -> None:
    one = Item(id="i", title={"en": title})
    beside = item_features([Item(id="a", title={"en": "mug"}), one, Item(id="b", title={"en": "mug"})])
    np.testing.assert_array_equal(beside.hashed[beside.item == 1], item_features([one]).hashed)
    assert features("mug") == set(beside.hashed[beside.item == 2].tolist())


def test_items_beyond_one_block_keep_their_places(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [Item(id=str(n), title={"en": f"mug {n}"}, tags=("new",)) for n in range(7)]
    whole = item_features(items)
    monkeypatch.setattr(module, "ITEMS_AT_ONCE", 3)
    for column, expected in zip(item_features(items), whole, strict=True):
        np.testing.assert_array_equal(column, expected)
