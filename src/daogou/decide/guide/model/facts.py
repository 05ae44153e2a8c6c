"""What a model may know of the items of a reply: handles in place of ids, typed facts in place of texts.

Never price, stock, address of a page, description or review. Whoever shows the answer puts an item's own name where a
handle stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from daogou.core.types import Item, text_in
from daogou.decide.guide.model.cleaning import cleaned
from daogou.decide.guide.model.vocabulary import LONGEST_VALUE, Vocabulary
from daogou.decide.guide.reply import Reply

LONGEST_TITLE = 60
MOST_ITEMS = 10
MOST_FACTS = 12


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """values: pairs of a field's name and a value of it, cleaned and short; is_near: it misses something wanted."""

    item_id: str
    title: str
    values: tuple[tuple[str, str], ...]
    is_near: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """items: by handle, P1 the first shown; wants: what was asked for, as pairs; asks: the question that follows."""

    language: str
    items: Mapping[str, ItemFacts]
    wants: tuple[tuple[str, str], ...] = ()
    asks: str = ""


def facts_of(reply: Reply, items: Mapping[str, Item], vocabulary: Vocabulary) -> Facts:
    """Of the cards of a reply; an item that `items` lacks is left out."""
    shown = [(card, items[card.item_id]) for card in reply.cards[:MOST_ITEMS] if card.item_id in items]
    return Facts(
        reply.language,
        {
            f"P{place}": item_facts(item, vocabulary, reply.language, is_near=card.role == "near")
            for place, (card, item) in enumerate(shown, 1)
        },
        tuple(
            (want.field, cleaned(value, LONGEST_VALUE))
            for want in reply.wants
            if want.op == "is"
            for value in want.values
        ),
        cleaned(reply.question.text, 120) if reply.question else "",
    )


def item_facts(item: Item, vocabulary: Vocabulary, language: str, *, is_near: bool = False) -> ItemFacts:
    """Brand, innermost category, and the attributes that are fields of the shop."""
    told: list[tuple[str, Sequence[str]]] = [
        ("brand", (item.brand,) if item.brand else ()),
        ("category", tuple(path[-1] for path in item.categories[:1] if path)),
    ]
    known = {one.name for one in vocabulary.fields}
    told += [(name, values[:3]) for name, values in item.attributes.items() if name in known]
    pairs = [(name, cleaned(value, LONGEST_VALUE)) for name, values in told for value in values]
    kept = tuple((name, value) for name, value in pairs if value and not value.endswith("…"))
    return ItemFacts(item.id, cleaned(text_in(item.title, language), LONGEST_TITLE), kept[:MOST_FACTS], is_near)
