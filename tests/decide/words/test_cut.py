"""How texts are cut into terms."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from daogou.decide.words.cut import PAIR, SINGLE, terms, weighted_terms


def test_english_words_lose_their_endings() -> None:
    assert terms("Running shoes") == ["run", "shoe"]
    assert terms("men's MUGS") == ["men", "mug"]


def test_a_word_with_joints_is_found_joined_and_in_parts() -> None:
    assert {"tshirt", "t", "shirt"} <= set(terms("T-shirt"))
    assert {"iphone15", "iphon", "15"} <= set(terms("iPhone15"))


def test_chinese_words_weigh_more_than_pairs_and_single_characters() -> None:
    weights = weighted_terms("红色马克杯")
    assert weights["红色"] == weights["马克杯"] == 1
    assert weights["色马"] == PAIR
    assert weights["杯"] == SINGLE


def test_amounts_stand_beside_their_words() -> None:
    assert {"500ml", "500"} <= set(terms("500 ml"))


@given(st.text(max_size=300))
def test_any_text_can_be_cut(text: str) -> None:
    weights = weighted_terms(text)
    assert all(term and weight > 0 for term, weight in weights.items())
