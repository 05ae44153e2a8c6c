"""Train a release: fit on the past, learn the mix on what came next, measure on what came last, refit on all, publish.

The published release is replaced by one atomic step at the very end. Whatever stops a training before that, the
release in force stays as it is, and the next training sweeps away what the stopped one left, except how far networks
came: on the same data they go on from there.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import daogou
from daogou.core.clock import isoformat
from daogou.core.protocols import Model, Progress, silent
from daogou.core.settings import HistorySettings, Settings
from daogou.data.dataset import Dataset
from daogou.learn.artifact import save_artifact
from daogou.learn.evaluation.report import html_report
from daogou.learn.evaluation.result import Evaluation, Repeats
from daogou.learn.releases import add_candidate, publish, release_name
from daogou.learn.rows import RowCounts
from daogou.learn.training.circumstances import Known, save_lifts
from daogou.learn.training.cold import untaken
from daogou.learn.training.facets import facet_strengths
from daogou.learn.training.history import queries_of
from daogou.learn.training.lock import training_lock
from daogou.learn.training.measured import BOTH, N_REFERENCE, Measured, Steps, fit_all, measure_split
from daogou.learn.training.mix import Mix
from daogou.learn.training.plan import Member, check, fitting, members_of, split_of
from daogou.learn.training.rankings import RANKERS_FOLDER, rankers_of, train_rankers
from daogou.learn.training.release import FORMAT, MODELS_FOLDER, RELEASE_FILE, REPORT_FILE
from daogou.learn.training.scales import equal_mix, measure, rescaled
from daogou.learn.training.shown import Shown
from daogou.learn.training.stars import RATINGS_FOLDER, raters_of, train_raters

BUILDING, CHECKPOINTS = ".building", ".checkpoints"
TOO_SHORT = "The events do not reach over enough time to hold any of them out, so all models count alike."


def train_release(
    dataset: Dataset,
    settings: Settings,
    root: Path,
    *,
    seed: int = 0,
    now_us: int,
    cuts: tuple[int, int] | None = None,
    shown: Shown | None = None,
    taken: Known | None = None,
    rows: RowCounts | None = None,
    in_force: bool = True,
    progress: Progress = silent,
) -> Path:
    """Train every model of `settings.models` and put them under `root`; returns the release's folder.

    now_us  names the release
    cuts    where validation and test begin; None means the last two tenths of the interactions, one each
    shown   what lists showed and what came of it, for `settings.rankers`
    taken   what was taken in which circumstances and by whom, for `settings.context` and newcomers
    rows    what each placement showed and what of it was clicked, for `settings.pages`
    in_force  whether it replaces the serving release at once; else it is kept as a candidate

    The same dataset, settings and seed give the same models, mix and figures. Raises InvalidInput when there is
    nothing to learn from, a setting is wrong, or another training is running.
    """
    check(dataset)
    members, left_out = fitting(members_of(settings.models), dataset.n_items)
    split = split_of(dataset, cuts)
    raters, rankers = raters_of(settings.ratings), rankers_of(settings.rankers)
    fits, learns = (3 if split else 1), (2 * len(BOTH) if split else 0)
    total = fits * len(members) + learns + 2 * (len(raters) + len(rankers)) + 1
    steps = Steps(progress, total, root / CHECKPOINTS)
    with training_lock(root):
        building = root / BUILDING
        shutil.rmtree(building, ignore_errors=True)
        try:
            release = building / release_name(now_us)
            release.mkdir(parents=True)
            began = time.perf_counter()
            measured = measure_split(split, members, settings.history, seed, steps) if split else None
            models = fit_all(members, dataset, seed, steps, "all data")
            mixes = _final_mixes(measured, models, dataset, settings.history)
            stars, unrated = train_raters(raters, dataset, release / RATINGS_FOLDER, seed, steps)
            zone = settings.shop.timezone
            lifts = save_lifts(taken, dataset.items, settings, release)
            ranked = train_rankers(rankers, shown, release / RANKERS_FOLDER, zone, seed, steps)
            steps.begin("save")
            if rows is not None:
                rows.save(release)
            evaluations = measured.evaluations if measured else ()
            _save_models(release / MODELS_FOLDER, members, models, dataset, evaluations)
            info = {
                "format": FORMAT,
                "created_at": isoformat(now_us),
                "daogou": daogou.__version__,
                "seed": seed,
                "dataset": _described(dataset),
                "models": {member.name: member.described() for member in members},
                "repeats": "excluded" if settings.rules.already_bought == "exclude" else "counted",
                "mixes": {repeats: mix.to_dict() for repeats, mix in mixes.items()},
                "cold_items": [one for one, new in zip(dataset.item_ids, untaken(dataset), strict=True) if new],
                "evaluation": {one.setup.repeats: one.to_dict() for one in evaluations},
                "ratings": stars,
                "rankers": ranked.told,
                "lifts": lifts,
                "facets": facet_strengths(dataset),
                "notes": [*left_out, *(measured.notes if measured else (TOO_SHORT,)), *unrated, *ranked.notes],
                "seconds": {**steps.seconds, "total": round(time.perf_counter() - began, 3)},
            }
            text = json.dumps(info, ensure_ascii=False, indent=1, allow_nan=False)
            (release / RELEASE_FILE).write_text(text + "\n", encoding="utf-8")
            if evaluations:
                served_first = sorted(evaluations, key=lambda one: one.setup.repeats != info["repeats"])
                html_report(
                    served_first, release / REPORT_FILE, mixes=mixes, reliability=ranked.reliability,
                    shop=settings.shop.name,
                )  # fmt: skip
            keep = settings.training.keep
            published = publish(release, root, keep=keep) if in_force else add_candidate(release, root, keep=keep)
            shutil.rmtree(root / CHECKPOINTS, ignore_errors=True)
        finally:
            shutil.rmtree(building, ignore_errors=True)
    steps.end("published")
    return published


def _final_mixes(
    measured: Measured | None, models: Mapping[str, Model], dataset: Dataset, history: HistorySettings
) -> dict[Repeats, Mix]:
    if measured is None:
        users = np.flatnonzero(np.diff(dataset.starts) > 0)[:N_REFERENCE]
        asked_us = int(dataset.at_us.max()) if dataset.n_interactions else 0
        return dict.fromkeys(BOTH, equal_mix(models, queries_of(dataset, users.astype(np.int64), asked_us, history)))
    after = measure(models, measured.reference)
    return {repeats: rescaled(mix, measured.spreads, after) for repeats, mix in measured.mixes.items()}


def _save_models(
    folder: Path,
    members: Sequence[Member],
    models: Mapping[str, Model],
    dataset: Dataset,
    evaluations: Sequence[Evaluation],
) -> None:
    for member in members:
        metrics: dict[str, Any] = {
            one.setup.repeats: {key: value.to_dict() for key, value in one.model(member.name).metrics.items()}
            for one in evaluations
        }
        save_artifact(
            folder / member.name,
            models[member.name],
            recipe=member.described(),
            dataset_fingerprint=dataset.fingerprint,
            item_ids=dataset.item_ids,
            metrics=metrics,
        )


def _described(dataset: Dataset) -> dict[str, Any]:
    timed = bool(dataset.n_interactions)
    return {
        "fingerprint": dataset.fingerprint,
        "n_users": dataset.n_users,
        "n_items": dataset.n_items,
        "n_interactions": dataset.n_interactions,
        "n_baskets": int(dataset.baskets.shape[0]),
        "from": isoformat(int(dataset.at_us.min())) if timed else None,
        "until": isoformat(int(dataset.at_us.max())) if timed else None,
    }
