"""Questions to a new shopper in words, Chinese and English; names of attributes and values stay the shop's own."""

from __future__ import annotations

from collections.abc import Mapping

from daogou.decide.profile.tag import Tag
from daogou.learn.facets import BRAND, CATEGORY, KIND, PRICE

ANY: None = None
"""What "doesn't matter" is sent back as."""

QUESTIONS: Mapping[str, tuple[str, str]] = {
    CATEGORY: ("What are you here for?", "您想逛哪一类？"),
    KIND: ("Which of these would you look at first?", "您最想先看哪一种？"),
    BRAND: ("Do you have a favourite brand?", "您有喜欢的品牌吗？"),
    PRICE: ("Which price level suits you?", "您偏好什么价位？"),
}
"""By facet, in English and Chinese; any other is asked for by its name."""


def facet_words(facet: str, language: str) -> str:
    """The question about this facet."""
    name = facet.replace("_", " ")
    return (QUESTIONS.get(facet) or (f"Which {name} do you prefer?", f"您偏好哪种{name}？"))[_place(language)]


def value_words(facet: str, value: str, language: str) -> str:
    """A choice; of a path its innermost name."""
    if facet == PRICE:
        return Tag(PRICE, value).label_in(("en", "zh")[_place(language)])
    return value.rpartition(" > ")[2]


def any_words(language: str) -> str:
    """The way out of every question."""
    return ("It doesn't matter", "都可以")[_place(language)]


def _place(language: str) -> int:
    return 1 if language.startswith("zh") else 0
