"""What shoppers can be asked about, and what their word is worth."""

import numpy as np
import pytest

from daogou.core.types import Item
from daogou.learn.facets import PRICE, STRONGEST, USUAL_STRENGTH, facets_of, price_levels, strengths


def item(number: int, **rest: object) -> Item:
    path = ("Home", "Mugs") if number % 2 else ("Garden", "Pots")
    return Item(f"i{number}", {"en": "x"}, categories=(path,), price_minor=100 * (number + 1), **rest)  # type: ignore[arg-type]


def test_categories_brands_and_attributes_are_facets_and_price_levels_too() -> None:
    items = [
        item(n, brand="Clay" if n < 4 else "Kiln", attributes={"colour": ("red" if n < 2 else "blue",)})
        for n in range(8)
    ]
    found = facets_of(items)
    assert set(found) == {"category", "brand", "colour", "price"}
    assert found["category"]["Home"].tolist() == [1, 3, 5, 7]
    assert found["colour"]["red"].tolist() == [0, 1]


def test_a_facet_that_parts_items_as_another_does_is_asked_about_once() -> None:
    items = [item(n, attributes={"use": ("indoors" if n % 2 else "outdoors",)}) for n in range(8)]
    assert set(facets_of(items)) == {"category", "price"}


def test_what_an_item_has_several_values_of_tells_no_items_apart() -> None:
    assert "size" not in facets_of([item(n, attributes={"size": ("S", "M", "L")}) for n in range(8)])


def test_price_levels_are_thirds_of_each_category() -> None:
    low, middle, high = price_levels([item(n) for n in range(6)])
    assert (low.tolist(), middle.tolist(), high.tolist()) == ([0, 1], [2, 3], [4, 5])


@pytest.mark.parametrize("items", [[], [item(0)], [Item("a", {}), Item("b", {})]])
def test_a_catalogue_that_says_nothing_has_no_facets(items: list[Item]) -> None:
    assert facets_of(items) == {}


def test_faithful_shoppers_make_a_strong_facet_and_fickle_ones_a_weak_one() -> None:
    items = [item(n, attributes={"colour": ("red" if n < 4 else "blue",)}) for n in range(8)]
    user = np.repeat(np.arange(400), 4).astype(np.int32)
    draw = np.random.default_rng(0)
    home, garden = (draw.permuted(np.tile(numbers, (200, 1)), axis=1) for numbers in ([1, 3, 5, 7], [0, 2, 4, 6]))
    taken = np.concatenate([home, garden]).ravel().astype(np.int32)
    found = strengths(facets_of(items), user, taken, 400, 8)
    assert 1.5 < found["category"] < STRONGEST  # half of all is of each category, so at most twice as likely
    assert found["colour"] < 1.2


def test_without_takings_every_word_is_worth_the_usual() -> None:
    none = np.empty(0, np.int32)
    found = strengths(facets_of([item(n) for n in range(8)]), none, none, 0, 8)
    assert found == {"category": USUAL_STRENGTH, PRICE: USUAL_STRENGTH}
