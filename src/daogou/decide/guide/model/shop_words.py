"""The shop's lexicon and a conversation's state, as a model is told of them."""

from __future__ import annotations

from daogou.core.types import text_in
from daogou.data.ingest.money import minor_digits
from daogou.decide.guide.model.cleaning import cleaned
from daogou.decide.guide.model.ordinary import CHINESE, ENGLISH
from daogou.decide.guide.model.prompts import Situation
from daogou.decide.guide.model.vocabulary import Field, Vocabulary, fold
from daogou.decide.guide.state import State
from daogou.decide.words.facet import FacetInfo
from daogou.decide.words.lexicon import BUILT_IN, Lexicon
from daogou.decide.words.trade import FEATURES, trade

UNSTATED = (FEATURES, "colour", "material")
"""What the trade has words for and an item either states or not; everyday words among them are no claims."""


def vocabulary_of(lexicon: Lexicon) -> Vocabulary:
    """Fields with their values and all their spellings, those that most items state first."""
    facets = sorted((one for one in lexicon.facets.values() if one.name not in BUILT_IN), key=lambda one: -one.count)
    trade_words = (one for name in UNSTATED for spellings in trade().sets[name].values() for one in spellings)
    unstated = frozenset(trade_words) - ENGLISH - CHINESE
    return Vocabulary(tuple(_field(one) for one in facets), 10 ** minor_digits(lexicon.currency), unstated)


def situation_of(state: State, lexicon: Lexicon, language: str) -> Situation:
    """What was shown, asked and wanted so far."""
    items = [lexicon.item(item_id) for item_id in state.focus.shown]
    titles = (text_in(item.title, language) if item else "" for item in items)
    return Situation(tuple(cleaned(title, 40) for title in titles), state.asking or "", state.focus.wants)


def _field(facet: FacetInfo) -> Field:
    label = " ".join(dict.fromkeys(facet.labels.values()))
    if facet.kind == "number":
        return Field(facet.name, "number", label, facet.unit.code if facet.unit else "")
    values: dict[str, str] = {}
    for value, info in sorted(facet.values.items(), key=lambda one: -one[1].count):
        for spelling in (value, *info.labels.values(), *info.spellings):
            values.setdefault(fold(spelling), value)
    if facet.kind == "flag" and facet.yes is not None:
        for spelling in (facet.name.replace("_", " "), *facet.labels.values()):
            values.setdefault(fold(spelling), facet.yes)
    return Field(facet.name, facet.kind, label, "", values)
