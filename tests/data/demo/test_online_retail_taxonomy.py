"""Kinds, categories and attributes, worked out by hand from titles."""

from __future__ import annotations

import doctest

import pytest

from daogou.data.demo.online_retail import attributes, describe, product_type, taxonomy
from daogou.data.demo.online_retail.attributes import attributes_of, set_size
from daogou.data.demo.online_retail.product_type import product_types
from daogou.data.demo.online_retail.taxonomy import OTHER_TYPE, noun_of, product_type_of
from daogou.data.demo.online_retail.titles import spell_out
from daogou.data.demo.online_retail.variants import group_ids

KINDS_BY_HAND = [
    ("WHITE HANGING HEART T-LIGHT HOLDER", "candle_holder"),
    ("REGENCY CAKESTAND 3 TIER", "cake_stand"),
    ("JUMBO BAG RED RETROSPOT", "shopping_bag"),
    ("LUNCH BAG APPLE DESIGN", "lunch_bag"),
    ("CARD CAT AND TREE", "card"),
    ("CAT WITH SUNGLASSES BLANK CARD", "card"),
    ("WRAP RED APPLES ", "gift_wrap"),
    ("SET OF 4 JAM JAR MAGNETS", "magnet"),
    ("SET OF 6 HERB TINS SKETCHBOOK", "tin"),
    ("GROW YOUR OWN BASIL IN ENAMEL MUG", "grow_kit"),
    ("BASKET OF FLOWERS SEWING KIT", "sewing_kit"),
    ("BUTTONS AND STRIPES NOTEBOOK ", "notebook"),
    ("S/3 VANILLA SCENTED CANDLE IN BOX", "candle"),
    ("EDWARDIAN PARASOL NATURAL", "parasol"),
    ("MINI CAKE STAND T-LIGHT HOLDER", "candle_holder"),
    ("ALARM CLOCK BAKELIKE RED ", "clock"),
    ("SET OF 36 PAISLEY FLOWER DOILIES", "doily"),
    ("SET 12 VINTAGE DOILY CHALK", "pencil"),
    ("VINTAGE EMBOSSED HEART", "hanging_decoration"),
    ("PLASTERS IN TIN SKULLS", "first_aid"),
    ("BULL DOG BOTTLE TOP WALL CLOCK", "clock"),
    ("JIGSAW TREE WITH WATERING CAN", "puzzle"),
    ("PINK/FLOWER RABBIT EGG WARMER", "egg_cup"),
    ("DOTCOMGIFTSHOP TEA TOWEL", "tea_towel"),
    ("HAND WARMER OWL DESIGN", "hand_warmer"),
    ("SET OF PICTURE FRAME STICKERS", "sticker"),
]
ATTRIBUTES_BY_HAND = [
    ("RED RETROSPOT MUG", {"colour": ["red"], "pattern": ["polka dots"]}),
    ("MIDNIGHT BLUE COPPER FLOWER NECKLAC", {"colour": ["blue", "copper"], "pattern": ["flowers"]}),
    ("4 ROSE PINK DINNER CANDLES", {"colour": ["pink"], "set_size": ["4"]}),
    ("PINK VINTAGE PAISLEY PICNIC BAG", {"colour": ["pink"], "pattern": ["paisley"]}),
    ("ICE CREAM DESIGN GARDEN PARASOL", {}),
    ("BLACK ORANGE SQUEEZER", {"colour": ["black"]}),
    ("SMALL WHITE HEART OF WICKER", {"colour": ["white"], "material": ["wicker"], "size": ["small"]}),
    ("SET OF 20 VINTAGE CHRISTMAS NAPKINS", {"set_size": ["20"], "season": ["christmas"]}),
    ("MULTICOLOUR EASTER RABBIT", {"colour": ["multicolour"], "season": ["easter"]}),
    ("BLACK GEMSTONE NECKLACE 45CM", {"colour": ["black"], "material": ["gemstone"], "size": ["45 cm"]}),
    ("DROP DIAMANTE EARRINGS CRYSTAL", {"material": ["diamante", "crystal"], "colour": ["clear"]}),
    ("AIRLINE BAG VINTAGE JET SET RED", {"colour": ["red"], "style": ["vintage"]}),
    ("CHILDRENS CUTLERY DOLLY GIRL ", {"collection": ["Dolly Girl"], "audience": ["children"]}),
    ("HERB MARKER MINT", {}),
]
SET_SIZES_BY_HAND = [
    ("SET/6 COLLAGE PAPER PLATES", 6),
    ("PACK OF SIX LED TEA LIGHTS", 6),
    ("12 PENCIL SMALL TUBE WOODLAND", 12),
    ("16 PIECE CUTLERY SET PANTRY DESIGN", 16),
    ("PAIR OF PINK FLOWER CLUSTER SLIDE", 2),
    ("BABUSHKA LIGHTS STRING OF 10", 10),
    ("THREE MINI HANGING FRAMES", 3),
    ("3 TIER CAKE TIN RED AND CREAM", None),
    ("5 HOOK HANGER MAGIC TOADSTOOL", None),
    ("3 BIRDS CANVAS SCREEN", None),
    ("12 EGG HOUSE PAINTED WOOD", None),
    ("10 COLOUR SPACEBOY PEN", None),
    ("50CM METAL STRING WITH 7 CLIPS", None),
    ("3D DOG PICTURE PLAYING CARDS", None),
]


