"""Items first seen in the test part of UCI Online Retail, by two protocols: among themselves, in the whole catalogue.

Read by cold_items.py, which writes what is found here into benchmarks/results/cold_items.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from daogou.core.settings import HistorySettings, PlacementSettings
from daogou.core.types import Item, Query
from daogou.data.dataset import Dataset
from daogou.decide.catalogue import Catalogue
from daogou.decide.eligibility import Visit
from daogou.decide.pool import Pool, top
from daogou.decide.rerank.newcomers import placed, widened
from daogou.learn.evaluation.protocols import Split
from daogou.learn.evaluation.result import Repeats
from daogou.learn.evaluation.task import Task, make_task
from daogou.learn.models import recipe
from daogou.learn.training.cold import untaken
from daogou.learn.training.measured import BOTH, Measured
from daogou.learn.training.mix import Blend

K, DRAWS, PLACED_DRAWS = 20, 20, 5
ASKED = 3.0
SHARES = (0.1, 0.3, 0.5)
POOL = 200


@dataclass(frozen=True)
class Part:
    """A period asked about: the shoppers with a past who took an item in it that no known shopper had taken before.

    is_new    (n_items,) items that no known shopper took before
    is_unseen (n_items,) those among them that stand in no order at all before, also of unknown shoppers
    wanted    (n, n_items) which new items they took
    queries   (n,) all of their past; owned (n, n_items) what they took in it
    category  (n_items,) number of the item's category path; taken (n_categories,) purchases in it before
    """

    known: Dataset
    now_us: int
    is_new: np.ndarray
    is_unseen: np.ndarray
    wanted: np.ndarray
    queries: Sequence[Query]
    owned: np.ndarray
    category: np.ndarray
    taken: np.ndarray

    @classmethod
    def of(cls, known: Dataset, later: Dataset, now_us: int) -> Part:
        task = everybody(known, later, now_us, "counted", None)
        is_new = untaken(known)
        wanted = (task.relevant.toarray() > 0) & is_new
        rows = np.flatnonzero(wanted.any(axis=1))
        paths = [" > ".join(one.categories[0]) if one.categories else "" for one in known.items]
        category = np.unique(paths, return_inverse=True)[1]
        taken = np.bincount(category[known.item], minlength=category.max() + 1).astype(float)
        in_orders = np.asarray(known.baskets.sum(axis=0)).ravel() > 0
        queries = [task.queries[row] for row in rows.tolist()]
        owned = task.owned[rows].toarray() > 0
        return cls(known, now_us, is_new, is_new & ~in_orders, wanted[rows], queries, owned, category, taken)

    def own(self) -> np.ndarray:
        """(n, n_items) how many items of its category the shopper took before."""
        counts = [np.bincount(self.category[query.history], minlength=len(self.taken)) for query in self.queries]
        return np.array(counts, float)[:, self.category]

    def per_item(self) -> np.ndarray:
        """(n_items,) purchases in its category, per item of it that was taken."""
        items = np.bincount(self.category[~self.is_new], minlength=len(self.taken))
        return (self.taken / np.maximum(items, 1))[self.category]


def everybody(
    known: Dataset, later: Dataset, now_us: int, repeats: Repeats, history: HistorySettings | None, most: int = 10**9
) -> Task:
    """Shoppers with a past and a target."""
    return make_task(
        known, later, repeats=repeats, now_us=now_us, history=history, max_users=most, with_history_only=True, seed=0
    )


def recall(scores: np.ndarray, wanted: np.ndarray) -> float:
    """Recall@20, mean over shoppers; what scores -inf is no candidate."""
    best = np.argsort(-scores, axis=1, kind="stable")[:, :K]
    found = np.take_along_axis(wanted, best, axis=1) & np.isfinite(np.take_along_axis(scores, best, axis=1))
    return float((found.sum(axis=1) / wanted.sum(axis=1)).mean())


def by_chance_where_equal(values: np.ndarray, wanted: np.ndarray, barred: np.ndarray | None = None) -> float:
    """The same for whole numbers with many ties: mean over draws of their order."""
    random = np.random.default_rng(0)
    found = []
    for _ in range(DRAWS):
        scores = values + 1e-3 * random.random(wanted.shape)
        if barred is not None:
            scores[barred] = -np.inf
        found.append(recall(scores, wanted))
    return float(np.mean(found))


def first_seen(split: Split, measured: Measured, history: HistorySettings) -> list[str]:
    """Both protocols on the test part, and on October what needs no weights from October."""
    october = Part.of(split.train, split.validation, split.cuts[0])
    november = Part.of(split.known, split.test, split.cuts[1])
    early = recipe("content").fit(split.train)
    parts = (("November–December (test)", november, measured.models["content"]), ("October", october, early))
    lines = [
        "## Items first seen in the test part",
        "",
        f"Asked: Recall@{K} at least {ASKED:g} × that of the popularity of the item's category. There are two usual "
        "protocols; both are here. An item is new where no known shopper took it before the period begins; orders of "
        "unknown shoppers may hold it, and the second group leaves those out as well. Shoppers: those with a past who "
        "took a new item in the period; targets: the new items they took. Everything is fitted on what came before the "
        "period. Popularity of the category: purchases in it before; per item of it: divided by its items that "
        f"somebody took. Ties by chance, mean of {DRAWS} draws. Asked with all of the past. Nothing was chosen on "
        "November and December; October is beside it to tell how far the ratio is luck of the period.",
        "",
        "### Candidates: new items only",
        "",
        "| period | candidates | shoppers | popularity of its category | the same per item of it "
        "| shopper's purchases in it | content | content to popularity of its category | to the same per item |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, part, content in parts:
        scores = content.score_batch(part.queries)
        lines += [_alone(name, part, scores, part.is_new, "no known shopper took")]
        lines += [_alone(name, part, scores, part.is_unseen, "in no order at all")]
    lines += ["", *_whole(parts, split, measured, history)]
    return lines


def _alone(name: str, part: Part, scores: np.ndarray, candidates: np.ndarray, label: str) -> str:
    wanted = part.wanted[:, candidates]
    rows = np.flatnonzero(wanted.any(axis=1))
    wanted = wanted[rows]
    popular = by_chance_where_equal(part.taken[part.category][candidates], wanted)
    per_item = by_chance_where_equal(part.per_item()[candidates], wanted)
    own = by_chance_where_equal(part.own()[rows][:, candidates], wanted)
    ours = recall(scores[rows][:, candidates], wanted)
    return (
        f"| {name} | {candidates.sum()} {label} | {len(rows)} | {popular:.4f} | {per_item:.4f} | {own:.4f} "
        f"| {ours:.4f} | {_verdict(ours, popular)} | {_verdict(ours, per_item)} |"
    )


def _verdict(ours: float, baseline: float) -> str:
    """A cell: how many times the baseline, and whether that is what was asked."""
    if ours <= 0:
        return "0, MISSED"
    if baseline <= 0:
        return "baseline finds none: met, but says little"
    return f"{ours / baseline:.1f} ×, {'met' if ours >= ASKED * baseline else 'MISSED'}"


def _whole(
    parts: Sequence[tuple[str, Part, Any]], split: Split, measured: Measured, history: HistorySettings
) -> list[str]:
    n_items = split.known.n_items
    lines = [
        f"### Candidates: the whole catalogue of {n_items:,} items",
        "",
        f"The new items compete with all others for {K} places; `excluded` bars what the shopper bought before, "
        "`counted` bars nothing. The baseline gives every item, new or not, the popularity of its category. The blend "
        "is asked with the past as the shop asks it; its weights are those of October. `new_items` is the placement "
        "setting, with items in no order yet taken as listed at the moment of asking; it also shows new items that "
        f"somebody took already; {PLACED_DRAWS} draws. Places: mean share of the list that items nobody took fill.",
        "",
        f"| period | lists | by | Recall@{K} of new items | places | to popularity of its category "
        "| to the same per item |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, part, content in parts:
        for repeats in BOTH:
            barred = part.owned if repeats == "excluded" else np.zeros_like(part.owned)
            popular = by_chance_where_equal(part.taken[part.category], part.wanted, barred)
            per_item = by_chance_where_equal(part.per_item(), part.wanted, barred)
            rows: list[tuple[str, float, float | None]] = [
                ("popularity of its category", popular, None),
                ("the same per item of it", per_item, None),
                ("shopper's purchases in its category", by_chance_where_equal(part.own(), part.wanted, barred), None),
            ]
            scores = np.where(barred, -np.inf, content.score_batch(part.queries))
            rows.append(("content", recall(scores, part.wanted), _filled(scores, part.is_new)))
            if part.known is split.known:
                rows += _listed(part, split, measured, repeats, history, barred)
            for by, found, filled in rows:
                places = "" if filled is None else f"{filled:.4f}"
                verdict = "|" if filled is None else f"{_verdict(found, popular)} | {_verdict(found, per_item)}"
                lines.append(f"| {name} | {repeats} | {by} | {found:.4f} | {places} | {verdict} |")
    lines += ["", *_cost(parts[0][1], split, measured, history)]
    return lines


def _filled(scores: np.ndarray, is_new: np.ndarray) -> float:
    best = np.argsort(-scores, axis=1, kind="stable")[:, :K]
    return float(is_new[best].mean())


def _listed(
    part: Part, split: Split, measured: Measured, repeats: Repeats, history: HistorySettings, barred: np.ndarray
) -> list[tuple[str, float, float | None]]:
    """The shipped blend, and what the placement setting `new_items` makes of its lists."""
    task = everybody(split.known, split.test, part.now_us, "counted", history)
    rows = np.flatnonzero(((task.relevant.toarray() > 0) & part.is_new).any(axis=1))
    blend = Blend(measured.models, measured.mixes[repeats], part.is_new)
    scores = np.where(barred, -np.inf, blend.score_batch([task.queries[row] for row in rows.tolist()]))
    found: list[tuple[str, float, float | None]] = [
        ("blend as shipped", recall(scores, part.wanted), _filled(scores, part.is_new))
    ]
    for share in SHARES:
        drawn = [_kept_places(part, scores, share, draw) for draw in range(PLACED_DRAWS)]
        label = f"blend, `new_items` share {share:g}"
        found.append(
            (
                label,
                float(np.mean([recall(one, part.wanted) for one in drawn])),
                float(np.mean([_filled(one, part.is_new) for one in drawn])),
            )
        )
    return found


def _kept_places(part: Part, scores: np.ndarray, share: float, draw: int) -> np.ndarray:
    """(n, n_items) the scores after the placement kept places for new items, as a decision keeps them."""
    catalogue = listed(part.known.items, part.now_us)
    plan = PlacementSettings.model_validate(
        {"retrievers": {"personal": 1.0}, "limit": K, "max_per_category": None, "new_items": {"share": share}}
    )
    asked = SimpleNamespace(catalogue=catalogue, now_us=part.now_us, settings=SimpleNamespace(seed=draw))
    visit = Visit(part.now_us)
    lifted = np.full(scores.shape, -np.inf, np.float32)
    for row, own in enumerate(scores.astype(np.float32)):
        offered = np.where(np.isfinite(own), own, 0).astype(np.float32)
        pool: Pool = widened(plan, top(offered, POOL), catalogue, offered, visit, K)
        factors, _ = placed(plan, pool, pool.scores, cast(Any, asked), [str(row)], K)
        lifted[row, pool.numbers] = pool.scores * factors
    return lifted


def listed(items: Sequence[Item], now_us: int) -> Catalogue:
    """The catalogue at that moment: all in stock, and what came later listed just now."""
    shown = [
        replace(one, availability="in_stock", created_at_us=min(one.created_at_us or now_us, now_us)) for one in items
    ]
    store = SimpleNamespace(catalogue_revision=lambda: 1, items_since=lambda revision: (1, shown))
    return Catalogue(cast(Any, store))


def _cost(part: Part, split: Split, measured: Measured, history: HistorySettings) -> list[str]:
    """What places for new items cost the lists of everybody."""
    lines = [
        f"What these places cost: NDCG@{K} of at most 2,000 shoppers with a past and any target from November on.",
        "",
        "| lists | blend as shipped | " + " | ".join(f"share {share:g}" for share in SHARES) + " |",
        "|---|---|" + "---|" * len(SHARES),
    ]
    for repeats in BOTH:
        task = everybody(split.known, split.test, part.now_us, repeats, history, 2_000)
        scores = Blend(measured.models, measured.mixes[repeats], part.is_new).score_batch(task.queries)
        if repeats == "excluded":
            scores[task.owned.nonzero()] = -np.inf
        relevant = task.relevant.toarray() > 0
        cells = [_ndcg(scores, relevant), *(_ndcg(_kept_places(part, scores, one, 0), relevant) for one in SHARES)]
        lines.append(f"| {repeats} | " + " | ".join(f"{cell:.4f}" for cell in cells) + " |")
    return lines


def _ndcg(scores: np.ndarray, wanted: np.ndarray) -> float:
    best = np.argsort(-scores, axis=1, kind="stable")[:, :K]
    discount = 1 / np.log2(np.arange(K) + 2)
    ideal = np.cumsum(discount)[np.minimum(wanted.sum(axis=1), K) - 1]
    return float(((np.take_along_axis(wanted, best, axis=1) * discount).sum(axis=1) / ideal).mean())
