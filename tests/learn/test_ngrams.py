from __future__ import annotations

import numpy as np
import pytest

from daogou.core.types import Item
from daogou.learn.ngrams import DESCRIPTION_WEIGHT, item_features


def features(title: str = "", **rest: object) -> set[int]:
    return set(item_features(Item(id="i", title={"en": title} if title else {}, **rest))[0].tolist())  # type: ignore[arg-type]


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
    _, counts = item_features(Item(id="i", title={}, description={"en": "mug"}))
    np.testing.assert_allclose(counts, DESCRIPTION_WEIGHT)


def test_features_come_ascending_and_each_once() -> None:
    hashes, counts = item_features(Item(id="i", title={"en": "mug mug mug"}))
    assert (np.diff(hashes.astype(object)) > 0).all()
    assert counts.max() == 3


@pytest.mark.parametrize("title", ["", " ", "!!!", "\ud800", "😀"])
def test_odd_texts_are_taken_as_they_come(title: str) -> None:
    hashes, counts = item_features(Item(id="i", title={"en": title}))
    assert len(hashes) == len(counts)
