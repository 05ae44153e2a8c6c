"""Is a new release better than the serving one? Both foretell the same days, of which neither knows anything.

The serving release knows everything up to the moment it was trained, the new one also what came after: it would repeat
what it has seen. So its models are fitted once more on what the serving release knew, with the new settings and the new
mix, and both foretell what shoppers took since then. What this cannot find is harm done by the newest days themselves,
such as a flood of robots; for that the lists of both are compared, see `decide.rehearsal`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import numpy as np

from daogou.core.clock import isoformat, to_us
from daogou.core.errors import InvalidInput
from daogou.core.protocols import Model, Progress, silent
from daogou.core.settings import Settings
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.evaluate import evaluate
from daogou.learn.evaluation.protocols import target_rows
from daogou.learn.evaluation.result import Repeats
from daogou.learn.metrics.intervals import Interval
from daogou.learn.renumbered import Renumbered
from daogou.learn.training.cold import untaken
from daogou.learn.training.measured import reference_queries
from daogou.learn.training.mix import Blend
from daogou.learn.training.plan import fitting, members_of
from daogou.learn.training.release import Release
from daogou.learn.training.scales import measure, rescaled

METRIC = "ndcg@10"
NEW, SERVING = "new", "serving"
MOST_SHOPPERS = 2_000


@dataclass(frozen=True)
class Against:
    """How two releases foretold the days since the serving one was trained.

    difference  new minus serving, paired by shopper
    """

    since: str
    n_shoppers: int
    new: float
    serving: float
    difference: Interval

    def share(self, value: float) -> float:
        """A difference as a share of the serving release's figure; infinite where that is 0 and the value is not."""
        if self.serving > 0:
            return value / self.serving
        return 0.0 if value == 0 else float(np.copysign(np.inf, value))

    def to_dict(self) -> dict[str, Any]:
        return {"metric": METRIC, **asdict(self)}


def measure_against(
    serving: Release, new: Release, dataset: Dataset, settings: Settings, *, least: int, progress: Progress = silent
) -> Against | int:
    """The comparison, or how many shoppers came back where they are fewer than `least`.

    dataset  what `new` was trained on
    """
    until_us = _until(serving)
    if until_us is None:
        return 0
    known, test = dataset.between(None, until_us + 1), dataset.between(until_us + 1, None)
    rows, _ = target_rows(test)
    came_back = np.unique(test.user[rows])
    n_back = int(np.count_nonzero(np.diff(known.starts)[came_back] > 0))
    if n_back < least:
        return n_back
    repeats: Repeats = "excluded" if new.info.get("repeats") == "excluded" else "counted"
    members = [one for one in fitting(members_of(settings.models), known.n_items)[0] if one.name in new.models]
    probes = {}
    for number, member in enumerate(members):
        progress(number, len(members), f"fit {member.name} on what the serving release knew")
        probes[member.name] = member.fit(known, settings.seed)
    asked = reference_queries(known, test, settings.history, settings.seed)
    fitted = {name: new.models[name].model for name in probes}
    mix = rescaled(new.mixes[repeats], measure(fitted, asked), measure(probes, asked))
    models: Mapping[str, Model] = {
        NEW: Blend(probes, mix, untaken(known)),
        SERVING: _as_served(serving, repeats, known),
    }
    try:
        found = evaluate(
            models, known, test, ks=(10,), repeats=repeats, history=settings.history, now_us=until_us + 1,
            max_users=MOST_SHOPPERS, compare=NEW, detail="ranking", seed=settings.seed,
        )  # fmt: skip
    except InvalidInput:  # those who came back took nothing that is asked for
        return 0
    difference = next(one.difference for one in found.comparisons if one.metric == METRIC)
    n_shoppers = len(found.model(NEW).per_user[METRIC])
    if n_shoppers < least:
        return n_shoppers
    new_mean, serving_mean = (found.model(name).metrics[METRIC].mean for name in (NEW, SERVING))
    return Against(isoformat(until_us), n_shoppers, new_mean, serving_mean, difference)


def _as_served(serving: Release, repeats: Repeats, dataset: Dataset) -> Model:
    ids = next(iter(serving.models.values())).item_ids
    is_cold = np.array([one in serving.cold_items for one in ids], bool)
    blend = Blend({name: one.model for name, one in serving.models.items()}, serving.mixes[repeats], is_cold)
    return Renumbered(blend, ids, dataset.item_ids)


def _until(release: Release) -> int | None:
    """When the newest interaction happened that it learned from."""
    try:
        return to_us(datetime.fromisoformat(release.info["dataset"]["until"]))
    except (KeyError, TypeError, ValueError):
        return None
