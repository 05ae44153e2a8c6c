"""A tag: one thing an item is, which a shopper may like or not. Written as text, it is what edits are kept by.

category:Kitchen > Mugs      brand:Acme      colour:red      tag:organic      price:low
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from daogou.core.errors import InvalidField
from daogou.core.types import Item

CATEGORY, BRAND, WORD, PRICE = "category", "brand", "tag", "price"
WITHIN = " > "
LONGEST = 300

KINDS: dict[str, dict[str, str]] = {
    CATEGORY: {"en": "Category", "zh": "分类"},
    BRAND: {"en": "Brand", "zh": "品牌"},
    WORD: {"en": "Tag", "zh": "标签"},
    PRICE: {"en": "Price level", "zh": "价位"},
}
"""What a kind is called; the name of an attribute speaks for itself."""

LEVELS: dict[str, dict[str, str]] = {
    "low": {"en": "Good value", "zh": "实惠"},
    "middle": {"en": "In the middle", "zh": "中等"},
    "high": {"en": "The finest", "zh": "高端"},
}
"""What a price level is called."""


@dataclass(frozen=True, slots=True)
class Tag:
    """kind   "category", "brand", "tag", or the name of an attribute
    value  for a category its path, outermost first, joined by " > "
    """

    kind: str
    value: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"

    def label_in(self, language: str) -> str:
        """What a shopper reads: of a category its innermost name, of a price level its name in words."""
        if self.kind == PRICE and self.value in LEVELS:
            named = LEVELS[self.value]
            return named.get(language) or named["en"]
        return self.value.rpartition(WITHIN)[2] if self.kind == CATEGORY else self.value

    def kind_in(self, language: str) -> str:
        """The kind in words."""
        named = KINDS.get(self.kind)
        return (named.get(language) or named["en"]) if named else self.kind.replace("_", " ").capitalize()


def read_tag(text: str) -> Tag:
    """The tag that this text is. Raises InvalidField."""
    kind, colon, value = text.partition(":")
    if not colon or not kind.strip() or not value.strip() or len(text) > LONGEST:
        raise InvalidField("tag", text, 'kind:value, for example "category:Kitchen > Mugs" or "colour:red"')
    return Tag(kind.strip(), value.strip())


def tags_of(item: Item) -> set[Tag]:
    """Everything the item is: each step of each category, its brand, its tags and its attributes."""
    return set(_told(item))


def plainest(item: Item) -> Tag | None:
    """What an item is first of all: its innermost category, else its brand, else its first tag."""
    if item.categories and item.categories[0]:
        return Tag(CATEGORY, WITHIN.join(item.categories[0]))
    if item.brand:
        return Tag(BRAND, item.brand)
    return Tag(WORD, item.tags[0]) if item.tags else None


def _told(item: Item) -> Iterator[Tag]:
    for path in item.categories:
        for depth in range(1, len(path) + 1):
            yield Tag(CATEGORY, WITHIN.join(path[:depth]))
    if item.brand:
        yield Tag(BRAND, item.brand)
    for word in item.tags:
        yield Tag(WORD, word)
    for name, values in item.attributes.items():
        for value in values:
            yield Tag(name, value)
