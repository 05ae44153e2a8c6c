"""Which kind of product a title names, by its head noun.

English puts the noun last ("red retrospot mug"), the till often puts it first ("mug, red retrospot") and what follows
"with", "in" or "for" belongs to something else ("basket of flowers", "candle in jewelled box"). So, in this order:

1. a decisive phrase anywhere ("metal sign", "hot water bottle");
2. a phrase at the very beginning, after a set size, a colour or a size;
3. in the part before the first "with", "in", "for", "on", …: the phrase that ends last, the longest at a tie;
4. there too, the last weak word (heart, star, rabbit): what a thing depicts when it is named no other way;
5. steps 3 and 4 in what comes after.

Nothing found means the category Other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from daogou.data.demo.online_retail.product_type import ProductType, product_types, words_of
from daogou.data.demo.online_retail.spelling import NAMES
from daogou.data.demo.online_retail.titles import sentence_case

OTHER_CATEGORY = "Other"
OTHER_TYPE = ProductType("other", "Other", "其他", "item", OTHER_CATEGORY)
_TAIL_STARTS = frozenset({"WITH", "IN", "FOR", "ON", "FROM", "BY"})
_SKIPPED_AT_START = frozenset((
    "SET", "PACK", "BOX", "TUB", "OF", "SMALL", "LARGE", "MEDIUM", "MINI", "GIANT", "JUMBO", "TALL", "ASSORTED",
    "RED", "BLUE", "GREEN", "PINK", "WHITE", "BLACK", "IVORY", "CREAM", "YELLOW", "ORANGE", "PURPLE", "SILVER",
    "GOLD", "VINTAGE", "RETRO", "RETROSPOT", "ANTIQUE",
))  # fmt: skip
_NO_NOUNS = frozenset((
    "ART", "PIECE", "SETTING", "WORD", "SCALE", "CASE", "TAPE", "STRING", "DRESSING", "BLOCK", "CORNICE", "PATTERN",
    "CHINA", "FELTCRAFT", "SCISSOR", "FUN", "CROSS", "LADDER", "ITS", "RUN", "CREAM", "BASE", "PANETTONE",
    "DISPOSABLE", "CLASSIC", "NANCY", "PAINTED", "KEY", "TONG", "SECATEUR", "INFLATABLE", "HEADPHONE", "LEIS",
    "CORER", "GLOVE",
))  # fmt: skip
Phrase = tuple[str, ...]
Found = tuple[Phrase, ProductType]
Phrases = Mapping[str, tuple[Found, ...]]


def product_type_of(spelled: str) -> ProductType:
    """The kind of product that a spelled-out title names; OTHER_TYPE when no word gives it away."""
    return _decide(spelled)[1]


def noun_of(spelled: str) -> str:
    """What one piece is called, in small letters: the title's own word where it is a noun, else that of its kind.

    >>> noun_of("SET OF 4 NAPKIN CHARMS STARS"), noun_of("ALUMINIUM STAMPED HEART")
    ('napkin charm', 'hanging decoration')
    """
    phrase, kind = _decide(spelled)
    if kind is OTHER_TYPE:
        return ""
    if phrase not in _nouns() or kind.singular.endswith("s"):
        return kind.singular
    noun = sentence_case(" ".join(phrase).replace("CHILDREN ", "CHILDREN'S "))
    return noun if phrase[0] in NAMES else noun[:1].lower() + noun[1:]


def _decide(spelled: str) -> Found:
    words = words_of(spelled)
    head, tail = _split(words)
    return (
        _last(words, _phrases("decisive"))
        or _first(words, _phrases("begins"))
        or _last(head, _phrases("head"))
        or _last(head, _phrases("weak"))
        or _last(tail, _phrases("head"))
        or _last(tail, _phrases("weak"))
        or ((), OTHER_TYPE)
    )


@cache
def _nouns() -> frozenset[Phrase]:
    """Head phrases that read as a noun of their own."""
    return frozenset(
        words
        for kind in product_types()
        for words in (tuple(phrase.split()) for phrase in kind.head)
        if words[-1] not in _NO_NOUNS and not any(word.isdigit() for word in words)
    )


@cache
def _phrases(strength: str) -> Phrases:
    """Phrases of one strength by their first word."""
    table: dict[str, list[Found]] = {}
    for kind in product_types():
        for phrase in getattr(kind, strength):
            words = tuple(phrase.split())
            table.setdefault(words[0], []).append((words, kind))
    return {first: tuple(found) for first, found in table.items()}


def _split(words: Phrase) -> tuple[Phrase, Phrase]:
    for position, word in enumerate(words):
        if word in _TAIL_STARTS and position > 0:
            return words[:position], words[position + 1 :]
    return words, ()


def _first(words: Phrase, phrases: Phrases) -> Found | None:
    for start, word in enumerate(words):
        found = [one for one in phrases.get(word, ()) if _stands(one[0], words, start)]
        if found:
            return max(found, key=_length)
        if word not in _SKIPPED_AT_START and not word.isdigit():
            return None
    return None


def _last(words: Phrase, phrases: Phrases) -> Found | None:
    best: tuple[int, int] = (0, 0)
    found: Found | None = None
    for start, word in enumerate(words):
        for one in phrases.get(word, ()):
            rank = (start + len(one[0]), len(one[0]))
            if rank > best and _stands(one[0], words, start):
                best, found = rank, one
    return found


def _stands(phrase: Phrase, words: Phrase, start: int) -> bool:
    return words[start : start + len(phrase)] == phrase


def _length(found: Found) -> int:
    return len(found[0])


def outer_categories() -> tuple[str, ...]:
    """Names of the outer categories, in the order of product_types.toml, Other last."""
    return unique([*(kind.category for kind in product_types()), OTHER_CATEGORY])


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """The names without repeats, first appearance first."""
    return tuple(dict.fromkeys(names))
