"""Train a release: fit on the past, learn the mix on what came next, measure on what came last, refit on all, publish.

The published release is replaced by one atomic step at the very end. Whatever stops a training before that, the
release in force stays as it is, and the next training sweeps away what the stopped one left.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import daogou
from daogou.core.clock import isoformat
from daogou.core.errors import InvalidInput
from daogou.core.protocols import Model, Progress, silent
from daogou.core.settings import HistorySettings, Settings
from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.artifact import save_artifact
from daogou.learn.evaluation.evaluate import evaluate
from daogou.learn.evaluation.protocols import Split
from daogou.learn.evaluation.report import html_report
from daogou.learn.evaluation.result import Evaluation, Repeats
from daogou.learn.releases import publish, release_name
from daogou.learn.training.history import queries_of
from daogou.learn.training.learn_mix import learn_mix
from daogou.learn.training.lock import training_lock
from daogou.learn.training.mix import Blend, Mix
from daogou.learn.training.plan import Member, check, members_of, split_of
from daogou.learn.training.release import FORMAT, MODELS_FOLDER, RELEASE_FILE, REPORT_FILE
from daogou.learn.training.scales import equal_mix, measure, rescaled

BUILDING = ".building"
BLEND = "blend"
BOTH: tuple[Repeats, ...] = ("counted", "excluded")
N_REFERENCE = 200
"""Users whose questions fix the scales."""


@dataclass
class Steps:
    """Counts steps towards a known total and passes them on."""

    progress: Progress
    total: int
    done: int = 0

    def begin(self, what: str) -> None:
        self.progress(self.done, self.total, what)
        self.done += 1


@dataclass(frozen=True)
class Measured:
    """What the two held-out parts of the data gave.

    mixes      for the models fitted on `reference`'s side of the data
    reference  queries that fix the scales, and each member's spread over them
    notes      what could not be done, and why
    """

    mixes: Mapping[Repeats, Mix]
    reference: Sequence[Query]
    spreads: Mapping[str, float]
    evaluations: tuple[Evaluation, ...] = ()
    notes: tuple[str, ...] = ()


def train_release(
    dataset: Dataset,
    settings: Settings,
    root: Path,
    *,
    seed: int = 0,
    now_us: int,
    cuts: tuple[int, int] | None = None,
    progress: Progress = silent,
) -> Path:
    """Train every model of `settings.models` and publish them under `root`; returns the release's folder.

    now_us  names the release
    cuts    where validation and test begin; None means the last two tenths of the interactions, one each

    The same dataset, settings and seed give the same models, mix and figures. Raises InvalidInput when there is
    nothing to learn from, a setting is wrong, or another training is running.
    """
    check(dataset, settings)
    members = members_of(settings.models)
    split = split_of(dataset, cuts)
    steps = Steps(progress, len(members) * (3 if split else 1) + (4 if split else 0) + 1)
    with training_lock(root):
        building = root / BUILDING
        shutil.rmtree(building, ignore_errors=True)
        try:
            release = building / release_name(now_us)
            release.mkdir(parents=True)
            _build(release, dataset, split, members, settings, seed, now_us, steps)
            published = publish(release, root)
        finally:
            shutil.rmtree(building, ignore_errors=True)
    progress(steps.total, steps.total, "published")
    return published


def _build(
    release: Path,
    dataset: Dataset,
    split: Split | None,
    members: Sequence[Member],
    settings: Settings,
    seed: int,
    now_us: int,
    steps: Steps,
) -> None:
    began = time.perf_counter()
    measured = _measured(split, members, settings, seed, steps) if split else None
    seconds: dict[str, float] = {}
    models = _fitted(members, dataset, seed, steps, "all data", seconds)
    mixes = _final_mixes(measured, models, dataset, settings.history, now_us)
    steps.begin("save")
    _save_models(release / MODELS_FOLDER, members, models, dataset, measured)
    evaluations = measured.evaluations if measured else ()
    info = {
        "format": FORMAT,
        "created_at": isoformat(now_us),
        "daogou": daogou.__version__,
        "seed": seed,
        "dataset": _described(dataset),
        "models": {member.name: member.described() | {"fit_seconds": seconds[member.name]} for member in members},
        "repeats": "excluded" if settings.rules.already_bought == "exclude" else "counted",
        "mixes": {repeats: mix.to_dict() for repeats, mix in mixes.items()},
        "evaluation": {one.setup.repeats: one.to_dict() for one in evaluations},
        "notes": list(measured.notes) if measured else ["The events do not reach over enough time to hold any out."],
        "train_seconds": round(time.perf_counter() - began, 3),
    }
    (release / RELEASE_FILE).write_text(json.dumps(info, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if evaluations:
        html_report(evaluations, release / REPORT_FILE, mixes=mixes)


def _measured(split: Split, members: Sequence[Member], settings: Settings, seed: int, steps: Steps) -> Measured:
    """Learn the mix with models of the train part, then measure models of train and validation on the test part."""
    history, notes = settings.history, []
    early = _fitted(members, split.train, seed, steps, "train part")
    reference = _reference(split.train, split.validation, history, seed)
    mixes: dict[Repeats, Mix] = {}
    for repeats in BOTH:
        steps.begin(f"learn the mix, repeats {repeats}")
        try:
            mixes[repeats] = learn_mix(
                early, split.train, split.validation, repeats=repeats, history=history, now_us=split.cuts[0], seed=seed
            )
        except InvalidInput as error:
            mixes[repeats] = equal_mix(early, reference)
            notes.append(f"All models count alike where repeats are {repeats}: {error}")
    spreads = measure(early, reference)
    del early
    known = split.known
    late = _fitted(members, known, seed, steps, "train and validation part")
    after = measure(late, reference)
    mixes = {repeats: rescaled(mix, spreads, after) for repeats, mix in mixes.items()}
    evaluations = []
    for repeats in BOTH:
        steps.begin(f"evaluate, repeats {repeats}")
        try:
            evaluations.append(
                evaluate(
                    {BLEND: Blend(late, mixes[repeats]), **late},
                    known,
                    split.test,
                    repeats=repeats,
                    history=history,
                    now_us=split.cuts[1],
                    compare=BLEND,
                    protocol=split.protocol,
                    description=split.description,
                    seed=seed,
                )
            )
        except InvalidInput as error:
            notes.append(f"Not evaluated where repeats are {repeats}: {error}")
    return Measured(mixes, reference, after, tuple(evaluations), tuple(notes))


def _fitted(
    members: Sequence[Member],
    dataset: Dataset,
    seed: int,
    steps: Steps,
    part: str,
    seconds: dict[str, float] | None = None,
) -> dict[str, Model]:
    models = {}
    for member in members:
        steps.begin(f"fit {member.name} on {part}")
        began = time.perf_counter()
        models[member.name] = member.fit(dataset, seed)
        if seconds is not None:
            seconds[member.name] = round(time.perf_counter() - began, 3)
    return models


def _reference(train: Dataset, validation: Dataset, history: HistorySettings, seed: int) -> list[Query]:
    """Questions of users who come back, or of any where nobody does."""
    known = np.diff(train.starts) > 0
    back = known & (np.diff(validation.starts) > 0)
    users = np.flatnonzero(back if back.any() else known)
    if len(users) > N_REFERENCE:
        users = np.sort(np.random.default_rng(seed).choice(users, N_REFERENCE, replace=False))
    return queries_of(train, users, int(train.at_us.max()), history)


def _final_mixes(
    measured: Measured | None,
    models: Mapping[str, Model],
    dataset: Dataset,
    history: HistorySettings,
    now_us: int,
) -> dict[Repeats, Mix]:
    if measured is None:
        users = np.flatnonzero(np.diff(dataset.starts) > 0)[:N_REFERENCE]
        mix = equal_mix(models, queries_of(dataset, users, now_us, history))
        return dict.fromkeys(BOTH, mix)
    after = measure(models, measured.reference)
    return {repeats: rescaled(mix, measured.spreads, after) for repeats, mix in measured.mixes.items()}


def _save_models(
    folder: Path,
    members: Sequence[Member],
    models: Mapping[str, Model],
    dataset: Dataset,
    measured: Measured | None,
) -> None:
    evaluations = measured.evaluations if measured else ()
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
