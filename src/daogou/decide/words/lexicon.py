"""Everything a shopper can name in this shop: facets and their values, in both languages, found in any sentence.

Good for: understanding words as the catalogue's own fields and values, so nothing is understood that is not there.
Cost: 2 to 4 s for 100,000 items with 16,000 values; prices that change cost some 20 ms, facts that change 1 to 2 s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from daogou.core.settings import Settings
from daogou.core.types import Item
from daogou.decide.catalogue import Catalogue
from daogou.decide.words.facet import FacetInfo, ValueInfo, kind_of, ladders_of
from daogou.decide.words.nearby import Nearby
from daogou.decide.words.spellings import OWN, SYNONYM, spelled
from daogou.decide.words.stated import Stated
from daogou.decide.words.tally import BRAND, CATEGORY, TAGS, Tally, changed
from daogou.decide.words.trade import FEATURES, NAMES, stems, trade
from daogou.decide.words.trie import Trie
from daogou.decide.words.units import Unit, unit_in_name

PRICE, RATING, STOCK, NEWEST = "price", "rating", "stock", "newest"
BUILT_IN = (PRICE, RATING, STOCK, NEWEST)

_LABELS = {
    CATEGORY: {"zh": "分类", "en": "category"},
    BRAND: {"zh": "品牌", "en": "brand"},
    TAGS: {"zh": "标签", "en": "tag"},
    PRICE: {"zh": "价格", "en": "price"},
    RATING: {"zh": "评分", "en": "rating"},
    STOCK: {"zh": "库存", "en": "availability"},
    NEWEST: {"zh": "上架时间", "en": "newest"},
}
_CONCEPT_OF_DIMENSION = {
    "mass": "weight", "volume": "volume", "time": "battery", "storage": "storage", "charge": "battery",
    "power": "power", "pieces": "set_size", "pages": "pages", "people": "people", "area": "area",
}  # fmt: skip
_SIZES = frozenset(("size", "shoe_size", "nappy_size"))
MOST_IN_ONE = 0.98
"""A value that nearly all items have tells nothing apart and is no word of the shop."""


WORKED_OUT = ("stated", "nearby")
"""Properties of a lexicon that are worked out once."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A value that a spelling may mean. strength: see spellings; needs_cue: only where the facet is named."""

    facet: str
    value: str
    strength: int
    spelling: str
    needs_cue: bool = False


