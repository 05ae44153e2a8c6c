"""What one has to choose between the variants of a product."""

from __future__ import annotations

from collections.abc import Sequence

from daogou.serve.offers.offer import Offer

MOST_OPTION_VALUES = 100


def options_of(offers: Sequence[Offer]) -> dict[str, tuple[str, ...]]:
    """Attributes of which each variant names one value, and not all the same; their values in the variants' order."""
    if len(offers) < 2:
        return {}
    names = dict.fromkeys(name for offer in offers for name in offer.attributes)
    found = {}
    for name in names:
        said = [offer.attributes.get(name, ()) for offer in offers]
        values = tuple(dict.fromkeys(one[0] for one in said if one))[:MOST_OPTION_VALUES]
        if len(values) > 1 and all(len(one) == 1 for one in said):
            found[name] = values
    return found
