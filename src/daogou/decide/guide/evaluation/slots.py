"""An utterance's meaning as a set of small facts, so that two readings of it can be compared piece by piece.

A slot is (act, field, relation, value). Whether a want is hard, how many steps a critique goes, and words that the
shop does not know are left out; see docs/guide-evaluation.md for the whole policy.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from daogou.core.types import Item
from daogou.decide.guide.acts import (
    PRICE,
    STOCK,
    Act,
    AskFact,
    AskPolicy,
    AskReason,
    Bundle,
    Compare,
    Critique,
    DontCare,
    Gift,
    Inform,
    Like,
    Pick,
    Plain,
    Ref,
    Refused,
    Reject,
    Undo,
    Unknown,
    Want,
)  # fmt: skip
from daogou.decide.guide.evaluation.utterances import Situation

Slot: TypeAlias = tuple[str, str, str, str | float]
WORDS = "words"
"""The tag of an act that carries nothing but words the shop does not know."""

ALIKE = 0.8
"""A product type and an innermost category are one kind of thing where they share this much of their items."""

FAMILIES: dict[str, str] = {
    word: family
    for family, words in {
        "child": "son daughter kid kids boy girl nephew niece grandchild grandson granddaughter toddler children",
        "baby": "newborn infant",
        "grandmother": "grandfather grandparent grandparents elder elderly grandma grandpa senior",
        "parents": "parent",
        "girlfriend": "wife partner her",
        "boyfriend": "husband him",
        "colleague": "coworker boss client teacher employee",
        "friend": "sister brother sibling best_friend bestie",
        "spring_festival": "chinese_new_year lunar_new_year new_year",
        "valentine": "valentines qixi",
        "new_baby": "baby_shower birth full_month",
    }.items()
    for word in words.split()
}
"""Codes of recipients and occasions that a shopper would not tell apart, by the first of each family."""


@dataclass(frozen=True)
class Kinds:
    """leaf_of: innermost category of each product type that is just another name for it."""

    leaf_of: dict[str, str]

    @classmethod
    def of(cls, items: Iterable[Item]) -> Kinds:
        leaves: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for item in items:
            for kind in item.attributes.get("product_type", ()):
                leaves[kind].update({path[-1] for path in item.categories if path})
        found = {}
        for kind, counts in leaves.items():
            leaf, most = counts.most_common(1)[0] if counts else ("", 0)
            if most >= ALIKE * counts.total():
                found[kind] = leaf
        return cls(found)


def tags(acts: Sequence[Act]) -> frozenset[str]:
    """What kinds of acts these are. Unknown words beside a known act are not an act of their own; nothing is words."""
    found = {_tag(act) for act in acts}
    return frozenset(found - {WORDS} or {WORDS})


def slots(acts: Sequence[Act], kinds: Kinds, situation: Situation) -> frozenset[Slot]:
    """Every small fact that the acts state."""
    return frozenset(slot for act in acts for slot in _of_act(act, kinds, situation))


def want_slots(want: Want, kinds: Kinds, tag: str = "inform") -> list[Slot]:
    """A want with three alternatives is three slots."""
    if want.number is not None:
        is_exact = want.op == "about" and want.field != PRICE
        return [(tag, want.field, "is" if is_exact else want.op, round(want.number, 6))]
    if want.field == STOCK:
        return [(tag, STOCK, want.op, "in_stock")]
    if want.field == "product_type":
        leaves = {kinds.leaf_of.get(value) for value in want.values}
        if None not in leaves:
            return [(tag, "category", want.op, str(leaf).casefold()) for leaf in leaves]
    return [(tag, want.field, want.op, _value(value)) for value in want.values]


def free_words(acts: Sequence[Act]) -> str:
    """All words that went to search or were not understood, folded."""
    return " ".join(act.words for act in acts if isinstance(act, Inform | Unknown)).casefold()


def _tag(act: Act) -> str:
    if isinstance(act, Unknown) or (isinstance(act, Inform) and not act.wants):
        return WORDS
    tag = str(act.__struct_config__.tag)
    return f"{tag} {act.name}" if isinstance(act, Plain) else tag


def _of_act(act: Act, kinds: Kinds, situation: Situation) -> list[Slot]:
    tag = str(act.__struct_config__.tag)
    match act:
        case Inform(wants=wants):
            return [slot for want in wants for slot in want_slots(want, kinds)]
        case Critique(field=field, direction=direction, than=than):
            return [(tag, field, direction, ""), *(_of_ref(tag, than, kinds, situation) if than else ())]
        case DontCare(field=field):
            return [(tag, field or situation.asked or "", "", "")]
        case Undo(field=field, values=values):
            return [(tag, field, "", _value(value)) for value in values] or [(tag, field, "", "")]
        case Like(item=item) | Pick(item=item):
            return _of_ref(tag, item, kinds, situation)
        case Reject(item=item):
            return _of_ref(tag, item, kinds, situation) if item else [(tag, "ref", "", "all")]
        case Compare(items=items):
            refs = [slot for item in items for slot in _of_ref(tag, item, kinds, situation)]
            return refs or [(tag, "ref", "", "all")]
        case AskFact(item=item, field=field):
            return [*_of_ref(tag, item or Ref(position=1), kinds, situation), (tag, "field", "", field)]
        case AskReason(item=item) | Bundle(item=item):
            return _of_ref(tag, item or Ref(position=1), kinds, situation)
        case AskPolicy(topic=topic):
            return [(tag, "topic", "", topic)]
        case Gift(recipient=recipient, occasion=occasion, age=age):
            said = {"recipient": recipient, "occasion": occasion}
            found: list[Slot] = [(tag, name, "", FAMILIES.get(code, code)) for name, code in said.items() if code]
            return [*found, *([(tag, "age", "", float(age))] if age is not None else ())]
        case Refused(kind=kind):
            return [(tag, "kind", "", kind)]
        case Plain(name=name):
            return [(tag, "name", "", name)]
        case _:
            return []


def _of_ref(tag: str, ref: Ref, kinds: Kinds, situation: Situation) -> list[Slot]:
    if ref.item_id is not None and ref.item_id in situation.shown:
        return [(tag, "ref", "", float(situation.shown.index(ref.item_id) + 1))]
    if ref.position is not None:
        is_from_behind = ref.position < 0 and situation.shown
        return [(tag, "ref", "", float(ref.position + (len(situation.shown) + 1 if is_from_behind else 0)))]
    if ref.superlative is not None:
        return [(tag, "ref", ref.superlative, "most" if ref.most else "least")]
    if ref.value is not None:
        return want_slots(ref.value, kinds, f"{tag} ref")
    return [(tag, "ref", "", ref.item_id or "")]


def _value(value: str) -> str | float:
    """A number as a number, however it is written; any other value folded."""
    try:
        return round(float(value), 6)
    except ValueError:
        return value.casefold()


def encode(acts: Sequence[Act]) -> str:
    """Acts as JSON for a person to read."""
    return msgspec.json.encode(acts).decode()