@dataclass(frozen=True)
class Lexicon:
    """The words of one shop.

    facets     every facet by name, the built-in ones price, rating, stock and newest among them
    values     spellings of values
    names      spellings of facets' names; what they may mean, in no order
    features   facts the trade knows, by spelling: their code; no facet of the shop states them
    together   category → facet → how many of its items state it
    parents    category → the names above it
    currency   of the shop's prices
    """

    facets: Mapping[str, FacetInfo]
    values: Trie[Meaning]
    names: Trie[str]
    features: Trie[str]
    together: Mapping[str, Mapping[str, int]]
    parents: Mapping[str, Mapping[str, int]]
    currency: str
    n_items: int
    items: Sequence[Item] = field(repr=False)
    number_of: Mapping[str, int] = field(repr=False)
    tally: Tally = field(repr=False)
    settings: Settings = field(repr=False)
    revision: int = 0

    @classmethod
    def of(cls, catalogue: Catalogue, settings: Settings) -> Lexicon:
        """The lexicon of what the catalogue holds now, with the shop's own words from [words]."""
        return _build(catalogue, settings, Tally(item for item in catalogue.items if not item.is_hidden))

    def refreshed(self, catalogue: Catalogue) -> Lexicon:
        """This one, or a newer one where items changed since."""
        if catalogue.revision == self.revision:
            return self
        differing = changed(self.items, catalogue.items)
        if not differing:
            return self._keeping_words(replace(self, **_current(catalogue)))
        tally = self.tally.copy()
        for old, new in differing:
            if old is not None and not old.is_hidden:
                tally.count(old, -1)
            if not new.is_hidden:
                tally.count(new)
        newer = _build(catalogue, self.settings, tally)
        are_said_alike = all(old is not None and _said_of(old) == _said_of(new) for old, new in differing)
        return self._keeping_words(newer) if are_said_alike else newer

    def warm_up(self) -> None:
        """Make what is otherwise made on first use."""
        for name in WORKED_OUT:
            getattr(self, name)

    def _keeping_words(self, newer: Lexicon) -> Lexicon:
        """A newer one of the same words: what was made of them serves on."""
        newer.__dict__.update({name: self.__dict__[name] for name in WORKED_OUT if name in self.__dict__})
        return newer

    @cached_property
    def stated(self) -> Stated:
        """The words of all titles."""
        return Stated(self.items)

    @cached_property
    def nearby(self) -> Nearby:
        """English words of the lexicon by stem, those of kinds also as written; found where they are misspelled."""
        kinds = [
            one for one in self.facets.values() if "product_type" in (one.concept, one.name) or one.name == CATEGORY
        ]
        spellings = (said for kind in kinds for info in kind.values.values() for said in info.spellings)
        return Nearby({*self.values.words, *(word for said in spellings for word in said.casefold().split())})

    def item(self, item_id: str) -> Item | None:
        """An item of the catalogue."""
        number = self.number_of.get(item_id)
        return None if number is None or number >= len(self.items) else self.items[number]

    def facets_about(self, concept: str) -> list[FacetInfo]:
        """Facets that are about something, most stated first."""
        found = [one for one in self.facets.values() if concept in (one.concept, one.name)]
        return sorted(found, key=lambda one: -one.count)

    def with_unit(self, unit: Unit) -> list[FacetInfo]:
        """Facets of numbers that are measured in such a unit, most stated first."""
        found = [one for one in self.facets.values() if one.unit is not None and one.unit.dimension == unit.dimension]
        return sorted(found, key=lambda one: -one.count)

    def categories_of(self, item_ids: Sequence[str]) -> tuple[str, ...]:
        """Innermost categories of these items, each once."""
        items = [self.item(item_id) for item_id in item_ids]
        return tuple(dict.fromkeys(path[-1] for item in items if item for path in item.categories[:1] if path))


def _said_of(item: Item) -> tuple[object, ...]:
    """All of an item that words may come from."""
    return item.title, item.categories, item.brand, item.tags, item.attributes, item.is_hidden


def _current(catalogue: Catalogue) -> dict[str, Any]:
    return {"items": tuple(catalogue.items), "number_of": catalogue.number_of, "revision": catalogue.revision}


def _build(catalogue: Catalogue, settings: Settings, tally: Tally) -> Lexicon:
    facets = {name: FacetInfo(name, _LABELS[name], "number", {}, name) for name in (PRICE, RATING, NEWEST)}
    facets[STOCK] = FacetInfo(STOCK, _LABELS[STOCK], "choice", {"in_stock": ValueInfo(tally.n_items)}, STOCK)
    values: Trie[Meaning] = Trie()
    for name, counts in tally.counts.items():
        counted = {value: count for value, count in counts.items() if count > 0}
        if name in BUILT_IN or not _tells(name, counted, tally.n_items):
            continue
        facets[name], meanings = _facet(name, counted, settings)
        for meaning in meanings:
            _add(values, meaning)
    _add_shop_synonyms(values, facets, settings)
    names = _names(facets)
    features: Trie[str] = Trie()
    for code, spellings in trade().sets[FEATURES].items():
        for one in spellings:
            features.add(stems(one), code)
    return Lexicon(
        facets, values, names, features, tally.together, tally.parents, settings.shop.currency, tally.n_items,
        tuple(catalogue.items), catalogue.number_of, tally, settings, catalogue.revision,
    )  # fmt: skip


def _add_shop_synonyms(values: Trie[Meaning], facets: Mapping[str, FacetInfo], settings: Settings) -> None:
    """What [search] says means the same, for values as for any other words."""
    pairs = [(one, other) for group in settings.search.synonyms for one in group for other in group if one != other]
    pairs += [(one, other) for one, others in settings.search.one_way.items() for other in others]
    for said, meant in pairs:
        for meaning in values.get(stems(meant)):
            _add(values, Meaning(meaning.facet, meaning.value, SYNONYM, said))


def _tells(name: str, counts: Mapping[str, int], n_items: int) -> bool:
    """Whether a facet tells items apart."""
    if not counts:
        return False
    return name in (CATEGORY, BRAND, TAGS) or len(counts) > 1 or max(counts.values()) < MOST_IN_ONE * n_items


