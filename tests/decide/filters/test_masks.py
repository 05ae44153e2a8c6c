"""Compiled filters answer as a plain reading of the tree does, whatever the items are and however they change."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from daogou.core.types import Item
from daogou.data.store import open_store
from daogou.decide.catalogue import Catalogue
from daogou.decide.filters import parse_filter
from daogou.decide.filters.column import TextColumn
from daogou.decide.filters.columns import MOST_ATTRIBUTES, Columns
from daogou.decide.filters.compile import compiled
from daogou.decide.filters.tree import Claim, Node, spelled

from .drawing import NOW_US, items, trees
from .naive import passes

shelves = st.integers(1, 3).flatmap(lambda count: st.tuples(*(items(f"i{number}") for number in range(count))))


@given(shelves, trees())
@settings(max_examples=200, deadline=None)
def test_a_compiled_filter_answers_as_a_plain_reading_does(shelf: Sequence[Item], tree: Node) -> None:
    wanted = [passes(tree, item, NOW_US) for item in shelf]
    columns = Columns(shelf)
    assert compiled(tree)(columns, None, NOW_US).tolist() == wanted, spelled(tree)
    numbers = np.arange(len(shelf), dtype=np.int32)[::-1]
    assert compiled(tree)(columns, numbers, NOW_US).tolist() == wanted[::-1], spelled(tree)
    assert compiled(tree)(columns, numbers[:0], NOW_US).tolist() == []


@given(trees())
@settings(max_examples=200, deadline=None)
@example(Claim("tags", "has", ('“ \\" ”',)))
@example(Claim("rating", ">", (0.000001,)))
@example(Claim("attributes.and", "exists"))
@example(Claim("attributes.3 d", "exists"))
def test_a_canonical_spelling_is_read_back_as_the_same_tree(tree: Node) -> None:
    assert parse_filter(spelled(tree)).tree == tree


@given(
    shelves, st.lists(st.tuples(st.integers(0, 7), items("")), max_size=4), st.lists(trees(), min_size=1, max_size=2)
)
@settings(max_examples=60, deadline=None)
def test_columns_follow_every_change(shelf: Sequence[Item], changes: list[tuple[int, Item]], asked: list[Node]) -> None:
    held = list(shelf)
    columns = Columns(held)
    filters = [compiled(tree) for tree in asked]
    for one in filters:
        one(columns, None, NOW_US)  # builds its columns
    for place, changed in changes:
        number = min(place, len(held))
        held[number : number + 1] = [changed]
        columns.take([number])
        for tree, one in zip(asked, filters, strict=True):
            assert one(columns, None, NOW_US).tolist() == [passes(tree, item, NOW_US) for item in held], spelled(tree)


def test_a_catalogue_keeps_its_columns_in_step(tmp_path: Path) -> None:
    with closing(open_store(f"sqlite:///{tmp_path}/shop.db")) as store:
        store.put_items([Item("a", {}, price_minor=100), Item("b", {}, price_minor=300)])
        catalogue = Catalogue(store)
        cheap = parse_filter('price < 200 and not attributes.colour has "red"')
        assert cheap.mask(catalogue, None, 0).tolist() == [True, False]
        store.put_items([Item("b", {}, price_minor=100), *(Item(f"n{n}", {}, price_minor=n) for n in range(3_000))])
        store.put_items([Item("a", {}, price_minor=100, attributes={"Colour": ("Red",)})])
        catalogue.refresh()
        mask = cheap.mask(catalogue, None, 0)
        assert len(mask) == len(catalogue) == 3_002
        assert (mask[:2].tolist(), int(mask.sum())) == ([False, True], 201)


def test_only_the_columns_that_are_asked_for_are_built() -> None:
    columns = Columns([Item("a", {}, price_minor=100)])
    parse_filter("price < 200")._mask(columns, None, 0)
    assert len(list(columns._built())) == 1


def test_an_attribute_nobody_has_costs_no_column() -> None:
    columns = Columns([Item("a", {}, attributes={f"a{number}": ("x",) for number in range(100)})])
    parse_filter("attributes.unknown exists")._mask(columns, None, 0)
    assert list(columns._built()) == []
    for number in range(100):
        assert parse_filter(f'attributes.a{number} has "x"')._mask(columns, None, 0).tolist() == [True]
    assert len(list(columns._built())) == MOST_ATTRIBUTES


def test_a_column_that_wore_out_is_built_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daogou.decide.filters.column.SPARE_COMBINATIONS", 3)
    held = [Item("a", {}, brand="b0", attributes={"stock": ("0",)})]
    columns = Columns(held)
    asked = parse_filter('brand = "b9" and attributes.stock has "9"')
    for number in range(10):
        asked._mask(columns, None, 0)
        held[0] = Item("a", {}, brand=f"b{number}", attributes={"stock": (str(number),)})
        columns.take([0])
        assert all(len(column.combinations) == 1 for column in columns._built() if isinstance(column, TextColumn))
        assert all(column.n_combinations <= 5 for column in columns._built() if isinstance(column, TextColumn))
    assert asked._mask(columns, None, 0).tolist() == [True]


def test_an_answer_may_be_changed_by_who_asked() -> None:
    columns = Columns([Item("a", {"en": "mug"}, price_minor=100)])
    for text in ("price < 200", 'title has "mug"', "title exists", "tags missing", 'kind = "product"'):
        asked = parse_filter(text)
        mask = asked._mask(columns, None, 0)
        mask[:] = False
        assert asked._mask(columns, None, 0).tolist() == [True], text


def test_a_text_is_read_and_compiled_once() -> None:
    assert parse_filter("price < 200") is parse_filter("price < 200")


@pytest.mark.parametrize("count", [0, 1])
def test_a_catalogue_without_items_answers(count: int) -> None:
    shelf = [Item("a", {})] * count
    for text in ("price < 1", 'brand = "a"', "attributes.a exists", 'title has "a"', "age_days < 1"):
        assert parse_filter(text)._mask(Columns(shelf), None, 0).tolist() == [False] * count
