"""Held-out time: learn the mix on what came after the train part, and measure on what came after that."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from daogou.core.errors import InvalidInput
from daogou.core.protocols import Model, Progress
from daogou.core.settings import HistorySettings
from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.evaluate import evaluate
from daogou.learn.evaluation.protocols import Split
from daogou.learn.evaluation.result import Evaluation, Repeats
from daogou.learn.evaluation.segments import Groups
from daogou.learn.evaluation.task import make_task
from daogou.learn.training.cold import Trial, calibrated, cold_trial, untaken
from daogou.learn.training.history import queries_of
from daogou.learn.training.learn_mix import learn_mix
from daogou.learn.training.mix import Blend, Mix
from daogou.learn.training.plan import Member
from daogou.learn.training.scales import equal_mix, measure, rescaled

BLEND = "blend"
BOTH: tuple[Repeats, ...] = ("counted", "excluded")
N_REFERENCE = 200
"""Users whose questions fix the scales."""

N_CALIBRATED = 1_000
"""Validation users whose lists fix how much new items count."""

FEWEST_EVALUATED, MOST_EVALUATED, SCORES_EVALUATED = 2_000, 10_000, 200_000_000
"""Test users are drawn so that no model is asked for more scores than this: minutes saved in a large shop, while
intervals stay within a few thousandths."""


@dataclass
class Steps:
    """Counts steps towards a known total and passes them on; keeps how long each took, by the clock and by the
    processor.

    checkpoints  folder where steps that take long remember how far they are; None: they do not
    """

    progress: Progress
    total: int
    checkpoints: Path | None = None
    done: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    processor_seconds: dict[str, float] = field(default_factory=dict)
    _began: tuple[float, float] = field(default_factory=lambda: (time.perf_counter(), time.process_time()))
    _what: str = ""

    def begin(self, what: str) -> None:
        self._note()
        self._what = what
        self.progress(self.done, self.total, what)
        self.done += 1

    def within(self, done: int, total: int | None, what: str) -> None:
        """A Progress for the step under way: its words are passed on, and it counts as no step of its own."""
        self.progress(self.done - 1, self.total, what)

    def end(self, what: str) -> None:
        self._note()
        self._what = ""
        self.progress(self.total, self.total, what)

    def _note(self) -> None:
        now = time.perf_counter(), time.process_time()
        if self._what:
            self.seconds[self._what] = round(now[0] - self._began[0], 3)
            self.processor_seconds[self._what] = round(now[1] - self._began[1], 3)
        self._began = now


@dataclass(frozen=True)
class Measured:
    """What the two held-out parts of the data gave.

    mixes      for models fitted on everything before the test
    reference  queries that fix the scales
    spreads    each of those models' spread over `reference`
    models     those models themselves
    notes      what could not be done, and why
    """

    mixes: Mapping[Repeats, Mix]
    reference: Sequence[Query]
    spreads: Mapping[str, float]
    models: Mapping[str, Model]
    evaluations: tuple[Evaluation, ...]
    notes: tuple[str, ...]


def measure_split(
    split: Split,
    members: Sequence[Member],
    history: HistorySettings,
    seed: int,
    steps: Steps,
    *,
    groups: Groups | None = None,
    pairs: Sequence[tuple[str, str]] = (),
) -> Measured:
    """Learn the mixes with models of the train part; measure models of train and validation on the test part.

    groups  what is known of each user, for figures by attribute
    pairs   models to compare with one another, besides the blend with each

    The test part decides nothing: neither weights nor scales nor which models take part.
    """
    reference = reference_queries(split.train, split.validation, history, seed)
    early = fit_all(members, split.train, seed, steps, "the train part")
    mixes, notes = _learned(split, early, members, reference, history, seed, steps)
    before = measure(early, reference)
    del early
    late = fit_all(members, split.known, seed, steps, "train and validation")
    after = measure(late, reference)
    mixes = {repeats: rescaled(mix, before, after) for repeats, mix in mixes.items()}
    evaluations = []
    for repeats in BOTH:
        steps.begin(f"evaluate, repeats {repeats}")
        try:
            evaluations.append(_evaluated(split, late, mixes[repeats], repeats, history, seed, groups, pairs))
        except InvalidInput as error:
            notes.append(f"Not evaluated where repeats are {repeats}: {error}")
    return Measured(mixes, reference, after, late, tuple(evaluations), tuple(notes))


def fit_all(members: Sequence[Member], dataset: Dataset, seed: int, steps: Steps, part: str) -> dict[str, Model]:
    """Fit every member on one part of the data."""
    models = {}
    for member in members:
        steps.begin(f"fit {member.name} on {part}")
        models[member.name] = member.fit(dataset, seed, checkpoints=steps.checkpoints, progress=steps.within)
    return models


def reference_queries(train: Dataset, validation: Dataset, history: HistorySettings, seed: int) -> list[Query]:
    """Questions of users who come back, or of any where nobody does."""
    known = np.diff(train.starts) > 0
    back = known & (np.diff(validation.starts) > 0)
    users = np.flatnonzero(back if back.any() else known)
    if len(users) > N_REFERENCE:
        users = np.sort(np.random.default_rng(seed).choice(users, N_REFERENCE, replace=False))
    asked_us = int(train.at_us.max()) if train.n_interactions else 0
    return queries_of(train, users.astype(np.int64), asked_us, history)


def _learned(
    split: Split,
    early: Mapping[str, Model],
    members: Sequence[Member],
    reference: Sequence[Query],
    history: HistorySettings,
    seed: int,
    steps: Steps,
) -> tuple[dict[Repeats, Mix], list[str]]:
    mixes: dict[Repeats, Mix] = {}
    notes = []
    trial: Trial | None = None
    for repeats in BOTH:
        steps.begin(f"learn the mix, repeats {repeats}")
        try:
            mix = learn_mix(
                early,
                split.train,
                split.validation,
                repeats=repeats,
                history=history,
                now_us=_asked_us(split, 0),
                seed=seed,
            )
            trial = trial or cold_trial(early, members, split.train, seed)
            mixes[repeats] = _with_new_items(mix, split, early, trial, repeats, history, seed)
        except InvalidInput as error:
            mixes[repeats] = equal_mix(early, reference)
            notes.append(f"All models count alike where repeats are {repeats}: {error}")
    return mixes, notes


def _with_new_items(
    mix: Mix,
    split: Split,
    early: Mapping[str, Model],
    trial: Trial | None,
    repeats: Repeats,
    history: HistorySettings,
    seed: int,
) -> Mix:
    if trial is None:
        return mix
    task = make_task(
        split.train,
        split.validation,
        repeats=repeats,
        now_us=_asked_us(split, 0),
        history=history,
        max_users=N_CALIBRATED,
        with_history_only=True,
        seed=seed,
    )
    return calibrated(mix, early, trial, task, masked=repeats == "excluded")


def _evaluated(
    split: Split,
    late: Mapping[str, Model],
    mix: Mix,
    repeats: Repeats,
    history: HistorySettings,
    seed: int,
    groups: Groups | None,
    pairs: Sequence[tuple[str, str]],
) -> Evaluation:
    return evaluate(
        {BLEND: Blend(late, mix, untaken(split.known)), **late},
        split.known,
        split.test,
        repeats=repeats,
        history=history,
        now_us=_asked_us(split, 1),
        max_users=min(MOST_EVALUATED, max(FEWEST_EVALUATED, SCORES_EVALUATED // max(split.test.n_items, 1))),
        compare=BLEND,
        groups=groups,
        pairs=pairs,
        protocol=split.protocol,
        description=split.description,
        seed=seed,
    )


def _asked_us(split: Split, part: int) -> int:
    """When validation (0) or test (1) is asked: its first moment, or the newest known where parts overlap."""
    if split.cuts:
        return split.cuts[part]
    known = (split.train, split.known)[part]
    return int(known.at_us.max()) if known.n_interactions else 0
