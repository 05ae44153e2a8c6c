"""Amounts have one spelling each."""

from __future__ import annotations

import pytest

from daogou.decide.words.fold import fold
from daogou.decide.words.measures import attribute_measure, measures


@pytest.mark.parametrize(
    "alike",
    [
        ('10"', "10 inch", "10寸", "10英寸", "10-inch", "10 in"),
        ("500ml", "0.5 l", "500 毫升", "0.5升", "500 ML"),
        ("set of 6", "6件套", "6 pcs", "6 pack", "六件套", "6-pack"),
        ("16gb", "16 GB", "16 gigabytes"),
        ("1.5kg", "1500 g", "1.5公斤", "3斤"),
        ("2 m", "200cm", "2米", "２米"),
    ],
)
def test_equal_amounts_are_one_term(alike: tuple[str, ...]) -> None:
    found = {tuple(one.term for one in measures(fold(text))) for text in alike}
    assert len(found) == 1
    assert len(found.pop()) == 1


@pytest.mark.parametrize("text", ["iphone 15 pro", "v12", "a4 paper", "model 500mlx", "tn-2110", "3 colours"])
def test_other_numbers_are_no_amounts(text: str) -> None:
    assert not list(measures(text))


def test_an_attribute_named_by_its_unit_is_an_amount() -> None:
    assert attribute_measure("capacity_ml", "500") == "500ml"
    assert attribute_measure("capacity_litres", "0.5") == "500ml"
    assert attribute_measure("colour", "500") is None
    assert attribute_measure("capacity_ml", "large") is None
