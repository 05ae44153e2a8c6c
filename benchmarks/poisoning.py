"""What do fake profiles, joined pairs and scripted sessions achieve? Writes results/poisoning.md.

python benchmarks/poisoning.py FOLDER
FOLDER/movielens-100k holds u.data.gz. The attacks (learn/trust/attacks.py and `scripted` here) know no threshold.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from daogou.core.clock import DAY_US, SECOND_US
from daogou.core.settings import TrustSettings
from daogou.core.types import I64, Event, EventLine, Query
from daogou.data.dataset import Ballot, Dataset
from daogou.data.demo import demo_shop
from daogou.data.ingest.run import import_rows
from daogou.data.lake import compact, read_dataset
from daogou.data.lake.outcomes import read_outcomes, read_served
from daogou.data.store import open_store
from daogou.data.store.store import Store
from daogou.data.trust.scan import scan
from daogou.learn.evaluation.served_places import places
from daogou.learn.models.ease import Ease
from daogou.learn.models.item_knn import ItemKnn
from daogou.learn.models.popularity import Popularity
from daogou.learn.trust.attacks import joined_pair, shilling, with_fakes
from daogou.learn.trust.bursts import Burst, bursts

RESULT = Path(__file__).parent / "results" / "poisoning.md"
TRUST = TrustSettings()
WEEK_US = 7 * DAY_US
LENGTH = 65
GRID = (5, 8, 12, 18, 25, 50, 75, 100, 150, 200, 400)
MODELS: dict[str, Callable[[Dataset], object]] = {
    "popularity": lambda d: Popularity().fit(d),
    "item_knn": lambda d: ItemKnn().fit(d),
    "ease": lambda d: Ease().fit(d),
}


@dataclass(frozen=True)
class Line:
    test: str
    case: str
    before: str
    after: str


def movies(folder: Path) -> Dataset:
    """MovieLens-100K as implicit feedback: every rating is one interaction."""
    with gzip.open(folder / "movielens-100k" / "u.data.gz") as file:
        rows = np.loadtxt(file, dtype=np.int64)
    at_us = rows[:, 3] * SECOND_US
    return Dataset.of((rows[:, 0] - 1).astype(np.int32), (rows[:, 1] - 1).astype(np.int32), at_us=at_us)


def defended(dataset: Dataset, is_trusted: bool, hold: bool = True) -> tuple[Dataset, list[Burst]]:
    """What training would learn from; fakes are the shoppers after the first 943, trusted in the worst case."""
    trusted = np.ones(dataset.n_users, bool)
    if not is_trusted:
        trusted[943:] = False
    found = bursts(dataset, window_us=WEEK_US, least_z=TRUST.burst)
    pairs = [(one.first, one.second) for one in found if one.second >= 0] if hold else []
    ballot = Ballot(
        trusted,
        np.empty(0, np.int32),
        np.array(pairs, np.int32).reshape(-1, 2),
        TRUST.pair_shoppers,
        TRUST.stranger_vote,
    )
    items = [one.first for one in found if hold and one.second < 0 and one.known < 0.5]
    newest = dataset.at_us > dataset.at_us.max() - WEEK_US
    return replace(dataset.keep(~(np.isin(dataset.item, items) & newest)), ballot=ballot), found


def hit_rate(model: object, dataset: Dataset, target: int, users: Sequence[int]) -> float:
    """Share of these users in whose first ten unknown items the target stands."""
    taken = dataset.matrix()
    scores = model.score_batch(dataset.queries(users))  # type: ignore[attr-defined]
    rows = taken[list(users)].toarray() > 0
    scores[rows] = -np.inf
    eligible = ~rows[:, target]
    above = (scores > scores[:, [target]]).sum(axis=1)
    return float(np.mean(above[eligible] < 10)) if eligible.any() else 0.0


def recall(model: object, seen: Dataset, held_out: Sequence[I64], users: Sequence[int]) -> float:
    taken = seen.matrix()
    scores = model.score_batch(seen.queries(users))  # type: ignore[attr-defined]
    scores[taken[list(users)].toarray() > 0] = -np.inf
    best = np.argsort(-scores, axis=1)[:, :10]
    return float(
        np.mean(
            [len(np.intersect1d(row, truth)) / min(10, len(truth)) for row, truth in zip(best, held_out, strict=True)]
        )
    )


def s15(data: Dataset) -> list[Line]:
    """Long-tail targets pushed by 1, 3 and 5 % fake profiles."""
    rng = np.random.default_rng(0)
    out = rng.random(data.n_interactions) < 0.2
    seen, held = data.keep(~out), data.keep(out)
    users = [int(u) for u in rng.choice(data.n_users, 400, replace=False) if (held.user == u).any()]
    truth = [np.unique(held.item[held.user == u]) for u in users]
    counts = np.asarray(seen.matrix().sum(axis=0)).ravel()
    targets = rng.choice(np.flatnonzero((counts >= 3) & (counts <= 15)), 5, replace=False)
    lines = []
    for name, fit in list(MODELS.items())[1:]:
        plain = fit(seen)
        base_hits = np.mean([hit_rate(plain, seen, int(t), users) for t in targets])
        base = recall(plain, seen, truth, users)
        for share in (0.01, 0.03, 0.05):
            for filler in ("random", "average", "bandwagon"):
                for pace in ("at once", "slow") if share == 0.05 else ("at once",):
                    rise: dict[bool, list[float]] = {False: [], True: []}
                    loss: dict[bool, list[float]] = {False: [], True: []}
                    for number, target in enumerate(targets if share != 0.03 else targets[:2]):
                        fakes = shilling(seen, int(target), round(share * 943), LENGTH, filler, pace, number)
                        attacked = with_fakes(seen, fakes)
                        for is_defended in (False, True):
                            learned = defended(attacked, True)[0] if is_defended else attacked
                            model = fit(learned)
                            rise[is_defended].append(hit_rate(model, seen, int(target), users) - base_hits)
                            loss[is_defended].append(1 - recall(model, seen, truth, users) / base)
                    told = {
                        k: f"{100 * np.mean(rise[k]):+.2f} points, loss {100 * np.mean(loss[k]):+.1f} %" for k in rise
                    }
                    lines.append(Line("S15", f"{name}, {filler}, {share:.0%}, {pace}", told[False], told[True]))
                    print(lines[-1], file=sys.stderr)
    return lines


def rank_of(dataset: Dataset, anchor: int, target: int) -> int:
    scores = ItemKnn().fit(dataset).score_all(Query(np.array([anchor], np.int32)))
    scores[anchor] = -np.inf
    return int((scores > scores[target]).sum()) if scores[target] > 0 else dataset.n_items


def needed(data: Dataset, anchor: int, target: int, make: Callable[[int], Dataset]) -> float:
    """Fewest fakes of the grid that bring the target into the anchor's first ten; infinite where none do."""
    low, high = 0, len(GRID)
    while low < high:
        middle = (low + high) // 2
        if rank_of(make(GRID[middle]), anchor, target) < 10:
            high = middle
        else:
            low = middle + 1
    return GRID[low] if low < len(GRID) else np.inf


