"""Words a slip away."""

from __future__ import annotations

import pytest

from daogou.decide.search.near import NearWords


@pytest.mark.parametrize(
    ("typed", "away"),
    [("shoes", 0), ("shose", 1), ("shoe", 1), ("shooes", 1), ("shoed", 1), ("hsoes", 1), ("soe", 2)],
)
def test_changes_are_counted_and_a_swap_is_one(typed: str, away: int) -> None:
    assert NearWords(["shoes"]).near(typed, 2) == [("shoes", away)]


def test_words_further_away_are_not_told() -> None:
    assert NearWords(["shoes", "shirt", "sofa"]).near("shoes", 1) == [("shoes", 0)]
    assert NearWords([]).near("shoes", 2) == []
