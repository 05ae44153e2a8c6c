"""A filter: read and compiled once, then asked of any catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from daogou.core.types import I32, Bools
from daogou.decide.filters.compile import Mask, compiled
from daogou.decide.filters.fields import NumberField, field_of
from daogou.decide.filters.parse import parse
from daogou.decide.filters.tree import Node, field_names, spelled

if TYPE_CHECKING:
    from daogou.decide.catalogue import Catalogue

MOST_KEPT = 512


@dataclass(frozen=True)
class Filter:
    """Which items pass. `str` gives the canonical spelling; two filters with one spelling are equal.

    fields  the names of all fields it asks, for example price and attributes.colour
    """

    tree: Node
    fields: frozenset[str] = field(compare=False)
    _mask: Mask = field(compare=False, repr=False)

    def __str__(self) -> str:
        return spelled(self.tree)

    @property
    def private_fields(self) -> tuple[str, ...]:
        """Those of its fields that only the shop itself may filter by."""
        return tuple(sorted(name for name in self.fields if _is_private(name)))

    def mask(self, catalogue: Catalogue, numbers: I32 | None, now_us: int) -> Bools:
        """True where the item passes.

        numbers  (n,) item numbers of the catalogue; None asks all items
        now_us   what ages are counted from
        """
        return self._mask(catalogue.columns, numbers, now_us)


@lru_cache(MOST_KEPT)
def parse_filter(text: str) -> Filter:
    """Read and compile an expression; the newest ones are kept.

    Raises InvalidFilter saying at which column it is wrong, what stands there and what was expected.
    """
    tree = parse(text)
    return Filter(tree, field_names(tree), compiled(tree))


def _is_private(name: str) -> bool:
    field = field_of(name)
    return isinstance(field, NumberField) and field.is_private
