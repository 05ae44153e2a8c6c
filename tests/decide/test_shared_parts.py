"""Items that say the same of themselves hold one copy of it."""

from __future__ import annotations

from daogou.core.types import Item
from daogou.decide.shared_parts import with_shared_parts


def mug(number: int) -> Item:
    return Item(
        f"i{number}",
        {"en": f"Mug {number}"},
        description={"en": "A mug."},
        brand=f"Potter {number - number}",
        categories=(("Kitchen", f"Mugs {number - number}"),),
        attributes={"colour": (f"red {number - number}",)},
    )


def test_they_stay_equal_and_hold_the_same_objects() -> None:
    one, other = with_shared_parts([mug(1), mug(2)])
    assert (one, other) == (mug(1), mug(2))
    assert one.attributes is other.attributes
    assert one.description is other.description
    assert one.categories is other.categories
    assert one.brand is other.brand
    assert one.title is not other.title
