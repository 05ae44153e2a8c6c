"""Are reasons true? Take the cited causes out of the history, and see whether the item leaves the list.

    python benchmarks/reasons.py [SHOP_FOLDER] [--simulated FOLDER [--others lr,din]]

Needs the demo shop (`make demo`). Beside it, for comparison, as many other items of the history are taken out. Other
rankers than the simulated shop's boosted trees are trained first, on the same log.
"""

from __future__ import annotations

import argparse
import platform
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

from daogou.core.settings import files_folder, read_settings
from daogou.core.types import HistoryRow
from daogou.data.lake import read_dataset
from daogou.decide.lines import Lines
from daogou.decide.past import Past
from daogou.decide.pipeline import explain, recommend
from daogou.decide.rank.stage import Stage
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from daogou.learn.training.release import current_name, read_info
from full_pipeline import FULL, HOME, RANKERS, SECOND_CUT_US, train_again

N_SHOPPERS = 400
N_TIMED, ROUNDS = 100, 5
RESULTS = Path(__file__).parent / "results" / "reasons.md"


@dataclass
class Counts:
    places: int = 0
    told: int = 0
    explained: int = 0
    cited_causes: int = 0
    dropped: int = 0
    kept: int = 0
    random_tried: int = 0
    random_dropped: int = 0
    milliseconds: list[float] = field(default_factory=list)


def measured(folder: Path, sections: Mapping[str, Any]) -> Counts:
    shop = Shop.open(folder, read_settings(folder, sections))
    dataset = read_dataset(shop.store, shop.files)
    rng = np.random.default_rng(0)
    counts = Counts()
    for number in rng.choice(dataset.n_users, min(N_SHOPPERS, dataset.n_users), replace=False):
        person = dataset.user_ids[number]
        kind, _, plain = person.partition(":")
        asked = RecommendRequest("home_for_you", plain if kind == "u" else None, plain if kind == "v" else None)
        past = shop.store.history([person], shop.settings.history.max_rows)
        for place in recommend(shop, asked).items:
            counts.places += 1
            counts.told += bool(place.reason.text)
            causes = {one.item_id for one in place.reason.evidence}
            if not causes:
                continue
            counts.explained += 1
            counts.cited_causes += len(causes)
            counts.dropped += place.item_id not in shown_without(shop, asked, past, causes)
            uncited = {row.item_id for row in past} - causes
            counts.kept += place.item_id in shown_without(shop, asked, past, uncited)
            began = time.perf_counter()
            explain(shop, asked, place.item_id)
            counts.milliseconds.append(1e3 * (time.perf_counter() - began))
            others = sorted({row.item_id for row in past} - causes)
            if len(others) >= len(causes):
                counts.random_tried += 1
                chosen = set(rng.choice(others, len(causes), replace=False).tolist())
                counts.random_dropped += place.item_id not in shown_without(shop, asked, past, chosen)
    return counts


def shown_without(shop: Shop, asked: RecommendRequest, past: list[HistoryRow], gone: set[str]) -> set[str]:
    """Ids of the list, had these items never been in the history."""
    pasts = shop.pasts
    shop.pasts = _Pasts(shop, [row for row in past if row.item_id not in gone])  # type: ignore[assignment]
    try:
        return {one.item_id for one in recommend(shop, asked).items if not one.is_filler}
    finally:
        shop.pasts = pasts


class _Pasts:
    """Another history for whoever asks."""

    def __init__(self, shop: Shop, rows: list[HistoryRow]) -> None:
        lines = Lines.of(rows, shop.catalogue.number_of)
        self._past = Past(shop.settings.history, shop.settings.objective.weights(), lines, shop.catalogue.items)

    def past(self, people: object) -> Past:
        return self._past


def row(label: str, found: Counts) -> str:
    return (
        f"| {label} | {found.places:,} | {found.told / found.places:.1%} | {found.explained / found.places:.1%} "
        f"| {found.cited_causes / found.explained:.2f} | {found.dropped / found.explained:.1%} "
        f"| {found.kept / found.explained:.1%} | {found.random_dropped / found.random_tried:.1%} "
        f"| {np.median(found.milliseconds):.1f} / {np.quantile(found.milliseconds, 0.99):.1f} |"
    )


def cost(folder: Path, sections: Mapping[str, Any]) -> str:
    """CPU time of a list with the ranker asked again for reasons, and with the blend's reasons, in turns."""
    shop = Shop.open(folder, read_settings(folder, sections))
    users = read_dataset(shop.store, shop.files).user_ids[:N_TIMED]
    asked = [RecommendRequest("home_for_you", one.removeprefix("u:")) for one in users]
    worlds = Stage.worlds
    seconds: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(ROUNDS):
        for is_checked in (True, False):
            with mock.patch.object(Stage, "worlds", worlds if is_checked else lambda *_: None):
                for one in asked:
                    recommend(shop, one)
                began = time.process_time()
                for one in asked:
                    recommend(shop, one)
                seconds[is_checked].append((time.process_time() - began) / len(asked))
    checked, plain = (1e3 * float(np.median(seconds[one])) for one in (True, False))
    return f"{checked - plain:.2f} of {checked:.2f} ms"


def ordered(folder: Path, others: list[str]) -> dict[str, dict[str, Any]]:
    """Settings by what is said of them, for every ranker; those that the release lacks are trained."""
    shelf = {**RANKERS["rankers"], **{name: {"recipe": name} for name in others}}
    models = files_folder(read_settings(folder), folder) / "models"
    release = models / "releases" / str(current_name(models))
    if not set(shelf) <= set(read_info(release).get("rankers", {})):
        train_again(folder, SECOND_CUT_US, {"rankers": shelf})
    return {
        f"the same, ordered by {shelf[name]['recipe']}": {
            "rankers": shelf, "placements": {"home_for_you": {**FULL, "ranker": name}},
        }
        for name in shelf
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shop", type=Path, nargs="?", default=Path("demo-shop/giftware"))
    parser.add_argument("--simulated", type=Path, help="a shop that full_pipeline.py left in its folder")
    parser.add_argument("--others", default="", help="recipes of further rankers, by commas")
    given = parser.parse_args()
    rows, costs = [row("gift-ware demo shop", measured(given.shop, {}))], []
    print(rows[-1], flush=True)
    if given.simulated is not None:
        rows.append(row("simulated shop", measured(given.simulated, {"placements": {"home_for_you": HOME}})))
        for label, sections in ordered(given.simulated, [one for one in given.others.split(",") if one]).items():
            rows.append(row(label, measured(given.simulated, sections)))
            costs.append(f"{label.removeprefix('the same, ordered by ')} {cost(given.simulated, sections)}")
            print(rows[-1], costs[-1], flush=True)
    lines = [
        "# Are reasons true?",
        "",
        "Command: `python benchmarks/reasons.py SHOP --simulated FOLDER --others lr`; "
        f"{N_SHOPPERS} random shoppers, placement home_for_you; {platform.machine()}, {platform.system()}.",
        "",
        "Places without cited causes say that nothing personal carries them. Gone: the item leaves the list when the "
        "cited causes are taken out of the history; kept: it stays when they are all that is left; by chance: it "
        "leaves when as many other causes are taken out. Explaining: one place, ms.",
        *(["", f"Asking the ranker again for the reasons of a list, CPU: {'; '.join(costs)}."] if costs else []),
        "",
        "| list | places | with a reason | with cited causes | causes each | gone | kept | by chance "
        "| explaining, median / p99 |",
        "|---|---|---|---|---|---|---|---|---|",
        *rows,
    ]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
