"""The word lists of the bilingual shop: complete in both languages, and consistent with each other."""

from __future__ import annotations

import re

import pytest

from daogou.data.demo.bilingual import words_table
from daogou.data.demo.bilingual.vocabulary import ProductType, read_vocabulary
from daogou.data.demo.bilingual.words import attribute_label, name_word, title_word, value_word

VOCABULARY = read_vocabulary()
HAN = re.compile(r"[\u4e00-\u9fff]")


def every_pair() -> list[tuple[str, str]]:
    pairs = [one.name for one in VOCABULARY.categories]
    for category in VOCABULARY.categories:
        pairs += list(category.brands)
    for product in VOCABULARY.types:
        pairs += [product.name, *(kind.name for kind in product.kinds), *(claim.text for claim in product.claims)]
    return pairs


def test_there_are_twelve_categories_and_more_than_a_hundred_product_types() -> None:
    assert len(VOCABULARY.categories) == 12
    assert len(VOCABULARY.types) >= 100


def test_slugs_and_names_of_types_and_categories_are_all_different() -> None:
    slugs = [one.slug for one in VOCABULARY.types]
    names = [one.name[1] for one in VOCABULARY.types] + [one.name[1] for one in VOCABULARY.categories]
    assert len(set(slugs)) == len(slugs)
    assert len(set(names)) == len(names)


def test_every_text_is_chinese_on_the_left_and_english_on_the_right() -> None:
    wrong = [
        (chinese, english)
        for chinese, english in every_pair()
        if not HAN.search(chinese) or HAN.search(english) or "{" in chinese + english or english != english.strip()
    ]
    assert wrong == []
    assert len(every_pair()) > 900


@pytest.mark.parametrize("product", VOCABULARY.types, ids=lambda product: product.slug)
def test_every_value_a_product_type_uses_has_a_word(product: ProductType) -> None:
    known = VOCABULARY.attributes
    offered = list(product.specs.items()) + [one for kind in product.kinds for one in kind.only.items()]
    for name, values in offered:
        assert name in known
        assert not known[name].values or set(values) <= known[name].values.keys(), (name, values)
    assert set(product.palette) <= VOCABULARY.colours.keys()
    assert {kind.style for kind in product.kinds} <= known["style"].values.keys()
    assert set(product.complements) <= {one.slug for one in VOCABULARY.types}
    assert set(product.title) <= {*product.specs, "colour"}
    assert product.vary in product.title


@pytest.mark.parametrize("product", VOCABULARY.types, ids=lambda product: product.slug)
def test_every_kind_has_two_claims_that_are_true_of_it(product: ProductType) -> None:
    for number, kind in enumerate(product.kinds):
        fitting = [claim for claim in product.claims if not claim.kinds or number in claim.kinds]
        assert len(fitting) >= 2, kind.name


def test_words_are_found_in_the_language_asked_for() -> None:
    assert attribute_label("colour", "zh") == "颜色"
    assert attribute_label("colour", "en") == "Colour"
    assert value_word("colour", "white", "zh") == "白色"
    assert value_word("battery_hours", "30", "en") == "30 h"
    assert title_word("battery_hours", "30", "zh") == "30小时续航"
    assert value_word("product_type", "earbuds", "zh") == "真无线耳机"
    assert name_word("Phones & audio", "zh-CN") == "手机影音"
    assert name_word("Yunshan", "zh") == "云杉"


def test_an_unknown_word_comes_back_as_it_is() -> None:
    assert value_word("colour", "octarine", "zh") == "octarine"
    assert value_word("no_such_thing", "7", "en") == "7"
    assert attribute_label("no_such_thing", "zh") == "no such thing"
    assert name_word("Elsewhere", "zh") == "Elsewhere"


def test_the_table_for_pages_has_both_languages_for_every_value() -> None:
    table = words_table()
    for attribute in table["attributes"].values():
        assert set(attribute["label"]) == {"zh", "en"}
        assert all(set(word) == {"zh", "en"} for word in attribute["values"].values())
    assert set(table["attributes"]["colour"]["values"]) == set(table["colours"])
    assert all(re.fullmatch(r"#[0-9a-f]{6}", colour) for colour in table["colours"].values())
