"""What the shop's words are, as far as a prompt needs them: fields with their labels and values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Literal

from daogou.decide.guide.acts import CATEGORY
from daogou.decide.guide.model.budget import tokens_of
from daogou.decide.guide.model.cleaning import cleaned

MOST_FIELDS = 24
LONGEST_VALUE = 40
COMMONEST = 12
"""Values of a field that are told though nothing said touches them."""

_WORD = re.compile(r"[a-z0-9\u00c0-\u024f]{2,}")

Kind = Literal["choice", "number", "flag"]


@dataclass(frozen=True, slots=True)
class Field:
    """label: what shoppers call it; values: spelling as typed, folded → as the catalogue writes it, commonest first."""

    name: str
    kind: Kind = "choice"
    label: str = ""
    unit: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Vocabulary:
    """The fields of a shop, the most telling first.

    minor    minor units per unit of the shop's currency
    unstated words for facts of goods that no field of the shop states: who claims one, invents it
    """

    fields: tuple[Field, ...]
    minor: int = 100
    unstated: frozenset[str] = frozenset()

    @cached_property
    def claims(self) -> Mapping[str, frozenset[tuple[str, str]]]:
        """Folded spelling → the fields and folded values that it may stand for; of all fields but categories."""
        found: dict[str, set[tuple[str, str]]] = {fold(spelling): set() for spelling in self.unstated}
        for one in self.fields:
            if one.name != CATEGORY and one.kind != "number":
                for spelling, value in (*one.values.items(), *((value, value) for value in one.values.values())):
                    found.setdefault(fold(spelling), set()).add((one.name, fold(value)))
        return {spelling: frozenset(values) for spelling, values in found.items()}

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of the words of an alphabet that names, labels or values of any field hold."""
        texts = (text for one in self.fields for text in (one.name, one.label, *one.values, *one.values.values()))
        return frozenset(stem(word) for text in texts for word in _WORD.findall(fold(text)))

    @cached_property
    def values_by_gram(self) -> Mapping[str, tuple[tuple[int, str], ...]]:
        """Word or pair of Chinese characters → fields, by number, and the values that are spelled with it."""
        found: dict[str, dict[tuple[int, str], None]] = {}
        for number, one in enumerate(self.fields[:MOST_FIELDS]):
            for spelling, value in one.values.items():
                if len(value) <= LONGEST_VALUE:  # a longer one is a text, not a value
                    for gram in _grams(spelling):
                        found.setdefault(gram, {})[number, value] = None
        return {gram: tuple(values) for gram, values in found.items()}

    def warm(self) -> Vocabulary:
        """Itself, with everything made that is made once."""
        _ = self.claims, self.stems, self.values_by_gram
        return self

    def field(self, name: str) -> Field | None:
        """The field of this name."""
        return next((one for one in self.fields if one.name == name), None)


_STEM = re.compile(r"(?:'s|’s|s|es|ed|ing|ly|er|y)$")


def stem(word: str) -> str:
    """A word without its commonest endings, roughly."""
    return _STEM.sub("", word) if len(word) > 4 else word


def fold(text: str) -> str:
    """A spelling as it is compared."""
    return " ".join(text.casefold().split())


def slice_of(vocabulary: Vocabulary, utterance: str, tokens: int) -> tuple[tuple[Field, tuple[str, ...]], ...]:
    """Fields with the values worth telling a model that reads `utterance`: those it touches, then the commonest.

    tokens  most that they may take together
    """
    fields = vocabulary.fields[:MOST_FIELDS]
    shared = [vocabulary.values_by_gram.get(gram, ()) for gram in sorted(_grams(utterance))]
    touched = {value: None for values in sorted(shared, key=len) for value in values}  # the rarest words say most
    common = [
        (place, number, value)
        for number, one in enumerate(fields)
        for place, value in enumerate(islice(dict.fromkeys(one.values.values()), COMMONEST))
        if len(value) <= LONGEST_VALUE
    ]
    left = tokens - sum(tokens_of(one.name + one.label) + 4 for one in fields)
    chosen: dict[int, dict[str, None]] = {number: {} for number in range(len(fields))}
    for number, value in (*touched, *((number, value) for _, number, value in sorted(common))):
        told = cleaned(value, LONGEST_VALUE)
        if told not in chosen[number]:
            left -= tokens_of(told) + 2
            if left < 0:
                break
            chosen[number][told] = None
    return tuple((one, tuple(chosen[number])) for number, one in enumerate(fields))


def _grams(text: str) -> frozenset[str]:
    """Words of an alphabet, and pairs of neighbouring Chinese characters."""
    folded = fold(text)
    pairs = (folded[at : at + 2] for at in range(len(folded) - 1))
    return frozenset(_WORD.findall(folded)) | {pair for pair in pairs if min(pair) >= "\u2e80"}
