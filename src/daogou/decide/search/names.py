"""Whether what a search names is in the catalogue: a misspelled facet must not look like an empty shelf."""

from __future__ import annotations

from collections.abc import Mapping

from daogou.core.errors import InvalidField
from daogou.decide.catalogue import Catalogue
from daogou.decide.filters.fields import PATH_FIELD
from daogou.decide.filters.folding import fold_path
from daogou.decide.search.facets import FacetField
from daogou.decide.search.request import SearchRequest

MOST_NAMED = 20


def check_names(catalogue: Catalogue, asked: SearchRequest, facets: Mapping[str, FacetField]) -> None:
    """Raise InvalidField for a category that no item is in, or a facet that no item has."""
    for name, values in asked.facets.items():
        if name not in facets and FacetField.named(name).column(catalogue) is None:
            raise InvalidField(f"facets.{name}", list(values), _one_of(list(facets)), rule="unknown_facet")
    if asked.category:
        column = catalogue.columns.text("category under", PATH_FIELD)
        path = " > ".join(asked.category)
        if not column.holding([fold_path(path)])[column.combinations].any():
            outer = {one[0]: None for item in catalogue.items for one in item.categories if one}
            raise InvalidField("category", path, _one_of(list(outer)) + ", or a path below", rule="unknown_category")


def _one_of(names: list[str]) -> str:
    shown = ", ".join(names[:MOST_NAMED]) or "none: nothing in the catalogue has any"
    more = len(names) - MOST_NAMED
    return f"one of {shown}" + (f" and {more} more" if more > 0 else "")
