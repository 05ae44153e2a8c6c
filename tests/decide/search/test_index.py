"""The index keeps step with the items, however many change and however often."""

from __future__ import annotations

import numpy as np

from daogou.core.types import Item
from daogou.decide.search.index import SMALL, Index


def holders(index: Index, term: str) -> list[int]:
    found = [items[index.owner[items] == place] for place, items, _, _ in index.postings((term,))]
    return sorted(np.concatenate(found).tolist()) if found else []


def item(number: int, word: str) -> Item:
    return Item(f"i{number}", {"en": f"thing {word}"})


def test_many_changes_come_to_the_same_as_one_index_made_at_the_end() -> None:
    rng = np.random.default_rng(0)
    colours = ("red", "blue", "green", "grey")
    items = [item(number, "red") for number in range(SMALL // 2)]
    index = Index(items)
    index.take(range(len(items)))
    for many in (1, 3, SMALL, 7, 2 * SMALL, 1, SMALL // 2, SMALL // 2):
        grown = len(items)
        items.extend(item(grown + at, "grey") for at in range(many // 2))
        changed = rng.choice(grown, min(many, grown), replace=False).tolist()
        for number in changed:
            items[number] = item(number, colours[rng.integers(4)])
        index.take([*changed, *range(grown, len(items))])
        for colour in colours:
            expected = [number for number, one in enumerate(items) if colour in one.title["en"]]
            assert holders(index, colour) == expected
    index.merge()
    assert len(index.segments) == 1
    for colour in colours:
        expected = [number for number, one in enumerate(items) if colour in one.title["en"]]
        assert holders(index, colour) == expected
        assert index.n_with(colour) == len(expected)


def test_terms_that_stand_in_different_fields_are_not_together() -> None:
    index = Index([Item("a", {"en": "head"}, description={"en": "set"}), Item("b", {"en": "head set"})])
    index.take(range(2))
    assert [items.tolist() for _, items, _, _ in index.postings(("head", "set"))] == [[1]]


def test_a_term_nobody_has_has_no_postings() -> None:
    index = Index([])
    assert index.postings(("mug",)) == []
    assert index.n_with("mug") == 0
