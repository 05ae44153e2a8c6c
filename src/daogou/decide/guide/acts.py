"""What a shopper's utterance may mean: typed acts, whoever reads them, the grammar or a language model.

An utterance is a sequence of acts, in the order in which they were said. Fields and values are the catalogue's own
(see `words.lexicon`): whatever an act names exists in the shop, except in `Unknown`.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

Operator = Literal["is", "is_not", "at_least", "at_most", "about"]
"""`at_least`, `at_most` and `about` compare `number`; the other two compare `values`."""

PRICE, CATEGORY, BRAND, STOCK, RATING = "price", "category", "brand", "stock", "rating"
"""Fields every shop has; all others are names of attributes. Categories are innermost or outer names of a path."""


class Want(msgspec.Struct, frozen=True, omit_defaults=True):
    """One constraint. Price in minor units of the shop's currency, other numbers in the field's own unit.

    values    alternatives (`is`) or all unwanted (`is_not`), as the catalogue writes them
    is_hard   said as a must ("must be", "不要", "under 200"); otherwise evidence that only orders
    """

    field: str
    op: Operator
    values: tuple[str, ...] = ()
    number: float | None = None
    is_hard: bool = True


class Ref(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which item is meant: the n-th shown (from 1; -1 the last), one by id, or by a superlative of a field.

    superlative  a field, with `most` saying which end: ("price", False) is the cheapest one
    value        the shown one that has this value: "the red one"
    """

    position: int | None = None
    item_id: str | None = None
    superlative: str | None = None
    most: bool = False
    value: Want | None = None


class Inform(msgspec.Struct, frozen=True, omit_defaults=True, tag="inform"):
    """What is looked for. words: what the lexicon does not know and search may."""

    wants: tuple[Want, ...] = ()
    words: str = ""


class Critique(msgspec.Struct, frozen=True, omit_defaults=True, tag="critique"):
    """More or less of an ordered field than what is shown, or than one item ("cheaper", "大一号")."""

    field: str
    direction: Literal["less", "more"]
    than: Ref | None = None
    steps: int | None = None  # "one size up" is 1; None: any


class DontCare(msgspec.Struct, frozen=True, tag="dont_care"):
    """A field does not matter ("颜色无所谓"); empty: the question just asked."""

    field: str = ""


class Undo(msgspec.Struct, frozen=True, omit_defaults=True, tag="undo"):
    """Take back what was said of a field ("never mind, red is fine"); without values: all of it."""

    field: str
    values: tuple[str, ...] = ()


class Like(msgspec.Struct, frozen=True, omit_defaults=True, tag="like"):
    """Similar to an item; what shall differ follows as Inform or Critique."""

    item: Ref


class Reject(msgspec.Struct, frozen=True, omit_defaults=True, tag="reject"):
    """Not this item, or none of those shown (item None)."""

    item: Ref | None = None


class Pick(msgspec.Struct, frozen=True, tag="pick"):
    """This one: tell me about it, I take it."""

    item: Ref


class Compare(msgspec.Struct, frozen=True, tag="compare"):
    """Two or more items side by side; empty: all that is shown."""

    items: tuple[Ref, ...] = ()


class AskFact(msgspec.Struct, frozen=True, omit_defaults=True, tag="ask_fact"):
    """What is this item's …; field empty: everything known of it."""

    item: Ref | None = None
    field: str = ""


class AskPolicy(msgspec.Struct, frozen=True, omit_defaults=True, tag="ask_policy"):
    """What are the shop's rules: shipping, returns, payment, warranty, privacy, opening_hours, contact, other."""

    topic: str
    words: str = ""


class AskReason(msgspec.Struct, frozen=True, omit_defaults=True, tag="ask_reason"):
    """Why is this shown."""

    item: Ref | None = None


class Gift(msgspec.Struct, frozen=True, omit_defaults=True, tag="gift"):
    """A present. Codes, not words: girlfriend, mother, child, colleague…; birthday, christmas, mid_autumn…"""

    recipient: str = ""
    occasion: str = ""
    age: int | None = None


class Bundle(msgspec.Struct, frozen=True, omit_defaults=True, tag="bundle"):
    """What goes with an item, or a set of matching things."""

    item: Ref | None = None


class Plain(msgspec.Struct, frozen=True, tag="plain"):
    """Acts that need nothing beside their name."""

    name: Literal[
        "more", "back", "reset", "greet", "thanks", "bye", "yes", "no", "help", "order_status", "hand_over",
        "popular", "surprise",
    ]  # fmt: skip


class Refused(msgspec.Struct, frozen=True, omit_defaults=True, tag="refused"):
    """What the guide does not talk about: abuse; unsafe (medical, legal, weapons…); out_of_scope (weather, news…)."""

    kind: Literal["abuse", "unsafe", "out_of_scope"]
    topic: str = ""


class Unknown(msgspec.Struct, frozen=True, omit_defaults=True, tag="unknown"):
    """Words that mean nothing to the shop; attribute: it names a fact that no item of the shop states."""

    words: str = ""
    attribute: str = ""


Act: TypeAlias = (
    Inform | Critique | DontCare | Undo | Like | Reject | Pick | Compare | AskFact | AskPolicy | AskReason
    | Gift | Bundle | Plain | Refused | Unknown
)  # fmt: skip


class Heard(msgspec.Struct, frozen=True):
    """An utterance as it was understood. language: "zh" or "en", that of most of its letters."""

    language: str
    acts: tuple[Act, ...]
    reader: Literal["buttons", "rules", "model"] = "rules"
