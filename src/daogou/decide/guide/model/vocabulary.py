"""What the shop's words are, as far as a prompt needs them: fields with their labels and values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
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
    """The fields of a shop, the most telling first. minor: minor units per unit of the shop's currency."""

    fields: tuple[Field, ...]
    minor: int = 100

    @cached_property
    def claims(self) -> Mapping[str, frozenset[tuple[str, str]]]:
        """Folded spelling → the fields and folded values that it may stand for; of all fields but categories."""
        found: dict[str, set[tuple[str, str]]] = {}
        for one in self.fields:
            if one.name != CATEGORY and one.kind != "number":
                for spelling, value in (*one.values.items(), *((value, value) for value in one.values.values())):
                    found.setdefault(fold(spelling), set()).add((one.name, fold(value)))
        return {spelling: frozenset(values) for spelling, values in found.items()}

    @cached_property
    def words(self) -> frozenset[str]:
        """Words of an alphabet that names, labels or values of any field hold."""
        texts = (text for one in self.fields for text in (one.name, one.label, *one.values, *one.values.values()))
        return frozenset(word for text in texts for word in _WORD.findall(fold(text)))

    def field(self, name: str) -> Field | None:
        """The field of this name."""
        return next((one for one in self.fields if one.name == name), None)


def fold(text: str) -> str:
    """A spelling as it is compared."""
    return " ".join(text.casefold().split())


def slice_of(vocabulary: Vocabulary, utterance: str, tokens: int) -> tuple[tuple[Field, tuple[str, ...]], ...]:
    """Fields with the values worth telling a model that reads `utterance`: those it touches, then the commonest.

    tokens  most that they may take together
    """
    said = _grams(utterance)
    fields = vocabulary.fields[:MOST_FIELDS]
    waiting = [
        (not is_touched, place, number, value)
        for number, one in enumerate(fields)
        for place, (value, is_touched) in enumerate(_touched(one, said).items())
        if is_touched or place < COMMONEST
    ]
    left = tokens - sum(tokens_of(one.name + one.label) + 4 for one in fields)
    chosen: dict[int, list[str]] = {number: [] for number in range(len(fields))}
    for _, _, number, value in sorted(waiting):
        told = cleaned(value, LONGEST_VALUE)
        left -= tokens_of(told) + 2
        if left < 0:
            break
        chosen[number].append(told)
    return tuple((one, tuple(chosen[number])) for number, one in enumerate(fields))


def _touched(one: Field, said: frozenset[str]) -> dict[str, bool]:
    """Values as the catalogue writes them, and whether a spelling shares words or characters with what was said."""
    found: dict[str, bool] = {}
    for spelling, value in one.values.items():
        if len(value) <= LONGEST_VALUE:  # a longer one is a text, not a value
            found[value] = found.get(value, False) or not said.isdisjoint(_grams(spelling))
    return found


def _grams(text: str) -> frozenset[str]:
    """Words of an alphabet, and pairs of neighbouring Chinese characters."""
    folded = fold(text)
    pairs = (folded[at : at + 2] for at in range(len(folded) - 1))
    return frozenset(_WORD.findall(folded)) | {pair for pair in pairs if min(pair) >= "\u2e80"}
