"""Learn from what was taken in which circumstances how much each circumstance lifts each item.

Items fall into groups. What is taken in a circumstance is Poisson around what its groups usually get times a factor
per circumstance and group, and the factor is Gamma around 1, so that few takings move it little (Clayton and Kaldor,
Biometrics 1987; the Gamma's strength by the likelihood of all counts). The factors of several circumstances multiply
and are fitted in turns, each to what the others leave (as in iterative proportional fitting). In its group an item
may differ by a factor of its own, fitted the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from daogou.core.types import F64, I32, I64, Bools

SWEEPS = 3
STRENGTHS = (3.0, 10.0, 30.0, 100.0, 300.0, 1_000.0, 3_000.0, 10_000.0, 100_000.0)
MOST = 3.0
"""No circumstance multiplies an item by more than this, or by less than its inverse."""


@dataclass(frozen=True, eq=False)
class Takings:
    """What was taken in which circumstances.

    codes   (n, n_dimensions) place of the circumstance in `values` of its dimension, -1 where unknown
    item    (n,)
    group   (n_items,) of each item
    names, values  of the dimensions
    by_item        names of the dimensions in which items may differ from their group
    """

    codes: I32
    item: I32
    group: I32
    n_groups: int
    names: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    by_item: frozenset[str]

    def __len__(self) -> int:
        return len(self.item)

    def only(self, rows: Bools) -> Takings:
        """The chosen rows."""
        return Takings(
            self.codes[rows], self.item[rows], self.group, self.n_groups, self.names, self.values, self.by_item
        )


@dataclass(frozen=True, eq=False)
class Cells:
    """The different circumstances of some takings.

    codes  (n_cells, n_dimensions)
    of     (n,) cell of each taking
    n      (n_cells,) takings
    """

    codes: I32
    of: I64
    n: F64

    @classmethod
    def among(cls, codes: I32) -> Cells:
        found, of, n = np.unique(codes, axis=0, return_inverse=True, return_counts=True)
        return cls(found.astype(np.int32), of.reshape(-1).astype(np.int64), n.astype(np.float64))


@dataclass(frozen=True, eq=False)
class Factors:
    """groups, items  per dimension (n_values, n_groups) and (n_values, n_items): logarithms of factors
    usual_group, usual_item  (n_groups,) and (n_items,) shares of what is taken whatever the circumstances
    """

    groups: Sequence[F64]
    items: Sequence[F64]
    usual_group: F64
    usual_item: F64


def fit_factors(taken: Takings) -> Factors:
    """The factors of every dimension, not yet weighted."""
    n_items = len(taken.group)
    cells = Cells.among(taken.codes)
    usual_item = np.bincount(taken.item, minlength=n_items) + 0.1
    usual_group = np.bincount(taken.group, usual_item, taken.n_groups) + 1e-9
    usual = usual_group / usual_group.sum()
    n_of = [_counted(taken, taken.group[taken.item], taken.n_groups, place) for place in range(len(taken.names))]
    logs = [np.zeros(one.shape) for one in n_of]
    rate = np.tile(np.log(usual), (len(cells.n), 1))
    for _ in range(SWEEPS):
        for place, n in enumerate(n_of):
            rate -= _spread(logs[place], cells.codes[:, place])
            full = rate + _spread(logs[place], cells.codes[:, place])
            expected = _summed(np.exp(rate - _log_sums(full)) * cells.n[:, None], cells.codes[:, place], len(n))
            logs[place] = np.log(shrunk(n, expected))
            rate += _spread(logs[place], cells.codes[:, place])
    modelled = np.exp(rate - _log_sums(rate)) * cells.n[:, None]
    share = usual_item / usual_group[taken.group]
    items = [np.zeros((len(one), n_items)) for one in taken.values]
    for place, name in enumerate(taken.names):
        if name in taken.by_item:
            of_group = _summed(modelled, cells.codes[:, place], len(taken.values[place]))
            n = _counted(taken, taken.item, n_items, place)
            items[place] = np.log(shrunk(n, of_group[:, taken.group] * share))
    return Factors(logs, items, usual, share)


def shrunk(n: F64, expected: F64) -> F64:
    """(n + a) / (expected + a), with the a under which all these counts are likeliest; between 1 / MOST and MOST."""
    seen = expected > 0
    found = max(STRENGTHS, key=lambda strength: _likelihood(n[seen], expected[seen], strength))
    return np.asarray(np.clip((n + found) / (expected + found), 1 / MOST, MOST), np.float64)


def _likelihood(n: F64, expected: F64, strength: float) -> float:
    """Of counts around a Gamma(strength, strength) times what is expected: negative binomial, up to a constant."""
    both = strength + expected
    told = gammaln(n + strength) - gammaln(strength) + strength * np.log(strength / both) + n * np.log(expected / both)
    return float(told.sum())


def _counted(taken: Takings, columns: I32, n_columns: int, place: int) -> F64:
    """(n_values, n_columns) takings by circumstance and group, or item."""
    n_values, codes = len(taken.values[place]), taken.codes[:, place]
    known = codes >= 0
    flat = codes[known].astype(np.int64) * n_columns + columns[known]
    return np.bincount(flat, minlength=n_values * n_columns).reshape(n_values, n_columns).astype(np.float64)


def _spread(logs: F64, codes: I32) -> F64:
    """(n_cells, n_columns) the dimension's part of each cell; 0 where the circumstance is unknown."""
    padded = np.concatenate([logs, np.zeros((1, logs.shape[1]))])
    return np.asarray(padded[codes], np.float64)


def _summed(cells: F64, codes: I32, n_values: int) -> F64:
    """(n_values, n_columns) cells added up by circumstance."""
    total = np.zeros((n_values + 1, cells.shape[1]))
    np.add.at(total, codes, cells)
    return total[:n_values]


def _log_sums(rate: F64) -> F64:
    """(n_cells, 1)"""
    return np.asarray(np.log(np.exp(rate).sum(axis=1, keepdims=True)), np.float64)