def s16(data: Dataset) -> list[Line]:
    """Pairs of an anchor of 40 to 80 shoppers and a long-tail target."""
    rng = np.random.default_rng(1)
    counts = np.asarray(data.matrix().sum(axis=0)).ravel()
    anchors = rng.choice(np.flatnonzero((counts >= 40) & (counts <= 80)), 12, replace=False)
    targets = rng.choice(np.flatnonzero((counts >= 3) & (counts <= 15)), 12, replace=False)
    pairs = [(int(a), int(t)) for a, t in zip(anchors, targets, strict=True)]
    lines = []
    cases = [
        ("anchor and target only, strangers", 0, "at once", False, False),
        ("anchor and target only, trusted accounts, no hold", 0, "slow", True, False),
        ("anchor and target only, trusted accounts", 0, "at once", True, True),
        ("20 random items beside, trusted accounts, no hold", 20, "slow", True, False),
        ("20 random items beside, trusted accounts, slow", 20, "slow", True, True),
        ("20 random items beside, trusted accounts", 20, "at once", True, True),
    ]
    for case, padding, pace, is_trusted, hold in cases:
        plain, safe = [], []
        for number, (anchor, target) in enumerate(pairs):

            def attack(k: int) -> Dataset:
                return with_fakes(data, joined_pair(data, anchor, target, k, padding, pace, number))  # noqa: B023

            plain.append(needed(data, anchor, target, attack))
            safe.append(
                needed(data, anchor, target, lambda k: defended(attack(k), is_trusted, hold)[0])  # noqa: B023
            )
        lines.append(Line("S16", case, _median(plain), _median(safe)))
        print(lines[-1], file=sys.stderr)
    for k in (8, 12, 25):
        told = []
        for number, (anchor, target) in enumerate(pairs):
            attacked = with_fakes(data, joined_pair(data, anchor, target, k, 20, "at once", number))
            found = bursts(attacked, window_us=WEEK_US, least_z=TRUST.burst)
            named = {(one.first, one.second) for one in found}
            told.append(named & {(min(anchor, target), max(anchor, target)), (target, -1)})
        lines.append(Line("S16", f"{k} accounts at once: alarm on pair or target at the next build", "none",
                          f"{sum(map(bool, told))} of {len(pairs)}"))  # fmt: skip
    false = [one for one in bursts(data, window_us=WEEK_US, least_z=TRUST.burst) if one.second >= 0]
    lines.append(Line("S16", "pairs held without any attack", "none", f"{len(false)}"))
    return lines


