"""What a search may show at all: the gate, and what the caller chose, each as a mask over the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from daogou.core.types import Bools, User
from daogou.decide.catalogue import KINDS
from daogou.decide.eligibility import GATES, Visit, codes
from daogou.decide.filters import parse_filter
from daogou.decide.filters.fields import FIELDS, PATH_FIELD
from daogou.decide.filters.folding import fold_path
from daogou.decide.rules.ruling import Ruling
from daogou.decide.search.facets import FacetField
from daogou.decide.search.request import SearchRequest
from daogou.decide.shop import Shop
from daogou.decide.suitability import requirements

PLACEMENT = "search"
CATEGORY, PRICE = "category path", "price"


@dataclass(frozen=True, eq=False)
class Scope:
    """allowed: (n_catalogue,) who passes the gate and filters; is_sold_out: (n_catalogue,); choices: who passes."""

    allowed: Bools
    is_sold_out: Bools
    choices: dict[str, Bools] = field(default_factory=dict)

    def without(self, name: str) -> Scope:
        """The same without one choice."""
        left = {other: one for other, one in self.choices.items() if other != name}
        return Scope(self.allowed, self.is_sold_out, left)

    def mask(self, *, without: str | None = None) -> Bools:
        """(n_catalogue,) who passes everything, or everything but one choice."""
        passing = self.allowed.copy()
        for name, one in self.choices.items():
            if name != without:
                passing &= one
        return passing


def visit_of(shop: Shop, request: SearchRequest, now_us: int, ruling: Ruling, user: User | None) -> Visit:
    """What the gate has to know. What was bought or turned down is found when it is searched for."""
    placement = shop.settings.placements[PLACEMENT]
    filters = [one for one in (placement.filter, request.filter) if one]
    return Visit(
        now_us=now_us,
        is_kind_held=np.array([kind in placement.kinds for kind in KINDS]),
        rule_hidden=ruling.hidden,
        filters=tuple(parse_filter(one) for one in filters),
        suitability=requirements(shop.settings.suitability, user),
    )


def scope_of(shop: Shop, request: SearchRequest, visit: Visit, facets: dict[str, FacetField]) -> Scope:
    """Raises InvalidFilter."""
    catalogue = shop.catalogue
    everyone = np.arange(len(catalogue), dtype=np.int32)
    barred = codes(catalogue, everyone, visit)
    is_sold_out = (barred & GATES["out_of_stock"]) != 0
    allowed = (barred & ~np.uint16(GATES["out_of_stock"])) == 0
    if not request.include_sold_out:
        allowed &= ~is_sold_out
    scope = Scope(allowed, is_sold_out)
    if request.category:
        column = catalogue.columns.text("category under", PATH_FIELD)
        table = column.holding([fold_path(" > ".join(request.category))])
        scope.choices[CATEGORY] = table[column.combinations]
    for name, values in request.facets.items():
        if values:
            known = facets.get(name) or FacetField.named(name)
            scope.choices[name] = known.having(catalogue, values)
    lowest, highest = request.price_minor
    if lowest is not None or highest is not None:
        prices = catalogue.columns.number("price", FIELDS["price"].read).values  # type: ignore[arg-type]
        within = ~np.isnan(prices)
        if lowest is not None:
            within &= prices >= lowest
        if highest is not None:
            within &= prices <= highest
        scope.choices[PRICE] = within
    return scope
