"""The lexicon knows what the catalogue says, in both languages, and keeps in step with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from daogou.core.settings import read_settings
from daogou.core.types import Item
from daogou.data.store import open_store
from daogou.data.store.store import Store
from daogou.decide.catalogue import Catalogue
from daogou.decide.words.lexicon import Lexicon
from daogou.decide.words.trade import stems

SHOP = """
[shop]
currency = "GBP"
[words.attributes.hue]
label = { zh = "色调", en = "hue" }
[words.attributes.hue.values]
r = { zh = "红调", en = "reddish" }
[search]
synonyms = [["jug", "ewer"]]
"""
ITEMS = [
    Item("a", {"en": "jug"}, categories=(("Kitchen", "Jugs"),), attributes={"colour": ("red",), "hue": ("r",)}),
    Item(
        "b", {"en": "bowl"}, categories=(("Kitchen", "Bowls"),), attributes={"colour": ("blue",), "weight_g": ("300",)}
    ),
    Item(
        "c",
        {"en": "shirt"},
        categories=(("Clothes", "Shirts"),),
        attributes={"size": ("S", "M"), "waterproof": ("no",)},
    ),
    Item(
        "d",
        {"en": "boots"},
        categories=(("Clothes", "Boots"),),
        attributes={"waterproof": ("yes",), "weight_g": ("900",)},
    ),
]


@pytest.fixture()
def store(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "shop.toml").write_text(SHOP, encoding="utf-8")
    opened = open_store(f"sqlite:///{tmp_path / 'daogou.db'}")
    opened.put_items(ITEMS)
    yield opened
    opened.close()


@pytest.fixture()
def catalogue(store: Store) -> Catalogue:
    return Catalogue(store)


@pytest.fixture()
def lexicon(catalogue: Catalogue, tmp_path: Path) -> Lexicon:
    return Lexicon.of(catalogue, read_settings(tmp_path))


def _means(lexicon: Lexicon, spelling: str) -> set[tuple[str, str]]:
    return {(one.facet, one.value) for one in lexicon.values.get(stems(spelling))}


@pytest.mark.parametrize(
    ("spelling", "meaning"),
    [
        ("red", ("colour", "red")), ("红色", ("colour", "red")), ("红", ("colour", "red")), ("红调", ("hue", "r")),
        ("bowls", ("category", "Bowls")), ("碗", ("category", "Bowls")), ("ewer", ("category", "Jugs")),
        ("防水", ("waterproof", "yes")), ("waterproof", ("waterproof", "yes")),
    ],
)  # fmt: skip
def test_a_value_is_known_by_all_it_is_called(lexicon: Lexicon, spelling: str, meaning: tuple[str, str]) -> None:
    assert meaning in _means(lexicon, spelling)


def test_facets_say_what_they_are(lexicon: Lexicon) -> None:
    assert lexicon.facets["weight_g"].kind == "number"
    assert lexicon.facets["weight_g"].concept == "weight"
    assert lexicon.facets["waterproof"].kind == "flag"
    assert lexicon.facets["size"].after("S", 1) == "M"
    assert lexicon.facets["size"].after("M", 1) is None
    assert lexicon.facets["hue"].labels == {"zh": "色调", "en": "hue"}


def test_it_stays_the_same_while_nothing_changed(lexicon: Lexicon, catalogue: Catalogue) -> None:
    assert lexicon.refreshed(catalogue) is lexicon


def test_a_new_value_is_known_and_an_old_one_forgotten(lexicon: Lexicon, catalogue: Catalogue, store: Store) -> None:
    store.put_items([replace(ITEMS[0], attributes={"colour": ("green",)})])
    catalogue.refresh()
    newer = lexicon.refreshed(catalogue)
    assert ("colour", "green") in _means(newer, "绿色")
    assert ("colour", "red") not in _means(newer, "红色")
    assert ("colour", "red") in _means(lexicon, "红色")


def test_a_changed_price_leaves_the_words_alone(lexicon: Lexicon, catalogue: Catalogue, store: Store) -> None:
    worked_out = lexicon.stated, lexicon.nearby
    store.put_items([replace(ITEMS[0], price_minor=5)])
    catalogue.refresh()
    newer = lexicon.refreshed(catalogue)
    assert newer.values is lexicon.values
    assert (newer.stated, newer.nearby) == worked_out
    assert newer.revision == catalogue.revision
