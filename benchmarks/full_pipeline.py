"""What is the whole pipeline worth beside its parts? On the bilingual shop, whose truth is known.

    python benchmarks/full_pipeline.py --work FOLDER [--seeds 7,11]     (needs the extra `boost`)

Each shop is trained on its log up to 20 September. For five weeks its home pages then are what we would have shown: the
visits of the log come as they came, the truth answers each list with clicks and purchases, and both are logged. Then
everything is trained again, with a ranker on the lists of those weeks, and the visits of the last weeks ask for lists
of every kind; the truth says how many clicks each would get. Nothing is ever trained on the truth, and nothing was
chosen on the last weeks. Writes benchmarks/results/full_pipeline.md.
"""

from __future__ import annotations

import argparse
import platform
import shutil
from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from daogou.core.clock import DAY_US, SECOND_US
from daogou.core.settings import database_url, files_folder, read_settings
from daogou.core.types import Event, EventLine, Slate
from daogou.data.demo.bilingual import seasons, simulate_slate
from daogou.data.demo.bilingual.shop import BilingualShop
from daogou.data.demo.bilingual.truth import Context
from daogou.data.lake import compact, read_dataset
from daogou.data.lake.outcomes import read_outcomes, read_served, read_taken
from daogou.data.lake.seen import read_seen
from daogou.data.store import ServedItem, ServedSlate, open_store
from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from daogou.learn.evaluation.served_places import places
from daogou.learn.online import ONLINE
from daogou.learn.training.circumstances import Known
from daogou.learn.training.shown import CIRCUMSTANCES, Shown
from daogou.learn.training.train import train_release
from known_truth import CUT_US, opened, paired, prepared, trained, world

WEEKS = 5
SECOND_CUT_US = CUT_US + WEEKS * 7 * DAY_US
LIMIT = 8
N_VISITS = 1_500
NEW_DAYS = 30
RESULTS = Path(__file__).parent / "results" / "full_pipeline.md"
HOME = {"retrievers": {"personal": 1.0}}
FULL = {**HOME, "ranker": "clicks"}
RANKERS = {"rankers": {"clicks": {"recipe": "boosted", "settings": {"trees": 300}}}}
SINGLE = ("ease", "item_knn", "content", "popularity", "repeat")


@dataclass
class Shopping:
    """Who bought what when, as the truth wants to know it."""

    bought: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def of(self, user: int, now_us: int) -> tuple[tuple[int, float], ...]:
        return tuple((item, (now_us - at_us) / DAY_US) for item, at_us in self.bought[user] if at_us < now_us)


def shopping_of(made: BilingualShop, until_us: int) -> Shopping:
    found = Shopping()
    numbers = {one: number for number, one in enumerate(made.truth.item_ids)}
    users = {one: number for number, one in enumerate(made.truth.user_ids)}
    from datetime import datetime

    for row in made.events:
        at_us = int(datetime.fromisoformat(row["timestamp"]).timestamp() * 1_000_000)
        if at_us >= until_us:
            break
        if row["event_name"] == "purchase" and row.get("user_id") in users:
            for line in row["items"]:
                found.bought[users[row["user_id"]]].append((numbers[line["item_id"]], at_us))
    return found


def moment(made: BilingualShop, visit: int, shopping: Shopping) -> Context:
    """What the truth wants to know of a visit."""
    visits = made.events.visits
    return Context(
        int(visits.day[visit]), int(visits.hour[visit]), int(visits.weather[visit]), int(visits.store[visit]),
        int(visits.device[visit]), bought=shopping.of(int(visits.user[visit]), int(visits.at_us[visit])),
    )  # fmt: skip


def question(made: BilingualShop, visit: int, placement: str = "home_for_you") -> RecommendRequest:
    visits = made.events.visits
    said = {
        "store_id": seasons.STORES[visits.store[visit]], "device": seasons.DEVICES[visits.device[visit]],
        "weather": seasons.WEATHERS[visits.weather[visit]],
    }  # fmt: skip
    return RecommendRequest(placement, made.truth.user_ids[visits.user[visit]], limit=LIMIT, context=said)


def known_visits(made: BilingualShop, from_us: int, before_us: int) -> np.ndarray:
    visits = made.events.visits
    within = (visits.at_us >= from_us) & (visits.at_us < before_us)
    chosen = np.flatnonzero(within & visits.is_known & ~made.events.is_denied[visits.user])
    return chosen[np.argsort(visits.at_us[chosen], kind="stable")]


