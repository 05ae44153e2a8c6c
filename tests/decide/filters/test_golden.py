"""contracts/golden/filters.json: what every implementation of the filter language must answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from daogou.core.errors import InvalidFilter
from daogou.core.types import Item
from daogou.data.store import open_store
from daogou.decide.catalogue import Catalogue
from daogou.decide.filters import parse_filter

GOLDEN = json.loads((Path(__file__).parents[3] / "contracts/golden/filters.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('shop')}/shop.db")
    store.put_items([msgspec.convert(row, Item) for row in GOLDEN["items"]])
    return Catalogue(store)


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["filter"])
def test_a_filter_passes_exactly_these_items(case: dict[str, Any], catalogue: Catalogue) -> None:
    mask = parse_filter(case["filter"]).mask(catalogue, None, GOLDEN["now_us"])
    assert [catalogue.items[number].id for number in np.flatnonzero(mask)] == case["passes"]


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["filter"])
def test_its_canonical_spelling_means_the_same(case: dict[str, Any]) -> None:
    read = parse_filter(case["filter"])
    assert parse_filter(str(read)) == read
    assert str(parse_filter(str(read))) == str(read)


@pytest.mark.parametrize("case", GOLDEN["spellings"], ids=lambda case: case["filter"])
def test_a_filter_has_one_canonical_spelling(case: dict[str, Any]) -> None:
    assert str(parse_filter(case["filter"])) == case["canonical"]


@pytest.mark.parametrize("case", GOLDEN["refused"], ids=lambda case: case["filter"])
def test_a_wrong_filter_is_refused_at_the_right_place(case: dict[str, Any]) -> None:
    with pytest.raises(InvalidFilter) as refused:
        parse_filter(case["filter"])
    assert (refused.value.position, refused.value.rule) == (case["position"], case["rule"]), str(refused.value)
