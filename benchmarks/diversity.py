"""What variety, brand caps and places for new items cost and bring, in a shop whose truth is known.

    python benchmarks/diversity.py [WORK_FOLDER]

Every shopper of the bilingual shop with at least three items seen gets the list `home_for_you` would show, once for
each setting, from one and the same pool. Clicks are expected ones, from the shop's true choice probabilities.
"""

from __future__ import annotations

import platform
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.clock import DAY_US, standing_clock
from daogou.core.settings import PlacementSettings
from daogou.data.demo.bilingual.shop import BilingualShop
from daogou.decide.pool import Pool
from daogou.decide.request import RecommendRequest
from daogou.decide.rerank import rerank, widened
from daogou.decide.rerank.newcomers import are_new
from daogou.decide.rules.apply import arranged
from daogou.decide.rules.ruling import NO_RULING
from daogou.decide.shop import Shop
from daogou.decide.trace import Trace, trace
from daogou.learn.metrics.diversity import intra_list_distance
from known_truth import CUT_US, opened, paired, prepared, trained, world

SEED, LIMIT, FEWEST, DAYS = 7, 8, 3, 30
RESULTS = Path(__file__).parent / "results" / "diversity.md"

PLANS: dict[str, dict[str, Any]] = {
    "by score alone": {},
    **{f"mmr, strength {s}": {"diversity": {"method": "mmr", "strength": s}} for s in (0.0, 0.2, 0.4, 0.6)},
    **{f"dpp, strength {s}": {"diversity": {"method": "dpp", "strength": s}} for s in (0.0, 0.2, 0.4, 0.6)},
    "max_per_brand = 2": {"max_per_brand": 2},
    "new_items = {share = 0.1, days = 30}": {"new_items": {"share": 0.1, "days": DAYS}},
    "new_items = {share = 0.25, days = 30}": {"new_items": {"share": 0.25, "days": DAYS}},
}


@dataclass
class Lists:
    """What one setting gave: a row per shopper."""

    slates: list[list[int]] = field(default_factory=list)
    clicks: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def measure(made: BilingualShop, shop: Shop) -> dict[str, Lists]:
    """All settings for all shoppers."""
    shop.refresh()
    truth, found = made.truth, {name: Lists() for name in PLANS}
    usual = shop.settings.placements["home_for_you"]
    plans = {name: type(usual).model_validate({**usual.model_dump(), **rest}) for name, rest in PLANS.items()}
    for user_id in truth.user_ids:
        decided = trace(shop, RecommendRequest("home_for_you", user_id, limit=LIMIT))
        if len(decided.occasion.query.history) < FEWEST:
            continue
        user = truth.user_number(user_id)
        context = truth.context(CUT_US + 12 * 3_600_000_000, user)
        for name, plan in plans.items():
            slate, seconds = listed(shop, decided, plan, [f"u:{user_id}"])
            items = truth.item_numbers([shop.catalogue.items[number].id for number in slate])
            found[name].slates.append(slate)
            found[name].clicks.append(float(truth.click_probability(user, items, context).sum()))
            found[name].seconds.append(seconds)
    return found


def listed(shop: Shop, decided: Trace, plan: PlacementSettings, people: list[str]) -> tuple[list[int], float]:
    """The list as the decision makes it from this pool, and what reranking took."""
    catalogue = shop.catalogue
    pool = widened(plan, decided.pool, catalogue, decided.scores, decided.visit, LIMIT)
    started = time.perf_counter()
    made = rerank(plan, pool, decided.occasion, people, LIMIT)
    seconds = time.perf_counter() - started
    if made is not None:
        scores = pool.scores * made.factors
        order = np.argsort(-scores, kind="stable")
        pool = Pool(pool.numbers[order], scores[order])
    walked = arranged(NO_RULING, catalogue, pool.numbers, LIMIT, plan.max_per_category, [], plan.max_per_brand)
    return pool.numbers[walked.places].tolist(), seconds


def described(shop: Shop) -> csr_matrix:
    """(n_items, n_facts) 0/1: each step of the category path, the brand, the attributes."""
    numbers: dict[str, int] = {}
    rows, columns = [], []
    for row, item in enumerate(shop.catalogue.items):
        facts = [" > ".join(path[: n + 1]) for path in item.categories for n in range(len(path))]
        facts.append(f"brand {item.brand}")
        facts += [f"{name} {one}" for name, values in item.attributes.items() for one in values]
        for fact in dict.fromkeys(facts):
            rows.append(row)
            columns.append(numbers.setdefault(fact, len(numbers)))
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(shop.catalogue), len(numbers)))


def table(shop: Shop, found: dict[str, Lists]) -> list[str]:
    """One line per setting, each beside the first."""
    facts, usual = described(shop), np.array(found["by score alone"].clicks)
    new = are_new(np.arange(len(shop.catalogue), dtype=np.int32), DAYS, shop.catalogue, CUT_US)
    lines = [
        "| list | expected clicks | beside score alone (95 %) | ILD | items ever shown | "
        f"places of new items, {DAYS} days | rerank, median |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, lists in found.items():
        ranked = np.full((len(lists.slates), LIMIT), -1, np.int32)
        for row, slate in enumerate(lists.slates):
            ranked[row, : len(slate)] = slate
        clicks = np.array(lists.clicks)
        mean, low, high = paired(clicks - usual, np.arange(len(clicks)))
        shown = ranked[ranked >= 0]
        lines.append(
            f"| {name} | {clicks.mean():.3f} | {mean:+.3f} ({low:+.3f} to {high:+.3f}) | "
            f"{np.nanmean(intra_list_distance(ranked, facts)):.3f} | {len(np.unique(shown)):,} | "
            f"{new[shown].mean():.1%} | {np.median(lists.seconds) * 1e6:.0f} µs |"
        )
    return lines


def main() -> None:
    work = Path(sys.argv[1] if len(sys.argv) > 1 else "/tmp/daogou-diversity")
    made = world(SEED)
    shop = opened(trained(prepared(made, work)), standing_clock(CUT_US + DAY_US // 2))
    found = measure(made, shop)
    n_shoppers = len(found["by score alone"].slates)
    lines = [
        "# What variety costs and brings",
        "",
        f"Command: `python benchmarks/diversity.py`; {platform.machine()}, {platform.system()}. The bilingual shop "
        f"(seed {SEED}, {len(shop.catalogue):,} items) trained on its log until 20 September, placement home_for_you, "
        f"{LIMIT} places, the {n_shoppers:,} shoppers with at least {FEWEST} items seen, judged at noon of the next "
        "day by the choice probabilities that the generator uses. It is a simulation: those probabilities look at each "
        "item alone, so nobody there is ever tired of a list of one kind. Intervals by bootstrap over shoppers. ILD "
        "is the mean cosine distance between the items of a list over category steps, brand and "
        "attributes. A pool holds 96 candidates.",
        "",
        *table(shop, found),
    ]
    shop.close()
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
