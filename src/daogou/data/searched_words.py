"""What a report on searches tells, apart from how it is read: whoever only passes it on loads no tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FEWEST_SHOPPERS = 5
"""Words that fewer shoppers typed may tell who they are."""

SearchOrder = Literal["searches", "empty", "unclicked"]


@dataclass(frozen=True, slots=True)
class SearchedWords:
    """The same words, searched for again and again.

    searches     how often
    shoppers     how many different ones typed them, as far as events say
    empty        how often nothing had all of these words
    click_share  of the visits that searched for them, how many clicked something found; None where no event says
    """

    words: str
    searches: int
    shoppers: int
    empty: int
    click_share: float | None


@dataclass(frozen=True, slots=True)
class SearchReport:
    """One row per words; `withheld` and `withheld_searches` count what too few shoppers typed to be shown."""

    days: int
    searches: int
    empty: int
    fewest_shoppers: int
    withheld: int
    withheld_searches: int
    queries: tuple[SearchedWords, ...]
