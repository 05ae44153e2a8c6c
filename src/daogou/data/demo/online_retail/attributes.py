"""What a title says about an item besides its kind: colour, material, pattern, size, set size, season, collection."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from daogou.data.demo.online_retail import vocabulary
from daogou.data.demo.online_retail.product_type import ProductType, product_types, words_of

_COUNTED = re.compile(
    r"\b(?:SET|PACK|BOX|TUB|BUNDLE) OF (\d+)\b|\b(\d+) PIECES?\b|\bSTRING OF (\d+)\b|\b(\d+) LIGHTS\b|\bLIGHTS (\d+)\b"
    r"|\bENVELOPE (\d+)\b|\bINCENSE (\d+) CONES\b"
)
_IN_WORDS = re.compile(r"\b(?:SET|PACK) OF (THREE|SIX)\b|^(THREE|FOUR|FIVE|EIGHT) (?!HOOK)")
_PAIR = re.compile(r"\bPAIR\b")
_WORD_NUMBERS = {"THREE": 3, "FOUR": 4, "FIVE": 5, "SIX": 6, "EIGHT": 8}
_LEADING = re.compile(r"^(\d+) (?!COLOUR\b|TIER|HOOK|STRAND|WICK|BEAD|EGG HOUSE|PIECE|cm\b)")
_MANY = 12
"""From here on a leading number counts pieces even where no plural word shows it ("12 pencil small tube")."""
_MOTIFS = frozenset({"CHRISTMAS", "HEARTS", "CATS", "BIRDS", "DAISIES"})
_MEASURE = re.compile(r"\b\d+(?:\.\d+)?(?: × \d+)* cm\b|\b\d+-INCH\b|\b[\d.]+ G\b")
_JEWELLERY = frozenset({"necklace", "bracelet", "earrings", "ring", "brooch", "charm", "hair_accessory"})
_GEMS = frozenset({"CRYSTAL", "DIAMOND"})
Phrase = tuple[str, ...]


def attributes_of(spelled: str, kind: ProductType) -> dict[str, list[str]]:
    """Attribute name -> values in the order of the title; a name is missing when the title is silent.

    spelled  the title in capitals, from `titles.spell_out`
    kind     what `taxonomy.product_type_of` found
    """
    words = words_of(spelled)
    pieces = set_size(spelled)
    found: dict[str, list[str]] = {
        "product_type": [kind.slug],
        "colour": colours(words, kind),
        "material": _values(words, "MATERIALS"),
        "pattern": [one for one in _values(words, "PATTERNS") if (kind.slug, one) != ("artificial_flower", "flowers")],
        "size": _values(words, "SIZES") + measures(spelled),
        "set_size": [str(pieces)] if pieces else [],
        "season": _values(words, "SEASONS")[:1],
        "style": _values(words, "STYLES"),
        "collection": _values(words, "COLLECTIONS"),
        "audience": _values(words, "AUDIENCES")[:1],
    }
    return {name: values for name, values in found.items() if values}


def colours(words: Sequence[str], kind: ProductType) -> list[str]:
    """Colours in the order of the title, each once; jewellery in plain crystal is clear.

    >>> from daogou.data.demo.online_retail.taxonomy import OTHER_TYPE
    >>> colours(("MIDNIGHT", "BLUE", "AND", "CREAM", "BOWL"), OTHER_TYPE)
    ['blue', 'cream']
    """
    found = _values(words, "COLOURS")
    if not found and words and kind.slug in _JEWELLERY and not _GEMS.isdisjoint((words[0], words[-1])):
        return ["clear"]
    return found


def without_colours(words: Sequence[str]) -> Phrase:
    """The words that are left when every colour is taken out; what colour variants have in common."""
    left = list(words)
    for start, end, _ in _spans(tuple(words), _index("COLOURS")):
        left[start:end] = [""] * (end - start)
    if left and left[-1] in _GEMS:
        left.pop()
    return tuple(word for word in left if word)


def set_size(spelled: str) -> int | None:
    """How many pieces one unit holds; None for one piece or an unknown number.

    >>> set_size("SET OF 6 RED SPOTTY PAPER CUPS"), set_size("3 TIER CAKE TIN RED AND CREAM")
    (6, None)
    """
    counted = _COUNTED.search(spelled)
    if counted:
        number = int(next(group for group in counted.groups() if group))
        return number if number > 1 else None
    in_words = _IN_WORDS.search(spelled)
    if in_words:
        return _WORD_NUMBERS[in_words[1] or in_words[2]]
    if _PAIR.search(spelled):
        return 2
    leading = _LEADING.match(spelled)
    if leading and (int(leading[1]) >= _MANY or _counts_a_kind(spelled)):
        return int(leading[1])
    return None


def measures(spelled: str) -> list[str]:
    """Lengths and weights as printed.

    >>> measures("BLACK GEMSTONE NECKLACE 45 cm"), measures("BAG 125 G SWIRLY MARBLES")
    (['45 cm'], ['125 g'])
    """
    return [re.sub(r" G$", " g", found[0]).replace("-INCH", " in") for found in _MEASURE.finditer(spelled)]


def _counts_a_kind(spelled: str) -> bool:
    """Whether some plural word of the title is a kind of product, so that a leading number counts it."""
    plurals = (word for word in re.split(r"[^A-Z0-9'&-]+", spelled) if word.endswith("S") and word not in _MOTIFS)
    return "DINNER CANDLE" in spelled or any(words_of(word)[0] in _kind_nouns() for word in plurals)


@cache
def _kind_nouns() -> frozenset[str]:
    phrases = (phrase for kind in product_types() for phrase in (*kind.decisive, *kind.begins, *kind.head))
    return frozenset(phrase.split()[-1] for phrase in phrases) | {"CHICK"}


def _values(words: Sequence[str], table: str) -> list[str]:
    return list(dict.fromkeys(value for _, _, value in _spans(tuple(words), _index(table))))


@cache
def _index(table: str) -> Mapping[str, tuple[tuple[Phrase, str], ...]]:
    """Phrases of a table of `vocabulary` by first word, longest first; its NOT_A_… phrases stand for no value."""
    entries = [(tuple(phrase.split()), value) for phrase, value in getattr(vocabulary, table).items()]
    exceptions: Sequence[str] = vocabulary.EXCEPTIONS.get(table, ())
    entries += [(tuple(phrase.split()), "") for phrase in exceptions]
    index: dict[str, list[tuple[Phrase, str]]] = {}
    for phrase, value in sorted(entries, key=lambda entry: -len(entry[0])):
        index.setdefault(phrase[0], []).append((phrase, value))
    return {first: tuple(found) for first, found in index.items()}


def _spans(words: Phrase, index: Mapping[str, tuple[tuple[Phrase, str], ...]]) -> Iterator[tuple[int, int, str]]:
    """Matches from left to right as (start, end, value), the longest at each place, none overlapping."""
    start = 0
    while start < len(words):
        for phrase, value in index.get(words[start], ()):
            if words[start : start + len(phrase)] == phrase:
                if value:
                    yield start, start + len(phrase), value
                start += len(phrase)
                break
        else:
            start += 1