def live(made: BilingualShop, folder: Path, seed: int) -> Shopping:
    """Five weeks of home pages as we would have shown them."""
    random = np.random.default_rng(seed)
    shopping = shopping_of(made, CUT_US)
    now = [CUT_US]
    shop = opened(folder, lambda: now[0], placements={"home_for_you": HOME}, **RANKERS)
    for visit in known_visits(made, CUT_US, SECOND_CUT_US).tolist():
        now[0] = int(made.events.visits.at_us[visit])
        user = int(made.events.visits.user[visit])
        asked = question(made, visit)
        slate = recommend(shop, asked)
        items = made.truth.item_numbers([one.item_id for one in slate.items])
        outcome = simulate_slate(made.truth, user, items, moment(made, visit, shopping), random)
        keep(shop, slate, asked, now[0], outcome.clicked, outcome.purchased)
        shopping.bought[user] += [(int(item), now[0]) for item in items[outcome.purchased]]
    shop.close()
    return shopping


def keep(shop: Shop, slate: Slate, asked: RecommendRequest, now_us: int, clicked: Any, purchased: Any) -> None:
    """Log the list and what came of it, as the server and the page would."""
    person = f"u:{asked.user_id}" if slate.is_personalized else None
    served = tuple(ServedItem(one.item_id, one.position, None, one.source) for one in slate.items)
    name = slate.recommendation_id
    shop.store.log_slates([ServedSlate(name, slate.placement, now_us, person, served, slate.seen)])
    events = []
    for place, one in enumerate(slate.items):
        names = ["impression"]
        names += ["select_item", "view_item"] if clicked[place] else []
        names += ["add_to_cart", "purchase"] if purchased[place] else []
        for step, kind in enumerate(names):
            at_us = now_us + (step * 40 + place + 1) * SECOND_US
            line = EventLine(one.item_id, position=one.position)
            events.append(
                Event(
                    f"{name}-{place}-{kind}",
                    kind,
                    at_us,
                    (line,),
                    user_id=asked.user_id,
                    recommendation_id=name,
                    placement=slate.placement,
                    context=dict(asked.context),
                )
            )
    shop.store.append(events)


def train_again(folder: Path, now_us: int, rankers: Mapping[str, Any] = RANKERS) -> None:
    settings = read_settings(folder, rankers)
    files = files_folder(settings, folder)
    with closing(open_store(database_url(settings, folder))) as store:
        compact(store, files, timezone=settings.shop.timezone)
        outcomes = read_outcomes(store, files)
        items = list(store.all_items())
        seen = read_seen(store, [one.id for one in items], ONLINE, CIRCUMSTANCES)
        counted = places(outcomes, read_served(store), 7 * DAY_US, ())
        ours = counted.filter(counted["recommendation_id"].is_in(seen["recommendation_id"].unique().to_list()))
        shown = Shown.of(ours, outcomes, {one.id: one for one in items}, seen)
        known = Known(read_taken(store, files), list(store.all_users()))
        dataset = read_dataset(store, files)
        train_release(dataset, settings, files / "models", now_us=now_us, taken=known, shown=shown)


