"""The terms of items as numbers, collected piece by piece into the postings of a segment."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from daogou.core.types import F32, I32, I64, U8, Item
from daogou.decide.search.fields import BITS, DESCRIPTION, FIELDS, HEAD, WHOLE, fields_of, head_terms
from daogou.decide.search.segment import Segment, by_term
from daogou.decide.words.cut import pieces_of, terms_of_piece

KEPT_PIECES = 100_000
LONGEST_KEPT = 60
"""Characters of a part of a text up to which its terms are kept ready: names, values and phrases come again."""
_PARTS = re.compile("[;,] |[，；。、]")
SATURATION = 1.2
"""How soon more of the same word says no more: BM25's k1."""


class Coded(NamedTuple):
    """The terms of a piece of text by number, surest first; n_sure of them are whole words. weight: of all of them."""

    terms: array[int]
    weights: array[float]
    n_sure: int
    weight: float


class Vocabulary:
    """number_of: each term's number; words: the terms by number."""

    def __init__(self) -> None:
        self.number_of: dict[str, int] = {}
        self.words: list[str] = []
        self._of_piece = lru_cache(KEPT_PIECES)(self._coded)
        self._of_part = lru_cache(KEPT_PIECES)(self._joined)

    def number(self, term: str) -> int:
        """The number of a term, a new one for a new term."""
        found = self.number_of.get(term)
        if found is None:
            found = self.number_of[term] = len(self.words)
            self.words.append(term)
        return found

    def coded(self, text: str) -> Iterator[Coded]:
        """The terms of a text, part by part."""
        return (self._of_part(part) if len(part) <= LONGEST_KEPT else self._joined(part) for part in _PARTS.split(text))

    def _joined(self, part: str) -> Coded:
        """Of one part; whole words first."""
        coded = [self._of_piece(piece) for piece in pieces_of(part)]
        if len(coded) == 1:
            return coded[0]
        terms, weights = array("i"), array("f")
        for one in coded:
            terms.extend(one.terms[: one.n_sure])
            weights.extend(one.weights[: one.n_sure])
        n_sure = len(terms)
        for one in coded:
            terms.extend(one.terms[one.n_sure :])
            weights.extend(one.weights[one.n_sure :])
        return Coded(terms, weights, n_sure, sum(one.weight for one in coded))

    def _coded(self, piece: str) -> Coded:
        weighted = sorted(terms_of_piece(piece), key=lambda one: -one[1])
        weights = [weight for _, weight in weighted]
        numbers = array("i", [self.number(term) for term, _ in weighted])
        return Coded(numbers, array("f", weights), sum(weight >= 1 for weight in weights), sum(weights))


class Collected:
    """Terms as they are read, text after text; `ends` is where each text's terms end, and what follows is by text."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.terms, self.weights = array("i"), array("f")
        self.ends, self.items = array("q"), array("i")
        self.shares, self.fields = array("f"), array("B")

    def add(self, number: int, item: Item, usual: dict[str, float]) -> None:
        """Take one item's terms, each with its field's weight by the length of the text."""
        coded, terms, weights = self._vocabulary.coded, self.terms, self.weights
        for name, texts in fields_of(item):
            field, bit = FIELDS[name], BITS[name]
            for text in texts:
                found = list(coded(text))
                length = sum(one.weight for one in found)
                if not length:
                    continue
                share = field.weight / (1 - field.evenness + field.evenness * length / usual.get(name, length))
                for numbers, each, n_sure, _ in found:
                    terms.extend(numbers[:n_sure])
                    weights.extend(each[:n_sure])
                self._end(number, share, bit | WHOLE)
                if bit != DESCRIPTION:  # pairs and single characters of long texts find too much
                    for numbers, each, n_sure, _ in found:
                        terms.extend(numbers[n_sure:])
                        weights.extend(each[n_sure:])
                    self._end(number, share, bit)
        terms.extend(self._vocabulary.number(term) for term in head_terms(item))
        weights.extend([0.0] * (len(terms) - len(weights)))
        self._end(number, 0.0, HEAD)

    def _end(self, number: int, share: float, bit: int) -> None:
        self.ends.append(len(self.terms))
        self.items.append(number)
        self.shares.append(share)
        self.fields.append(bit)

    def segment(self) -> Segment:
        """Everything collected, by term."""
        ends: I64 = np.array(self.ends, np.int64)
        n = ends - np.concatenate([[0], ends[:-1]]) if len(ends) else ends
        items: I32 = np.repeat(np.array(self.items, np.int32), n)
        fields: U8 = np.repeat(np.array(self.fields, np.uint8), n)
        weights: F32 = np.array(self.weights, np.float32) * np.repeat(np.array(self.shares, np.float32), n)
        made = by_term(np.array(self.terms, np.int32), items, weights, fields, len(self._vocabulary.words))
        return Segment(made.terms, made.bounds, made.items, made.impacts / (SATURATION + made.impacts), made.fields)


def usual_lengths(items: Iterable[Item], vocabulary: Vocabulary) -> dict[str, float]:
    """The mean length of each field's texts, in weights of terms."""
    totals: dict[str, list[float]] = {}
    for item in items:
        for name, texts in fields_of(item):
            for length in _lengths(texts, vocabulary):
                total = totals.setdefault(name, [0.0, 0.0])
                total[0] += length
                total[1] += 1
    return {name: total / n for name, (total, n) in totals.items()}


def _lengths(texts: Sequence[str], vocabulary: Vocabulary) -> Iterable[float]:
    lengths = (sum(one.weight for one in vocabulary.coded(text)) for text in texts)
    return (length for length in lengths if length)
