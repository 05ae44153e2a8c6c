"""Does knowing when, where and in which weather make better lists? On the bilingual shop, whose truth is known.

    python benchmarks/context.py --work FOLDER

Each of two shops (two seeds) is trained on its log up to 20 September. Then visits of the following two months ask
for `home_for_you` at their true hour, store, device and weather, once with the learned lift and once without, and the
truth says how many clicks each list would get. The truth is never trained on. Writes benchmarks/results/context.md.
"""

from __future__ import annotations

import argparse
import platform
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from daogou.core.types import F64
from daogou.data.demo.bilingual import seasons
from daogou.data.demo.bilingual.shop import BilingualShop
from daogou.data.demo.bilingual.truth import Context
from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from known_truth import CUT_US, opened, paired, prepared, trained, world

SEEDS = (7, 11)
N_VISITS = 1_500
LIMIT = 12
RESULTS = Path(__file__).parent / "results" / "context.md"


@dataclass(frozen=True)
class Judged:
    """(n_visits,) expected clicks of the list, by kind of list; and the circumstances."""

    clicks: dict[str, F64]
    user: np.ndarray
    weather: np.ndarray
    hour: np.ndarray
    store: np.ndarray
    had_history: np.ndarray
    gains: dict[str, float]


def judge(made: BilingualShop, folder: Path) -> Judged:
    visits = made.events.visits
    later = np.flatnonzero((visits.at_us >= CUT_US) & visits.is_known & ~made.events.is_denied[visits.user])
    chosen = np.sort(np.random.default_rng(0).choice(later, min(N_VISITS, len(later)), replace=False))
    now = [CUT_US]
    aware = opened(folder, lambda: now[0])
    blind = opened(folder, lambda: now[0], context={"learned": False})
    clicks: dict[str, list[float]] = {"aware": [], "blind": [], "aware neutral": [], "blind neutral": []}
    had_history = []
    for visit in chosen.tolist():
        user = int(visits.user[visit])
        now[0] = int(visits.at_us[visit])
        at = Context(
            int(visits.day[visit]), int(visits.hour[visit]), int(visits.weather[visit]), int(visits.store[visit]),
            int(visits.device[visit]),
        )  # fmt: skip
        said = {
            "store_id": seasons.STORES[at.store], "device": seasons.DEVICES[at.device],
            "weather": seasons.WEATHERS[at.weather],
        }  # fmt: skip
        for name, shop in (("aware", aware), ("blind", blind)):
            for suffix, personalize in (("", True), (" neutral", False)):
                asked = RecommendRequest(
                    "home_for_you", made.truth.user_ids[user], limit=LIMIT, context=said, personalize=personalize
                )
                clicks[name + suffix].append(expected(made, shop, asked, user, at))
        had_history.append(bool(aware.store.history([f"u:{made.truth.user_ids[user]}"], 1)))
    assert aware.release is not None
    told = aware.release.info["lifts"]
    gains = {name: float(one["gain_nats"]) for name, one in told.items()}
    aware.close()
    blind.close()
    return Judged(
        {name: np.array(values) for name, values in clicks.items()}, visits.user[chosen], visits.weather[chosen],
        visits.hour[chosen], visits.store[chosen], np.array(had_history), gains,
    )  # fmt: skip


def expected(made: BilingualShop, shop: Shop, asked: RecommendRequest, user: int, at: Context) -> float:
    """Clicks that the truth expects of the list."""
    items = made.truth.item_numbers([one.item_id for one in recommend(shop, asked).items])
    return float(made.truth.click_probability(user, items, at).sum())


def slices(found: Judged) -> dict[str, np.ndarray]:
    """Where the truth says circumstances matter, and where it says they matter less."""
    chosen = {"all": np.ones(len(found.user), bool)}
    for number, name in enumerate(seasons.WEATHERS):
        chosen[f"weather {name}"] = found.weather == number
    parts = seasons.daypart_of(found.hour)
    for number, name in enumerate(seasons.DAYPARTS):
        chosen[f"daypart {name}"] = parts == number
    for number, name in enumerate(seasons.STORES):
        chosen[f"store {name}"] = found.store == number
    return chosen


def row(label: str, aware: F64, blind: F64, user: np.ndarray) -> str:
    mean, low, high = paired(aware - blind, user)
    base = blind.mean()
    return (
        f"| {label} | {len(blind):,} | {base:.3f} | {aware.mean():.3f} | {mean / base:+.1%} "
        f"({low / base:+.1%} to {high / base:+.1%}) |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, required=True, help="where the shops are made")
    work = parser.parse_args().work
    lines = [
        "# Does the context make better lists?",
        "",
        "Command: `python benchmarks/context.py --work FOLDER`; bilingual shop (simulated, 3,200 items, 2,000 "
        "shoppers), "
        f"trained up to 20 September, judged on {N_VISITS:,} later visits of logged-in shoppers; lists of {LIMIT}, "
        f"expected clicks by the truth that made the log; {platform.machine()}, {platform.system()}.",
        "",
        "Intervals: 95%, paired bootstrap over shoppers.",
    ]
    for seed in SEEDS:
        made = world(seed)
        found = judge(made, trained(prepared(made, work / f"shop{seed}")))
        months = Counter("history" if one else "no history" for one in found.had_history.tolist())
        lines += [
            "",
            f"## Seed {seed}",
            "",
            f"At training the lift made the newest tenth of the log likelier by {found.gains.get('context', 0):.4f} "
            f"nats per taking. {months['history']:,} of the visits are by shoppers with a past.",
            "",
            "| visits | n | clicks per list, blind | aware | difference |",
            "|---|---|---|---|---|",
        ]
        for label, rows in slices(found).items():
            if rows.sum() >= 30:
                pair = (found.clicks["aware"][rows], found.clicks["blind"][rows])
                lines.append(row(label, *pair, found.user[rows]))
        neutral = (found.clicks["aware neutral"], found.clicks["blind neutral"])
        lines.append(row("all, `personalize: false`", *neutral, found.user))
        print("\n".join(lines), flush=True)
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