@pytest.mark.parametrize(("description", "slug"), KINDS_BY_HAND)
def test_the_head_noun_decides_the_kind(description: str, slug: str) -> None:
    assert product_type_of(spell_out(description)).slug == slug


@pytest.mark.parametrize(("description", "expected"), ATTRIBUTES_BY_HAND)
def test_attributes_are_read_off_the_title(description: str, expected: dict[str, list[str]]) -> None:
    spelled = spell_out(description)
    found = attributes_of(spelled, product_type_of(spelled))
    assert {name: found.get(name) for name in expected} == expected
    if "colour" not in expected:
        assert "colour" not in found


@pytest.mark.parametrize(("description", "pieces"), SET_SIZES_BY_HAND)
def test_only_numbers_that_count_pieces_are_a_set_size(description: str, pieces: int | None) -> None:
    assert set_size(spell_out(description)) == pieces


def test_a_title_without_any_known_word_is_other() -> None:
    assert product_type_of("ZZZ QQQ") is OTHER_TYPE
    assert noun_of("ZZZ QQQ") == ""


def test_every_phrase_belongs_to_one_kind_only() -> None:
    for strength in ("decisive", "begins", "head", "weak"):
        phrases = [phrase for kind in product_types() for phrase in getattr(kind, strength)]
        assert sorted(phrases) == sorted(set(phrases)), strength


def test_every_phrase_can_be_met_as_written() -> None:
    for kind in product_types():
        for phrase in (*kind.decisive, *kind.begins, *kind.head, *kind.weak):
            assert product_type.words_of(phrase) == tuple(phrase.split()), f"{kind.slug}: {phrase}"


def test_items_that_differ_only_by_colour_share_a_group() -> None:
    titles = {"a": "ALARM CLOCK BAKELIKE RED", "b": "ALARM CLOCK BAKELIKE HOT PINK", "c": "ALARM CLOCK BAKELIKE"}
    assert group_ids(titles) == {"a": "group-alarm-clock-bakelike", "b": "group-alarm-clock-bakelike"}


def test_two_items_of_one_colour_are_no_group() -> None:
    assert group_ids({"a": "RED MUG", "b": "RED MUG", "c": "BLUE BOWL"}) == {}


def test_a_size_is_not_a_colour_variant() -> None:
    assert group_ids({"a": "SMALL RED NOTEBOOK", "b": "LARGE BLUE NOTEBOOK"}) == {}


@pytest.mark.parametrize("module", [attributes, describe, product_type, taxonomy])
def test_the_examples_in_the_docstrings_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