def _facet(name: str, counts: Mapping[str, int], settings: Settings) -> tuple[FacetInfo, list[Meaning]]:
    words = settings.words
    own = words.attributes.get(name)
    labels = _LABELS.get(name) or (own.label if own else {}) or _label(name)
    kind = "choice" if name in (CATEGORY, BRAND, TAGS) else kind_of(counts)
    unit = unit_in_name(name) if kind == "number" else None
    concept = _concept(name, labels, unit)
    is_name = name == CATEGORY or concept == "product_type"
    infos: dict[str, ValueInfo] = {}
    meanings: list[Meaning] = []
    for value, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        said = words.names.get(value, {}) if own is None or value not in own.values else own.values[value]
        if kind == "number":
            infos[value] = ValueInfo(count, _read_out(value, own.pattern if own else {}))
            continue
        spellings = spelled(value, said, concept, is_name=is_name) if kind == "choice" else {}
        infos[value] = ValueInfo(count, {"en": value, **said} if said else {}, tuple(spellings))
        meanings += [
            Meaning(name, value, strength, one, _needs_cue(one, concept)) for one, strength in spellings.items()
        ]
    if kind == "flag":
        yes = next((value for value in infos if FacetInfo(name, {}, kind, {value: infos[value]}).yes), None)
        for one in {name.replace("_", " "), *labels.values()} if yes else ():
            heard = dict.fromkeys((one, *trade().synonyms(FEATURES, one)))
            meanings += [Meaning(name, yes or "", OWN if one == other else SYNONYM, other) for other in heard]
    ladders = () if kind == "flag" else ladders_of(counts, is_size=concept in _SIZES)
    if concept in _SIZES and kind == "number":
        kind = "choice"
        meanings += [Meaning(name, value, OWN, value, needs_cue=True) for value in infos]
    patterns = own.pattern if own else {}
    return FacetInfo(name, labels, kind, infos, concept, unit, patterns, ladders), meanings


def _label(name: str) -> dict[str, str]:
    said = name.replace("_", " ")
    concept = trade().concept(said)
    if concept is None:
        return {"zh" if not said.isascii() else "en": said}
    spellings = trade().sets[NAMES][concept]
    return {"en": spellings[0], "zh": next((one for one in spellings if not one.isascii()), said)}


def _read_out(value: str, patterns: Mapping[str, str]) -> dict[str, str]:
    return {language: pattern.replace("{}", value) for language, pattern in patterns.items()}


def _concept(name: str, labels: Mapping[str, str], unit: Unit | None) -> str | None:
    words = trade()
    if name in (CATEGORY, BRAND, TAGS):
        return name
    if name in words.sets and name not in (FEATURES, "things"):
        return name
    said = name.replace("_", " ").split()
    parts = [" ".join(said), *(" ".join(said[:length]) for length in range(len(said) - 1, 0, -1)), *labels.values()]
    found = next((concept for part in parts if (concept := words.concept(part))), None)
    if found is None and unit is not None:
        found = _CONCEPT_OF_DIMENSION.get(unit.dimension)
    return "battery" if unit is not None and unit.dimension in ("charge",) else found


def _needs_cue(spelling: str, concept: str | None) -> bool:
    """A lone letter or a bare number means a size only where size is spoken of."""
    bare = spelling.strip()
    return bare.isdigit() or (len(bare) == 1 and bare.isascii())


def _add(values: Trie[Meaning], meaning: Meaning) -> None:
    said = stems(meaning.spelling)
    if not said:
        return
    values.add(said, meaning)
    if 2 <= len(said) <= 3 and all(one.isascii() and one.isalpha() for one in said):
        values.add(stems("".join(meaning.spelling.split())), meaning)


def _names(facets: Mapping[str, FacetInfo]) -> Trie[str]:
    """Names of facets, and what the trade calls what they are about."""
    names: Trie[str] = Trie()
    for name, facet in facets.items():
        said = {name.replace("_", " "), *facet.labels.values()}
        if facet.concept is not None and facet.concept in trade().sets[NAMES]:
            said |= set(trade().sets[NAMES][facet.concept])
        for one in sorted(said):
            if one and stems(one):
                names.add(stems(one), name)
    return names