def _median(found: list[float]) -> str:
    def said(value: float) -> str:
        return f"more than {GRID[-1]}" if np.isinf(value) else f"{value:g}"

    return f"{said(float(np.median(found)))} (least {said(float(np.min(found)))})"


def scripted(store: Store, n_sessions: int, seed: int) -> dict[str, set[str]]:
    """Write so many sessions of five kinds of program; returns their shoppers' keys by kind."""
    rng = np.random.default_rng(seed)
    items = [item.id for item in store.all_items()]
    pushed = [items[n] for n in rng.choice(len(items), 20, replace=False)]
    begin = next(store.iterate_events())[1].at_us
    end = begin + 300 * DAY_US
    kinds = ("crawler", "headless scraper", "day and night", "click fraud", "slow, like a person")
    made: dict[str, set[str]] = {kind: set() for kind in kinds}
    number, batch = 0, []
    for session in range(n_sessions):
        kind = kinds[session % 5]
        visitor = (
            f"farm-{session % 40}" if kind == "day and night" else f"{kind.split(',')[0].replace(' ', '-')}-{session}"
        )
        made[kind].add(f"v:{visitor}")
        at = (
            int(rng.integers(begin, end))
            if kind != "day and night"
            else begin + (session // 200) * 3600 * SECOND_US * 2
        )
        context = {"user_agent": "Mozilla/5.0 HeadlessChrome/118.0"} if kind == "headless scraper" else {}
        n = {"crawler": 30, "headless scraper": 20, "day and night": 12, "click fraud": 10}.get(kind, 5)
        slate = f"fraud-{session}"
        shown = [pushed[i] for i in rng.permutation(20)[:10]]
        if kind == "click fraud":
            lines = tuple(EventLine(one, position=place) for place, one in enumerate(shown))
            batch.append(Event(f"bot-{number}", "impression", at, lines, visitor_id=visitor, session_id=f"x{session}",
                               recommendation_id=slate, placement="home_for_you"))  # fmt: skip
            number += 1
        for step in range(n):
            at += int(SECOND_US * {
                "crawler": 1.0, "headless scraper": rng.uniform(1, 4), "day and night": rng.uniform(2, 300),
                "click fraud": rng.uniform(2, 6),
            }.get(kind, rng.exponential(60)))  # fmt: skip
            is_click = kind == "click fraud"
            item = (
                shown[step]
                if is_click
                else pushed[int(rng.integers(20))]
                if rng.random() < 0.5
                else items[int(rng.integers(len(items)))]
            )
            batch.append(Event(
                f"bot-{number}", "select_item" if is_click else "view_item", at,
                (EventLine(item, position=step if is_click else None),), visitor_id=visitor, session_id=f"x{session}",
                recommendation_id=slate if is_click else None, placement="home_for_you" if is_click else None,
                context=context,
            ))  # fmt: skip
            number += 1
        if len(batch) > 5_000:
            store.append(batch)
            batch = []
    store.append(batch)
    return made


def ctr(store: Store, files: Path) -> float:
    seen = places(read_outcomes(store, files), read_served(store), WEEK_US, ()).filter(pl_seen())
    return float(seen["was_clicked"].mean())  # type: ignore[arg-type]


def pl_seen() -> object:
    import polars as pl

    return pl.col("is_seen")


def s17(n_items: int = 0) -> list[Line]:
    """The bilingual shop with as many scripted sessions as real ones."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/shop.db")
        files = Path(folder) / "files"
        shop = demo_shop("bilingual")
        for kind, rows in (("items", shop.items), ("users", shop.users), ("events", shop.events)):
            import_rows(store, kind, rows)  # type: ignore[arg-type]
        clean = read_dataset(store, files, trust=TRUST)
        clean_ctr = ctr(store, files)
        real = scan(store, files, TRUST, 0)
        lines = [Line("S17", f"real shoppers held, of {len(real.found.shoppers):,}", "none", f"{len(real.grounds)}")]
        sessions = len({event.session_id for _, event in store.iterate_events()})
        made = scripted(store, sessions, 3)
        compact(store, files)
        loud, loud_ctr = read_dataset(store, files, trust=TRUST), ctr(store, files)
        found = scan(store, files, TRUST, 1)
        heard, heard_ctr = read_dataset(store, files, trust=TRUST), ctr(store, files)
        for kind, shoppers in made.items():
            caught = len(shoppers & set(found.grounds))
            lines.append(Line("S17", f"{kind}: shoppers held", "none", f"{caught:,} of {len(shoppers):,}"))
        everybody = set().union(*made.values())
        lines.append(Line("S17", "real shoppers held among bots", "none", f"{len(set(found.grounds) - everybody)}"))
        before, after = (f"{one:.2%}, {one / clean_ctr - 1:+.1%}" for one in (loud_ctr, heard_ctr))
        lines.append(Line("S17", f"click rate (clean {clean_ctr:.2%})", before, after))
        users = [int(u) for u in np.random.default_rng(5).choice(np.flatnonzero(np.diff(clean.starts) > 2), 300, False)]
        for name, fit in MODELS.items():
            lists = [_lists(fit(one), clean, one, users) for one in (clean, loud, heard)]
            both = [
                np.mean([len(set(a) & set(b)) / 10 for a, b in zip(lists[0], other, strict=True)])
                for other in lists[1:]
            ]
            lines.append(Line("S17", f"{name}: overlap@10 with the clean model", f"{both[0]:.1%}", f"{both[1]:.1%}"))
        store.close()
    for line in lines:
        print(line, file=sys.stderr)
    return lines


def _lists(model: object, clean: Dataset, learned: Dataset, users: Sequence[int]) -> list[list[str]]:
    """The first ten of each user by item id; histories are those of the clean log."""
    scores = model.score_batch(clean.queries(users))  # type: ignore[attr-defined]
    return [[learned.item_ids[i] for i in np.argsort(-row, kind="stable")[:10]] for row in scores]


def main() -> int:
    chosen = sys.argv[2].split(",") if len(sys.argv) > 2 else ["s15", "s16", "s17"]
    data = movies(Path(sys.argv[1]))
    parts = {"s15": lambda: s15(data), "s16": lambda: s16(data), "s17": s17}
    lines = [line for one in chosen for line in parts[one]()]
    table = "\n".join(f"| {one.test} | {one.case} | {one.before} | {one.after} |" for one in lines)
    RESULT.write_text(
        "# What attacks achieve\n\nMovieLens-100K as implicit feedback (S15, S16), the bilingual shop with as\n"
        "many scripted sessions as real ones (S17). Attackers know no threshold. S15: rise of HR@10 of long-tail\n"
        "targets over real shoppers, loss of recall@10 (below 0: a gain). S16: fewest accounts of the grid that\n"
        "bring a target into the first ten of an anchor with 40 to 80 shoppers, median and least of 12 pairs.\n\n"
        "| test | case | without defence | with defence |\n"
        f"|---|---|---|---|\n{table}\n\n`python benchmarks/poisoning.py FOLDER`, {datetime.now(UTC):%Y-%m-%d}\n",
        encoding="utf-8",
    )
    print(f"Wrote {RESULT}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