def judged(made: BilingualShop, folder: Path, shopping: Shopping) -> dict[str, Any]:
    """Expected clicks, variety, coverage and new items of every kind of list, visit by visit."""
    now = [SECOND_CUT_US]
    plain = {"learned": False}
    kinds: dict[str, Shop] = {
        "full pipeline": opened(folder, lambda: now[0], placements={"home_for_you": FULL}, **RANKERS),
        "without the ranker": opened(folder, lambda: now[0], placements={"home_for_you": HOME}),
        "without ranker and context": opened(folder, lambda: now[0], context=plain, placements={"home_for_you": HOME}),
    }
    for name in SINGLE:
        shop = kinds[f"{name} alone"] = opened(folder, lambda: now[0], context=plain, placements={"home_for_you": HOME})
        shop.weights = {rule: {name: 1.0} for rule in shop.weights}
    visits = known_visits(made, SECOND_CUT_US, int(made.events.visits.at_us.max()) + 1)
    chosen = np.sort(np.random.default_rng(0).choice(visits, min(N_VISITS, len(visits)), replace=False))
    chosen = chosen[np.argsort(made.events.visits.at_us[chosen], kind="stable")]
    clicks: dict[str, list[float]] = defaultdict(list)
    variety: dict[str, list[float]] = defaultdict(list)
    covered: dict[str, set[int]] = defaultdict(set)
    fresh: dict[str, list[float]] = defaultdict(list)
    for visit in chosen.tolist():
        now[0] = int(made.events.visits.at_us[visit])
        user, at = int(made.events.visits.user[visit]), moment(made, visit, shopping)
        asked = {name: (shop, question(made, visit)) for name, shop in kinds.items()}
        asked["trending"] = (kinds["without ranker and context"], question(made, visit, "trending"))
        for name, (shop, request) in asked.items():
            items = made.truth.item_numbers([one.item_id for one in recommend(shop, request).items])
            clicks[name].append(float(made.truth.click_probability(user, items, at).sum()))
            types = made.truth.item_type[items]
            variety[name].append(
                float((types[:, None] != types[None, :]).sum() / max(len(items) * (len(items) - 1), 1))
            )
            covered[name].update(items.tolist())
            fresh[name].append(float((at.day - made.truth.item_created_day[items] < NEW_DAYS).mean()))
    for shop in kinds.values():
        shop.close()
    info = opened(folder, lambda: now[0])
    quality = info.release.info["rankers"]["clicks"]["quality"]  # type: ignore[union-attr]
    info.close()
    return {
        "clicks": {name: np.array(values) for name, values in clicks.items()},
        "user": made.events.visits.user[chosen],
        "variety": {name: float(np.mean(values)) for name, values in variety.items()},
        "covered": {name: len(values) for name, values in covered.items()},
        "fresh": {name: float(np.mean(values)) for name, values in fresh.items()},
        "ranker": quality,
    }


def section(seed: int, found: dict[str, Any]) -> list[str]:
    clicks, user = found["clicks"], found["user"]
    best = max((name for name in clicks if name.endswith("alone")), key=lambda name: clicks[name].mean())
    full = clicks["full pipeline"]
    lines = [
        f"## Seed {seed}",
        "",
        f"The ranker, on the newest fifth of the lists it learned from: AUC {found['ranker']['auc']:.3f}, calibration "
        f"error {found['ranker']['ece']:.3f}, {found['ranker']['n_hits']:,} of {found['ranker']['n_shown']:,} places "
        "clicked.",
        "",
        "| list | clicks per list | full pipeline against it | different product types | items shown | new items |",
        "|---|---|---|---|---|---|",
    ]
    for name in sorted(clicks, key=lambda one: -clicks[one].mean()):
        mean, low, high = paired(full - clicks[name], user)
        base = clicks[name].mean()
        against = "" if name == "full pipeline" else f"{mean / base:+.1%} ({low / base:+.1%} to {high / base:+.1%})"
        lines.append(
            f"| {name} | {base:.3f} | {against} | {found['variety'][name]:.2f} | {found['covered'][name]:,} "
            f"| {found['fresh'][name]:.1%} |"
        )
    asked = [("trending", 1.3), (best, 1.1)]
    for name, least in asked:
        ratio = full.mean() / clicks[name].mean()
        _, low, _ = paired(full - least * clicks[name], user)
        met = "met" if ratio >= least else "MISSED"
        lines += [
            "",
            f"Against {name}: {ratio:.2f} ×, asked {least} × ({met}; interval of the difference from {low:+.3f}).",
        ]
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, required=True, help="where the shops are made")
    parser.add_argument("--seeds", default="7,11")
    given = parser.parse_args()
    lines = [
        "# What the whole pipeline is worth",
        "",
        f"Command: `python benchmarks/full_pipeline.py --work FOLDER --seeds {given.seeds}`; bilingual shop (simulated,"
        f" 3,200 items, 2,000 shoppers), {WEEKS} weeks of home pages answered by the truth, then {N_VISITS:,} later "
        f"visits of logged-in shoppers; lists of {LIMIT}; {platform.machine()}, {platform.system()}.",
        "",
        "Clicks per list are expected ones, by the truth that made the log, what each shopper has bought included. "
        "Intervals: 95 %, paired bootstrap over shoppers. Different product types: share of pairs within a list. Items "
        f"shown: different ones over all lists. New items: share of places with items of the last {NEW_DAYS} days.",
    ]
    for seed in map(int, given.seeds.split(",")):
        made = world(seed)
        folder = given.work / f"pipeline{seed}"
        shutil.rmtree(folder, ignore_errors=True)
        trained(prepared(made, folder))
        shopping = live(made, folder, seed)
        train_again(folder, SECOND_CUT_US)
        lines += ["", *section(seed, judged(made, folder, shopping))]
        print("\n".join(lines), flush=True)
        RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
