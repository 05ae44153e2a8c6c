"""Titles worked out by hand from what the till printed."""

from __future__ import annotations

import doctest

import pytest

from daogou.data.demo.online_retail import titles
from daogou.data.demo.online_retail.titles import tidy_title

BY_HAND = [
    ("WHITE HANGING HEART T-LIGHT HOLDER", "White hanging heart T-light holder"),
    ("SET/6 RED SPOTTY PAPER CUPS", "Set of 6 red spotty paper cups"),
    ("S/4 CACTI CANDLES", "Set of 4 cacti candles"),
    ("SET3 BOOK BOX GREEN GINGHAM FLOWER ", "Set of 3 book box green gingham flower"),
    ("ROUND SNACK BOXES SET OF4 WOODLAND", "Round snack boxes set of 4 woodland"),
    ("PACK 20 DOLLY PEGS", "Pack of 20 dolly pegs"),
    ("PACK/12 BLUE FOLKART CARDS", "Pack of 12 blue folk art cards"),
    ("BOX/12 CHICK & EGG IN BASKET", "Box of 12 chick & egg in basket"),
    ("SET 10 CARDS SNOWY ROBIN 17099", "Set of 10 cards snowy robin"),
    ("CLOTHES PEGS RETROSPOT PACK 24 ", "Clothes pegs retrospot pack of 24"),
    ("UNION JACK FLAG LUGGAGE TAG", "Union Jack flag luggage tag"),
    ("RED TOADSTOOL LED NIGHT LIGHT", "Red toadstool LED night light"),
    ("SPACEBOY TV DINNER TRAY", "Spaceboy TV dinner tray"),
    ("MUG , DOTCOMGIFTSHOP.COM", "Mug, Dotcomgiftshop.com"),
    ('LETTER "W" BLING KEY RING', 'Letter "W" bling key ring'),
    ('CHARLIE+LOLA"EXTREMELY BUSY" SIGN', 'Charlie and Lola "extremely busy" sign'),
    ("GIN + TONIC DIET METAL SIGN", "Gin and tonic diet metal sign"),
    ("BLUE SCOTTIE DOG W FLOWER PATTERN", "Blue scottie dog with flower pattern"),
    ("AMETHYST CHUNKY BEAD BRACELET W STR", "Amethyst chunky bead bracelet with strap"),
    ('FLOWER GLASS GARLD NECKL36"TURQUOIS', "Flower glass garland necklace 36-inch turquoise"),
    ('PEARL & SHELL 42"NECKL. IVORY', "Pearl & shell 42-inch necklace ivory"),
    ("POLYESTER FILLER PAD 40x40cm", "Polyester filler pad 40 × 40 cm"),
    ("THE KING GIFT BAG 25x24x12cm", "The king gift bag 25 × 24 × 12 cm"),
    ("BAG 125g SWIRLY MARBLES", "Bag 125 g swirly marbles"),
    ("FUSCHIA FLOWER PURSE WITH BEADS", "Fuchsia flower purse with beads"),
    ("CINAMMON & ORANGE WREATH", "Cinnamon & orange wreath"),
    ("PINK FOXGLOVE ARTIIFCIAL FLOWER", "Pink foxglove artificial flower"),
    ("STRAWBRY SCENTED VOTIVE CANDLE", "Strawberry scented votive candle"),
    ("VIPPASSPORT COVER ", "VIP passport cover"),
    ("VINTAGE 2 METER FOLDING RULER ", "Vintage 2 metre folding ruler"),
    ("EAU DE NILE JEWELLED PHOTOFRAME", "Eau de Nil jewelled photo frame"),
    ("SILVER M.O.P ORBIT BRACELET", "Silver mother of pearl orbit bracelet"),
    ("DIAMANTE HAIR GRIP PACK/2 BLACK DIA", "Diamante hair grip pack of 2 black diamond"),
    ("ST GEORGE SET OF 10 PARTY LIGHTS", "St George set of 10 party lights"),
    ("I CAN ONLY PLEASE ONE PERSON MUG", "I can only please one person mug"),
    ("*Boombox Ipod Classic", "Boombox iPod classic"),
    ("CHILDRENS APRON APPLES DESIGN", "Children's apron apples design"),
    ("ENGLISH ROSE NOTEBOOK A7 SIZE", "English rose notebook A7 size"),
]


@pytest.mark.parametrize(("description", "title"), BY_HAND)
def test_a_description_becomes_the_title_a_person_would_write(description: str, title: str) -> None:
    assert tidy_title(description) == title


def test_a_word_cut_off_too_early_to_be_known_is_dropped_not_guessed() -> None:
    assert tidy_title("GLASS AND PAINTED BEADS BRACELET TO") == "Glass and painted beads bracelet"


def test_a_tidy_title_stays_as_it_is_when_tidied_again() -> None:
    once = [title for _, title in BY_HAND if "×" not in title]
    assert [tidy_title(title) for title in once] == once


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(titles).failed == 0
