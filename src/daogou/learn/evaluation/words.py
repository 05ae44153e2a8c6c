"""What the report says, in English and in Chinese: find a text, fill its gaps, name what the shop named itself."""

from __future__ import annotations

from collections.abc import Mapping

from daogou.learn.evaluation.catalogue_facts import OTHER
from daogou.learn.evaluation.glossary import METRIC_MEANINGS, METRIC_NAMES, TERMS, Text, metric_name
from daogou.learn.evaluation.labels import WORDS
from daogou.learn.evaluation.sentences import sentences

__all__ = ["LANGUAGES", "METRIC_MEANINGS", "METRIC_NAMES", "TERMS", "WORDS", "definitions", "kind_name", "metric_name",
           "segment_name", "sentences", "term_name", "word"]  # fmt: skip

LANGUAGES: Mapping[str, str] = {"en": "English", "zh": "中文"}


def word(key: str, **values: object) -> dict[str, str]:
    """One text in every language, with its gaps filled; a value that is a mapping is worded by language itself."""

    def of(language: str) -> dict[str, object]:
        return {name: value[language] if isinstance(value, Mapping) else value for name, value in values.items()}

    return {language: text.format(**of(language)) for language, text in WORDS[key].items()}


def segment_name(kind: str, name: str) -> dict[str, str]:
    """A group of shoppers, targets or items in words; what a shop named itself stays as it is."""
    if (kind, name) == ("history", "0"):
        return word("history_0")
    if kind == "history":
        return word("history", name=name)
    if name in WORDS and (kind in ("popularity", "visits", "age") or name == OTHER):
        return word(name)
    return dict.fromkeys(LANGUAGES, name)


def kind_name(kind: str) -> dict[str, str]:
    """What a division goes by; an attribute of the shop's own keeps its name."""
    return word(f"by_{kind}") if f"by_{kind}" in WORDS else word("by_attribute", name=kind)


def term_name(key: str) -> Mapping[str, str]:
    """A figure ("ndcg@20") or another word of the glossary ("ctr") by its name."""
    return TERMS[key][0] if key in TERMS else metric_name(key)


def definitions() -> dict[str, tuple[Text, Text]]:
    """Every word that the report explains: key → name and meaning."""
    return {name: (METRIC_NAMES[name], METRIC_MEANINGS[name]) for name in METRIC_NAMES} | dict(TERMS)
