"""One or two plain English sentences about an item, put together from its attributes and nothing else.

The log holds no product texts. These say only what the title says, in words; the catalogue marks them as derived.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_SEASON_SENTENCES = {
    "christmas": "Made for Christmas.",
    "easter": "Made for Easter.",
    "halloween": "Made for Halloween.",
    "valentine": "Made for Valentine's Day.",
}
_NO_MOTIF = frozenset({"baroque", "flock", "filigree", "mosaic", "jewels", "botanical", "doily lace"})
"""Patterns that are a way of making or a style, which "a design of …" would misname."""


def description_of(noun: str, attributes: Mapping[str, Sequence[str]]) -> str:
    """The sentences.

    noun  what the item is called in the singular, for example "mug"

    >>> description_of("mug", {"colour": ["red"], "pattern": ["polka dots"], "set_size": ["2"]})
    'Red mug with a design of polka dots. Sold as a set of 2.'
    """
    if not noun:
        return ""
    words = (_size(attributes), *(_and(_unsaid(attributes.get(name, ()), noun)) for name in ("colour", "material")))
    about = " ".join(word for word in (*words, noun) if word and (word == noun or word not in noun.split()))
    first = about[:1].upper() + about[1:] + _design(attributes) + "."
    rest = []
    if "set_size" in attributes:
        rest.append(f"Sold as a set of {attributes['set_size'][0]}.")
    if "collection" in attributes:
        rest.append(f"Part of the {attributes['collection'][0]} range.")
    if "season" in attributes:
        rest.append(_SEASON_SENTENCES[attributes["season"][0]])
    return " ".join([first, *rest[:1]])


def _size(attributes: Mapping[str, Sequence[str]]) -> str:
    return next((size for size in attributes.get("size", ()) if size.replace(" ", "").isalpha()), "")


def _unsaid(values: Sequence[str], noun: str) -> Sequence[str]:
    """The values whose first word the noun does not carry already."""
    return [value for value in values if value.split()[0] not in noun.lower().split()]


def _design(attributes: Mapping[str, Sequence[str]]) -> str:
    motifs = [pattern for pattern in attributes.get("pattern", ()) if pattern not in _NO_MOTIF]
    return f" with a design of {_and(motifs)}" if motifs else ""


def _and(words: Sequence[str]) -> str:
    return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else "".join(words)
