"""Counters, gauges and histograms that carry the shop as their first label, so that no call can forget it.

Several shops of one process share each family; prometheus_client knows every name once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import prometheus_client
from prometheus_client import CollectorRegistry

LABEL = "shop"


@dataclass
class Families:
    """The families of one process, by name."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    known: dict[str, Any] = field(default_factory=dict)

    def of(self, shop: str) -> OfShop:
        """Where one shop's figures are kept."""
        return OfShop(self, shop)


@dataclass(frozen=True, slots=True)
class OfShop:
    """The families, seen by one shop."""

    families: Families
    shop: str

    def family(self, kind: Any, name: str, told: str, labels: Sequence[str], rest: dict[str, Any]) -> Any:
        """The family's figure of this shop, or what asks for its other labels."""
        known = self.families.known
        if name not in known:
            known[name] = kind(name, told, [LABEL, *labels], registry=self.families.registry, **rest)
        return _Labelled(known[name], self.shop) if labels else known[name].labels(self.shop)


@dataclass(frozen=True, slots=True)
class _Labelled:
    family: Any
    shop: str

    def labels(self, *values: str) -> Any:
        """The figure with these labels."""
        return self.family.labels(self.shop, *values)

    def clear(self) -> None:
        """Forget all of this shop."""
        self.family.remove_by_labels({LABEL: self.shop})


def counter(name: str, told: str, labels: Sequence[str] = (), *, registry: OfShop, **rest: Any) -> Any:
    """Counts up."""
    return registry.family(prometheus_client.Counter, name, told, labels, rest)


def gauge(name: str, told: str, labels: Sequence[str] = (), *, registry: OfShop, **rest: Any) -> Any:
    """Goes up and down."""
    return registry.family(prometheus_client.Gauge, name, told, labels, rest)


def histogram(name: str, told: str, labels: Sequence[str] = (), *, registry: OfShop, **rest: Any) -> Any:
    """Counts by size."""
    return registry.family(prometheus_client.Histogram, name, told, labels, rest)
