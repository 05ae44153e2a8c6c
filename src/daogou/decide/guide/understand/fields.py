"""Which field of this shop is meant by what was said, given what is talked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from daogou.decide.guide.understand.clause import Hearing
from daogou.decide.words.facet import FacetInfo
from daogou.decide.words.lexicon import BUILT_IN, Lexicon, Meaning

_SIZE_LIKE = (
    "size",
    "shoe_size",
    "nappy_size",
    "screen",
    "capacity",
    "volume",
    "diameter",
    "area",
    "width",
    "length",
    "people",
)
_NEAR = {
    "size": _SIZE_LIKE,
    "height": ("height", "heel"),
    "capacity": ("capacity", "volume"),
    "volume": ("volume", "capacity"),
    "screen": ("screen",),
    "length": ("length",),
    "pieces": ("set_size",),
}
"""Where no facet is about the very thing, what else may be meant."""
_FIRST = ("category", "brand")
_LAST = ("category", "brand", "product_type")


def ordered_field(role: str, hearing: Hearing) -> str | None:
    """The field that "lighter" or "bigger" is about; None where the shop states no such thing."""
    if role in BUILT_IN:
        return role
    found = [facet for facet in facets_near(role, hearing.lexicon) if facet.is_ordered]
    return _fitting(found, hearing)


def stated_field(role: str, hearing: Hearing) -> str | None:
    """The field that answers a question."""
    if role in (*BUILT_IN, "category"):
        return role
    return _fitting(facets_near(role, hearing.lexicon), hearing)


def facets_near(role: str, lexicon: Lexicon) -> list[FacetInfo]:
    """Facets about a thing, and after them those about what is near it."""
    found = [facet for concept in _NEAR.get(role, (role,)) for facet in lexicon.facets_about(concept)]
    if role == "size":
        found += [facet for facet in lexicon.facets.values() if facet.unit and facet.unit.dimension == "length"]
    return list({facet.name: facet for facet in found}.values())


def named_field(names: Sequence[str], hearing: Hearing) -> str:
    """Of several fields of one name ("尺码") the one that what is talked about has."""
    facets = [hearing.lexicon.facets[name] for name in names]
    return _fitting(facets, hearing) or names[0]


def shares(hearing: Hearing, facet: str) -> float:
    """Which part of what is talked about states a facet; 0 where nothing is talked about."""
    categories = hearing.categories
    lexicon = hearing.lexicon
    counts = lexicon.tally.counts["category"]
    told = sum(lexicon.together.get(category, {}).get(facet, 0) for category in categories)
    return told / max(sum(counts.get(category, 0) for category in categories), 1)


def _fitting(facets: Sequence[FacetInfo], hearing: Hearing) -> str | None:
    if not facets:
        return None
    if hearing.setting.asked in {facet.name for facet in facets}:
        return hearing.setting.asked
    if hearing.categories:
        share = {facet.name: shares(hearing, facet.name) for facet in facets}
        best = max(share.values())
        if best > 0:
            return next(name for name, one in share.items() if one >= 0.5 * best)
        if any(facet.name in BUILT_IN for facet in facets):
            return next(facet.name for facet in facets if facet.name in BUILT_IN)
    return facets[0].name


def choose(meanings: Iterable[Meaning], hearing: Hearing, *, other_category: bool = False) -> list[Meaning]:
    """The meanings of one facet, of all that a word may mean here.

    other_category  something else in the utterance names the goods, so this is rather what they are like
    """
    by_facet: dict[str, list[Meaning]] = {}
    for meaning in meanings:
        by_facet.setdefault(meaning.facet, []).append(meaning)
    if not by_facet:
        return []
    asked = hearing.setting.asked
    if asked in by_facet:
        return by_facet[asked]
    if len(by_facet.get("category", ())) > 1:
        by_facet["category"] = _plainest(by_facet["category"], hearing)
    if len(by_facet) == 1:
        return next(iter(by_facet.values()))
    is_described = other_category and any(name not in _LAST for name in by_facet)
    for name in _FIRST:
        if name in by_facet and not (is_described and name != "brand"):
            strength = max(one.strength for one in by_facet[name])
            if strength >= max(one.strength for found in by_facet.values() for one in found) or strength > 1:
                return by_facet[name]
    left = {name: found for name, found in by_facet.items() if name not in _LAST} or by_facet
    return left[max(left, key=lambda name: _likelihood(name, left[name], hearing))]


def _plainest(meanings: Sequence[Meaning], hearing: Hearing) -> list[Meaning]:
    """The catalogue's own word, unless it only stands above what the word usually means: phones are no accessories."""
    strongest = max(one.strength for one in meanings)
    own = [one for one in meanings if one.strength == strongest]
    parents = hearing.lexicon.parents
    below = [
        one for one in meanings
        if one.strength < strongest and all(parents.get(one.value, {}).get(other.value, 0) > 0 for other in own)
    ]  # fmt: skip
    return below or _innermost(own, hearing)


def _innermost(meanings: Sequence[Meaning], hearing: Hearing) -> list[Meaning]:
    """Without the names that stand above another of them."""
    parents = hearing.lexicon.parents
    above = {name for one in meanings for name, count in parents.get(one.value, {}).items() if count > 0}
    return [one for one in meanings if one.value not in above] or list(meanings)


def _likelihood(name: str, meanings: Sequence[Meaning], hearing: Hearing) -> tuple[float, int, int]:
    facet = hearing.lexicon.facets[name]
    count = sum(facet.values[one.value].count for one in meanings)
    return (round(shares(hearing, name), 1), max(one.strength for one in meanings) * (name != "tags"), count)
