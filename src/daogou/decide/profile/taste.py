"""From a shopper's past to the tags they seem to care for, each with how strongly it holds and what it rests on.

A tag is worth telling where it fills clearly more of the shopper's history than of the catalogue. Tags are ordered by
share * log(share / share of the catalogue), their part of the divergence of the two (Kullback and Leibler, Annals of
Mathematical Statistics 1951): what is common everywhere says little, and what was met once says little, too.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from daogou.core.types import HistoryRow, Query
from daogou.decide.catalogue import Catalogue
from daogou.decide.profile.tag import CATEGORY, WITHIN, Tag, tags_of
from daogou.decide.profile.tag_book import TagBook

FEWEST_ITEMS = 2
"""Items of the history a tag must be on: one item is an accident."""

LEAST_LIFT = 1.2
"""How many times as common as in the catalogue a tag must be."""

MOST_EVIDENCE = 5


class Witness(msgspec.Struct, frozen=True):
    """One thing the shopper did that speaks for a tag; share: its part of the tag's weight."""

    item_id: str
    event: str
    at_us: int
    share: float


class Liking(msgspec.Struct, frozen=True):
    """A tag of a shopper's taste.

    share    part of the history's weight that lies on items with it, 0 to 1
    lift     how many times as much as its part of the catalogue
    n_items  items of the history that have it
    """

    tag: str
    kind: str
    label: str
    share: float
    lift: float
    n_items: int
    evidence: tuple[Witness, ...]


def likings(
    query: Query, rows: Iterable[HistoryRow], catalogue: Catalogue, book: TagBook, language: str, most: int = 20
) -> list[Liking]:
    """The `most` telling tags of a history, the most telling first.

    query  the history as models are asked with it, in numbers of the catalogue
    rows   the same line by line
    book   of the same catalogue
    """
    weights = dict(zip(query.history.tolist(), query.strengths().tolist(), strict=True))
    total = sum(weights.values())
    if total <= 0:
        return []
    carriers: dict[Tag, list[int]] = defaultdict(list)
    for number in weights:
        for tag in tags_of(catalogue.items[number]):
            carriers[tag].append(number)
    told: list[tuple[float, Tag, float, float]] = []
    for tag, numbers in carriers.items():
        share = sum(weights[number] for number in numbers) / total
        lift = share / book.share(tag)
        if len(numbers) >= FEWEST_ITEMS and lift >= LEAST_LIFT:
            told.append((share * math.log(lift), tag, share, lift))
    told.sort(key=lambda one: (-one[0], str(one[1])))
    kept = _without_shells(told, carriers)[:most]
    newest = _newest(rows)
    return [
        Liking(
            str(tag), tag.kind_in(language), tag.label_in(language),
            round(share, 4), round(lift, 2), len(carriers[tag]), _evidence(carriers[tag], weights, newest, catalogue),
        )
        for _, tag, share, lift in kept
    ]  # fmt: skip


def _without_shells(
    told: list[tuple[float, Tag, float, float]], carriers: Mapping[Tag, list[int]]
) -> list[tuple[float, Tag, float, float]]:
    """Leave out a category that only repeats one inside it: the same items under a wider name."""
    inner = {
        (tag.value.rpartition(WITHIN)[0], frozenset(carriers[tag])) for _, tag, _, _ in told if tag.kind == CATEGORY
    }
    return [one for one in told if one[1].kind != CATEGORY or (one[1].value, frozenset(carriers[one[1]])) not in inner]


def _newest(rows: Iterable[HistoryRow]) -> dict[str, HistoryRow]:
    """The newest thing done with each item."""
    return {row.item_id: row for row in rows}


def _evidence(
    numbers: list[int], weights: Mapping[int, float], newest: Mapping[str, HistoryRow], catalogue: Catalogue
) -> tuple[Witness, ...]:
    total = sum(weights[number] for number in numbers)
    strongest = sorted(numbers, key=lambda number: (-weights[number], number))[:MOST_EVIDENCE]
    found = [(newest[catalogue.items[number].id], weights[number] / total) for number in strongest]
    return tuple(Witness(row.item_id, row.name, row.at_us, round(share, 4)) for row, share in found)
