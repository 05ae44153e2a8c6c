"""The few large figures at the head of the report."""

from __future__ import annotations

from typing import Any

from daogou.learn.evaluation.findings import BASELINE, foremost
from daogou.learn.evaluation.result import Evaluation
from daogou.learn.evaluation.served import Served
from daogou.learn.evaluation.words import word


def model_tiles(evaluation: Evaluation) -> list[dict[str, Any]]:
    """How many shoppers find something, and how much of the catalogue is shown."""
    k, model = max(evaluation.setup.ks), foremost(evaluation)
    hit = model.metrics[f"hit_rate@{k}"]
    values = {"k": k, "low": f"{hit.low:.0%}", "high": f"{hit.high:.0%}"}
    names = [one.name for one in evaluation.models]
    if BASELINE in names and model.name != BASELINE:
        other = evaluation.model(BASELINE).metrics[f"hit_rate@{k}"].mean
        note = word("tile_hit_note_against", other=f"{other:.0%}", **values)
    else:
        note = word("tile_hit_note", **values)
    tiles = [{"what": word("tile_hit"), "figure": f"{hit.mean:.0%}", "note": note}]
    coverage = model.beyond.get(f"coverage@{k}")
    if coverage is not None:
        note = word("tile_coverage_note", n=f"{evaluation.setup.n_items:,}", k=k)
        tiles.append({"what": word("tile_coverage"), "figure": f"{coverage:.0%}", "note": note})
    return tiles


def served_tiles(served: Served) -> list[dict[str, Any]]:
    """Clicks of what was seen, and purchases of what was clicked."""
    whole = served.whole
    ctr, bought = whole.rates["ctr"], whole.rates.get("purchase_per_click")
    shown = word("seen" if served.has_impressions else "sent")
    values = {"n": f"{whole.n_places:,}", "shown": shown, "low": f"{ctr.low:.1%}", "high": f"{ctr.high:.1%}"}
    tiles = [{"what": word("tile_ctr"), "figure": f"{ctr.mean:.1%}", "note": word("tile_ctr_note", **values)}]
    if bought is not None:
        clicks, days = f"{whole.counts['was_clicked']:,}", f"{served.window_days:g}"
        note = word("tile_bought_note", n=clicks, days=days, low=f"{bought.low:.1%}", high=f"{bought.high:.1%}")
        tiles.append({"what": word("tile_bought"), "figure": f"{bought.mean:.1%}", "note": note})
    return tiles
